import pytest
from django.test import Client

from claimdesk.customers.models import Address, Customer
from tests import make

pytestmark = pytest.mark.django_db


def signed_in(client: Client, customer: Customer, *roles: str) -> Client:
    client.force_login(make.membership(None, customer, *roles).user)
    return client


def test_members_read_the_profile_and_nothing_internal(client):  # A87
    customer = make.customer(name="Read Ltd", phone="030 99", notes="Bad payer", town="Kiel")

    page = signed_in(client, customer).get("/customer/").content.decode()

    for word in ("Read Ltd", "030 99", "Kiel"):
        assert word in page
    assert "Bad payer" not in page
    assert "Edit company" not in page


def test_managers_edit_what_the_seller_permits(client):  # A87
    make.company(profile_fields=["phone", "contacts"])
    customer = make.customer(phone="1", website="old.example")
    manager = signed_in(client, customer, "manager")

    form = manager.get("/customer/edit/").content.decode()
    answer = manager.post("/customer/edit/", {"phone": "2", "website": "evil.example", "discount": "99"})
    manager.post("/customer/contacts/new/", {"name": "Ada"})
    address = manager.post("/customer/addresses/new/billing/", {"town": "Kiel"})

    customer.refresh_from_db()
    assert 'name="phone"' in form
    assert 'name="website"' not in form
    assert answer.status_code == 303
    assert (customer.phone, customer.website, customer.discount) == ("2", "old.example", 0)
    assert customer.contacts.filter(name="Ada").exists()
    assert address.status_code == 403
    assert not Address.objects.exists()


@pytest.mark.parametrize("roles", [(), ("buyer", "service")])
def test_others_change_nothing(client, roles):  # A87
    customer = make.customer(phone="1")

    answer = signed_in(client, customer, *roles).post("/customer/edit/", {"phone": "2"})

    customer.refresh_from_db()
    assert answer.status_code == 403
    assert customer.phone == "1"


def test_what_belongs_to_another_customer_does_not_exist(client):  # A80
    foreign = make.customer(town="Kiel")
    manager = signed_in(client, make.customer(), "manager")
    address, contact = foreign.addresses.get(), make.contact(foreign)

    for path in (f"addresses/{address.pk}/", f"contacts/{contact.pk}/"):
        assert manager.get(f"/customer/{path}").status_code == 404
        assert manager.post(f"/customer/{path}removal/").status_code == 404


def test_a_manager_cannot_touch_the_contact_of_a_member(client):  # A83
    customer = make.customer()
    contact = make.contact(customer)
    make.membership(None, customer, contact=contact)

    answer = signed_in(client, customer, "manager").post(
        f"/customer/contacts/{contact.pk}/", {"name": "Renamed"}
    )

    contact.refresh_from_db()
    assert answer.status_code == 404
    assert contact.name != "Renamed"


def test_a_manager_changes_and_removes_an_address(client):  # A87
    customer = make.customer(town="Kiel")
    address = customer.addresses.get()
    manager = signed_in(client, customer, "manager")

    manager.post(f"/customer/addresses/{address.pk}/", {"town": "Bonn"})
    address.refresh_from_db()
    assert address.town == "Bonn"

    manager.post(f"/customer/addresses/{address.pk}/removal/")
    assert not Address.objects.exists()
