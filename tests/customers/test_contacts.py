import pytest

from claimdesk.access.queries.access import memberships_that_count
from claimdesk.customers.actions.contacts import (
    add_contact,
    change_contact,
    disable_contact,
    enable_contact,
    remove_contact,
)
from claimdesk.customers.models import Contact
from claimdesk.kernel.refused import Refused
from claimdesk.ledger.models import Event
from tests import make

pytestmark = pytest.mark.django_db


def test_a_contact_is_put_on_file_and_changed():  # A69 A78
    customer = make.customer()

    contact = add_contact(customer, name="Ada  Love", email="Ada@Love.example", by=make.STAFF)
    change_contact(contact, title="Buyer", by=make.STAFF)

    contact.refresh_from_db()
    assert (contact.name, contact.email, contact.title) == ("Ada Love", "ada@love.example", "Buyer")
    assert list(Event.objects.values_list("kind", "customer_id").order_by("id")) == [
        ("contact.added", customer.pk),
        ("contact.changed", customer.pk),
    ]


def test_one_address_is_on_file_once_at_a_customer_but_may_be_at_another():  # A69
    first = make.contact(email="ada@love.example")

    with pytest.raises(Refused) as refusal:
        add_contact(first.customer, name="Again", email="ADA@love.example", by=make.STAFF)
    add_contact(make.customer(), name="Elsewhere", email="ada@love.example", by=make.STAFF)

    assert refusal.value.code == "contact_exists"
    assert Contact.objects.count() == 2


def test_disabling_the_contact_of_a_member_ends_his_access_here_and_enabling_gives_it_back():  # A68
    contact = make.contact()
    here = make.membership(None, contact.customer, contact=contact)
    elsewhere = make.membership(here.user)

    disable_contact(contact, by=make.STAFF)
    assert list(memberships_that_count(here.user)) == [elsewhere]

    enable_contact(contact, by=make.STAFF)
    assert set(memberships_that_count(here.user)) == {here, elsewhere}


def test_who_is_a_member_is_not_taken_off_the_file():  # A68
    contact = make.contact()
    make.membership(None, contact.customer, contact=contact)

    with pytest.raises(Refused) as refusal:
        remove_contact(contact, by=make.STAFF)

    assert refusal.value.code == "contact_has_sign_in"
    assert Contact.objects.filter(pk=contact.pk).exists()
    assert not Event.objects.exists()


def test_others_are_taken_off_the_file_and_history_remembers():  # A69
    contact = make.contact(name="Gone")

    remove_contact(contact, by=make.STAFF)

    assert not Contact.objects.exists()
    assert Event.objects.get().names["contact"] == "Gone"
