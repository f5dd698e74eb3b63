"""Forms that do several deeds: where one is refused, none is done, as the page then says."""

import pytest
from django.test import Client

from claimdesk.customers.models import Customer
from claimdesk.ledger.models import Event
from tests import make
from tests.office.test_customers import LIST, edited, filled_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(client: Client) -> Client:
    client.force_login(make.staff("sales"))
    return client


def test_a_customer_is_made_active_or_not_at_all(clerk):  # A78 A62
    make.staff(email="sam@seller.example")

    answer = clerk.post(f"{LIST}new/", filled_in(state="active", email="sam@seller.example"))

    assert answer.status_code == 409
    assert not Customer.objects.exists()
    assert not Event.objects.exists()


def test_an_edit_whose_switch_is_refused_changes_no_field_either(clerk):  # A78 A62
    make.staff(email="sam@seller.example")
    customer = make.customer(state="admin", email="sam@seller.example", name="Nordlicht GmbH")

    answer = clerk.post(f"{LIST}{customer.pk}/edit/", edited(customer, name="Nordlicht AG", enabled="on"))

    assert answer.status_code == 409
    customer.refresh_from_db()
    assert (customer.state, customer.name) == ("admin", "Nordlicht GmbH")
    assert not Event.objects.exists()


def test_an_activation_that_is_refused_chooses_nothing_for_the_erp(clerk):  # A67 A62
    make.staff(email="sam@seller.example")
    customer = make.customer(state="new", email="sam@seller.example")

    answer = clerk.post(f"{LIST}{customer.pk}/activation/", {"erp_wish": "create"})

    assert answer.status_code == 409
    customer.refresh_from_db()
    assert (customer.state, customer.erp_wish) == ("new", "later")
    assert not Event.objects.exists()


def test_a_contact_that_cannot_be_mapped_keeps_its_name_too(clerk):  # A70
    contact = make.contact(name="Bob", email="bob@firm.example")
    other = make.contact(email="bob@firm.example").customer
    form = {"name": "Robert", "email": contact.email, "enabled": "on", "mapped_account": other.number}

    answer = clerk.post(f"/office/contacts/{contact.pk}/", form)

    assert answer.status_code == 409
    contact.refresh_from_db()
    assert contact.name == "Bob"
    assert contact.customer != other
