"""The account's invoices: what is open, what was paid, each as PDF, and nobody else's."""

import pytest
from django.test import Client
from django.urls import reverse

from claimdesk.orders.actions.invoices import write_invoice
from claimdesk.orders.actions.payments import book_payment
from tests import make

pytestmark = pytest.mark.django_db

LIST = "/invoices/"


@pytest.fixture
def customer():
    return make.customer()


@pytest.fixture
def viewer(client: Client, customer) -> Client:
    person = make.user()
    make.membership(person, customer)
    client.force_login(person)
    return client


def at(name: str, key: int) -> str:
    return reverse(f"portal:{name}", args=[key])


def test_a_viewer_sees_what_is_open_and_overdue(viewer: Client, customer):  # O3
    make.invoice(customer=customer, total=10000, paid=4000)
    make.invoice(customer=customer, total=500, due_on="2020-01-01")

    page = viewer.get(LIST).content.decode()

    assert "€65.00" in page
    assert "€5.00" in page
    assert "of which overdue" in page


def test_nobody_sees_anothers_invoices(viewer: Client):  # O3
    foreign = write_invoice(make.order(), by=make.STAFF)

    assert foreign.number not in viewer.get(LIST).content.decode()
    assert viewer.get(at("invoice", foreign.pk)).status_code == 404
    assert viewer.get(at("invoice_pdf", foreign.pk)).status_code == 404


def test_the_payment_history_names_the_invoices(viewer: Client, customer):  # O3
    invoice = write_invoice(make.order(customer), by=make.STAFF)
    book_payment(invoice=invoice, amount=500, reference="SEPA 9", by=make.STAFF)

    page = viewer.get(reverse("portal:payments")).content.decode()

    assert "SEPA 9" in page
    assert at("invoice", invoice.pk) in page


def test_an_invoice_shows_lines_sums_and_payments(viewer: Client, customer):  # O2
    invoice = write_invoice(make.order(customer, quantities=(10,)), by=make.STAFF)
    book_payment(invoice=invoice, amount=1900, by=make.STAFF)

    page = viewer.get(at("invoice", invoice.pk)).content.decode()

    assert "€119.00" in page
    assert "€100.00" in page
    assert "Take back" not in page
    assert viewer.get(at("invoice_pdf", invoice.pk)).content.startswith(b"%PDF-")


def test_export_carries_what_the_list_shows(viewer: Client, customer):  # O1
    invoice = make.invoice(customer=customer, total=10000, paid=4000)

    lines = b"".join(viewer.get(LIST, {"format": "csv"}).streaming_content).decode().splitlines()

    assert any(line.startswith(invoice.number) and "60.00" in line for line in lines)


def test_list_and_pages_cost_few_queries(viewer: Client, customer, django_assert_max_num_queries):
    invoices = [write_invoice(make.order(customer), by=make.STAFF) for _each in range(5)]
    book_payment(invoice=invoices[0], amount=100, by=make.STAFF)
    viewer.get(LIST)

    with django_assert_max_num_queries(12):
        listed = viewer.get(LIST)
    with django_assert_max_num_queries(20):
        page = viewer.get(at("invoice", invoices[0].pk))
    with django_assert_max_num_queries(12):
        history = viewer.get(reverse("portal:payments"))

    assert [answer.status_code for answer in (listed, page, history)] == [200] * 3
