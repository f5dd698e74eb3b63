"""History is kept as codes and read in words."""

import pytest
from django.utils.translation import override

from claimdesk.company.models import Company
from claimdesk.company.wording import FIELDS as COMPANY_FIELDS
from claimdesk.customers.actions.customers import FIELDS as CHANGEABLE
from claimdesk.customers.actions.customers import change_customer
from claimdesk.customers.models import Address, Contact
from claimdesk.customers.wording import FIELDS
from claimdesk.ledger.models import Event
from claimdesk.ledger.queries.timeline import sentence_of
from tests import make

pytestmark = pytest.mark.django_db
KEPT_BY_THE_HOUSE = {"id", "is_demo", "updated_at"}


def test_changed_fields_are_named_as_their_forms_name_them():  # A54
    customer = make.customer(name="Anvil")
    change_customer(customer, price_group="B", terms="30 days", by=make.STAFF)
    event = Event.objects.about(customer).latest("id")

    assert "Price group" in sentence_of(event)
    assert "Payment terms" in sentence_of(event)
    with override("de"):
        assert "Preisgruppe" in sentence_of(event)


def test_a_code_that_nobody_knows_any_more_is_shown_as_it_was_kept():
    customer = make.customer()
    change_customer(customer, terms="30 days", by=make.STAFF)
    event = Event.objects.about(customer).latest("id")
    event.data["fields"] = "shoe size, terms"

    assert "shoe size, Payment terms" in sentence_of(event)


def test_every_field_that_history_can_name_has_a_word():
    of_models = [field.name for model in (Address, Contact) for field in model._meta.fields]
    technical = {"id", "customer", "source_digest", "import_id", "created_at", "is_enabled"}

    assert set(CHANGEABLE) <= set(FIELDS)
    assert {name for name in of_models if not name.endswith("_folded")} - technical <= set(FIELDS)
    assert {field.name for field in Company._meta.fields} - KEPT_BY_THE_HOUSE == set(COMPANY_FIELDS)
