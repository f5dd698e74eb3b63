import re

import pytest
from django.test import Client
from django.urls import reverse

from claimdesk.access.queries.access import memberships_that_count
from claimdesk.customers.actions.contacts import add_contact
from claimdesk.customers.matching.writing import reindex
from claimdesk.customers.models import Contact
from tests import make

pytestmark = pytest.mark.django_db
LIST = "/office/contacts/"


@pytest.fixture
def clerk(client: Client) -> Client:
    client.force_login(make.staff("sales"))
    return client


def known() -> tuple[Contact, Contact]:
    """A contact with a sign-in, and one without, who is disabled."""
    with_sign_in = make.contact(name="Ada Signs", email="ada@x.example")
    make.membership(make.user(username="ada.signs77"), with_sign_in.customer, contact=with_sign_in)
    without = make.contact(name="Bob Files", is_enabled=False)
    reindex([with_sign_in.customer_id, without.customer_id])
    return with_sign_in, without


def test_contacts_with_and_without_sign_in_enabled_and_disabled_stand_in_one_list(clerk):  # A78 A69
    known()

    page = clerk.get(LIST).content.decode()

    assert "Ada Signs" in page
    assert "ada.signs77" in page
    assert "Bob Files" in page


def test_the_columns_are_those_of_the_reference(clerk):  # A78
    known()

    page = clerk.get(LIST).content.decode()

    heads = re.findall(r'<th scope="col".*?</th>', page, re.S)
    words = [re.sub(r"<[^>]+>", "", head).strip() for head in heads]
    assert words == ["Username", "Full name", "E-mail", "Customer", "Enabled"]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("enabled=yes", {"Ada Signs"}),
        ("enabled=no", {"Bob Files"}),
        ("sign_in=yes", {"Ada Signs"}),
        ("sign_in=no", {"Bob Files"}),
        ("q=ada.signs77", {"Ada Signs"}),
        ("q=ada.si", {"Ada Signs"}),
        ("q=files", {"Bob Files"}),
        ("q=ada@x", {"Ada Signs"}),
    ],
)
def test_they_are_filtered_and_found_by_username_name_and_address(clerk, query, names):  # A69 A72
    known()

    page = clerk.get(f"{LIST}?{query}").content.decode()

    assert {name for name in ("Ada Signs", "Bob Files") if name in page} == names


def test_they_are_found_by_their_customer_which_leads_to_edit_account(clerk):  # A69
    customer = make.customer(name="Zebra Works")
    add_contact(customer, name="Cleo", by=make.STAFF)

    page = clerk.get(f"{LIST}?q=zebra").content.decode()
    dashboard = clerk.get(f"/office/customers/{customer.pk}/").content.decode()

    assert "Cleo" in page
    assert f'href="/office/customers/{customer.pk}/"' in page
    assert f'href="/office/customers/{customer.pk}/edit/"' in dashboard


@pytest.mark.parametrize("field", ["name", "title"])
def test_a_contact_is_no_place_for_markup(clerk, field):  # A69
    customer = make.customer()

    answer = clerk.post(
        reverse("office:contact_new", args=[customer.pk]),
        {"name": "Ada", field: "<a href=//evil.example>Ada"},
    )

    assert answer.status_code == 422
    assert not customer.contacts.exists()


def test_a_contact_is_disabled_and_its_person_shut_out_here(clerk):  # A68
    contact, _other = known()
    form = {"name": contact.name, "email": contact.email}

    clerk.post(f"{LIST}{contact.pk}/", form)

    contact.refresh_from_db()
    user = contact.customer.memberships.get().user
    assert not contact.is_enabled
    assert not memberships_that_count(user).exists()


def test_a_contact_without_sign_in_is_mapped_to_another_account(clerk):  # A70
    _other, contact = known()
    customer = make.customer(number="ERP-5")
    form = {"name": contact.name, "email": contact.email, "mapped_account": "erp 5"}

    clerk.post(f"{LIST}{contact.pk}/", form)

    contact.refresh_from_db()
    assert contact.customer == customer


def test_an_account_that_does_not_exist_is_said_at_the_field(clerk):  # A70
    _other, contact = known()

    answer = clerk.post(f"{LIST}{contact.pk}/", {"name": "Bob", "mapped_account": "nowhere"})

    assert answer.status_code == 422
    assert "No customer has this number" in answer.content.decode()


def test_the_list_keeps_to_twelve_queries(clerk, django_assert_max_num_queries):  # A69
    for _n in range(20):
        make.contact()

    with django_assert_max_num_queries(12):
        page = clerk.get(LIST)

    assert page.context["rows"].count("<tr ") == 20


def test_search_over_everything_finds_each_kind_within_ones_rights(clerk):  # A69
    customer = make.customer(name="Quartz Tools")
    reindex([customer.pk])
    add_contact(customer, name="Quartz Person", email="q@quartz.example", by=make.STAFF)
    user = make.user(name="Quartz User", username="quartz")
    make.account_claim(user=user, customer=customer)

    page = clerk.get("/office/search/?q=quartz").content.decode()

    for word in ("Quartz Tools", "Quartz Person", "Quartz User", "Pending"):
        assert word in page


def test_search_shows_staff_limited_to_their_customers_nothing_of_others(client):  # A53
    client.force_login(make.staff("sales", only_own_customers=True))
    customer = make.customer(name="Quartz Tools")
    add_contact(customer, name="Quartz Person", by=make.STAFF)
    make.membership(make.user(name="Quartz User"), customer)

    page = client.get("/office/search/?q=quartz").content.decode()

    assert "Nothing matches" in page
    assert "Quartz Tools" not in page
