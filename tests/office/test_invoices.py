"""Invoices in the office: the list, a page, payments and voiding."""

import pytest
from django.test import Client
from django.urls import reverse

from claimdesk.customers.actions.customers import create_customer
from claimdesk.orders.actions.invoices import write_invoice
from claimdesk.orders.actions.payments import book_payment
from claimdesk.orders.models import Invoice, Payment
from tests import make

pytestmark = pytest.mark.django_db

LIST = "/office/invoices/"


@pytest.fixture
def desk(client: Client) -> Client:
    client.force_login(make.staff("finance"))
    return client


def at(name: str, key: int) -> str:
    return reverse(f"office:{name}", args=[key])


def test_the_list_shows_what_is_open_and_filters_by_it(desk: Client):  # O17
    paid, unpaid = (write_invoice(make.order(), by=make.STAFF) for _each in range(2))
    book_payment(invoice=paid, amount=paid.total, by=make.STAFF)

    everything = desk.get(LIST).content.decode()
    still_open = desk.get(LIST, {"standing": "open"}).content.decode()

    assert paid.number in everything
    assert unpaid.number in everything
    assert paid.number not in still_open
    assert unpaid.number in still_open


def test_an_invoice_is_late_after_its_day(desk: Client):  # O3
    late = make.invoice(total=1000, due_on="2020-01-01")
    in_time = make.invoice(total=1000)

    answer = desk.get(LIST, {"standing": "overdue"}).content.decode()

    assert late.number in answer
    assert in_time.number not in answer


def test_search_finds_by_number_order_and_customer(desk: Client):  # O17
    customer = create_customer(name="Zebra Tools", by=make.STAFF)
    invoice = write_invoice(make.order(customer), by=make.STAFF)
    other = make.invoice()

    for text in (invoice.number, invoice.order.number, "Zebra"):
        answer = desk.get(LIST, {"q": text}).content.decode()
        assert invoice.number in answer, text
        assert other.number not in answer, text


def test_export_carries_numbers_and_their_currency(desk: Client):  # O1
    invoice = make.invoice(total=123456)

    lines = b"".join(desk.get(LIST, {"format": "csv"}).streaming_content).decode().splitlines()

    row = next(line for line in lines if line.startswith(invoice.number))
    assert "1234.56" in row
    assert "EUR" in row


def test_a_payment_is_booked_from_the_page(desk: Client):  # O17
    invoice = write_invoice(make.order(quantities=(10,)), by=make.STAFF)
    form = {"amount": "19,00", "paid_on": "2026-01-02", "method": "transfer", "reference": "SEPA 7"}

    answer = desk.post(at("invoice_payment", invoice.pk), form)

    assert answer.status_code == 303
    payment = Payment.objects.get()
    assert (payment.amount, payment.reference, payment.recorded_by_name[:4]) == (1900, "SEPA 7", "User")
    assert "SEPA 7" in desk.get(at("invoice", invoice.pk)).content.decode()


@pytest.mark.parametrize("amount", ["", "abc", "1.234", "1,2,3"])
def test_nonsense_is_no_amount(desk: Client, amount: str):  # O8
    invoice = write_invoice(make.order(), by=make.STAFF)
    form = {"amount": amount, "paid_on": "2026-01-02", "method": "transfer"}

    answer = desk.post(at("invoice_payment", invoice.pk), form)

    assert answer.status_code == 422
    assert not Payment.objects.exists()


def test_more_than_is_open_is_refused_in_words(desk: Client):  # O18
    invoice = write_invoice(make.order(quantities=(10,)), by=make.STAFF)
    form = {"amount": "200", "paid_on": "2026-01-02", "method": "transfer"}

    answer = desk.post(at("invoice_payment", invoice.pk), form)

    assert answer.status_code == 409
    assert "119.00 EUR" in answer.content.decode()


def test_an_invoice_is_voided_with_a_reason(desk: Client):  # O17
    invoice = write_invoice(make.order(), by=make.STAFF)

    answer = desk.post(at("invoice_voiding", invoice.pk), {"reason": "wrong address"})

    assert answer.status_code == 303
    page = desk.get(at("invoice", invoice.pk)).content.decode()
    assert 'data-state="void"' in page
    assert "wrong address" in page


def test_the_pdf_is_a_file_that_no_browser_takes_for_a_page(desk: Client):  # O17
    customer = make.customer(name="Łódź Ελλάδα Инструменты", town="Łódź", postcode="90-001", language="de")
    invoice = write_invoice(make.order(customer, quantities=(2,)), by=make.STAFF)

    answer = desk.get(at("invoice_pdf", invoice.pk))

    assert answer.content.startswith(b"%PDF-")
    assert answer["Content-Type"] == "application/pdf"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"].startswith("attachment")


def test_sales_see_invoices_and_change_none(client: Client):  # O17
    invoice = write_invoice(make.order(), by=make.STAFF)
    client.force_login(make.staff("sales"))

    page = client.get(at("invoice", invoice.pk)).content.decode()

    assert "Book a payment" not in page
    assert client.post(at("invoice_voiding", invoice.pk), {"reason": "x"}).status_code == 403
    assert Invoice.objects.get().state == "open"


def test_staff_limited_to_their_customers_see_no_others(client: Client):  # A53
    person = make.staff("finance", only_own_customers=True)
    theirs = write_invoice(make.order(make.customer(representative=person)), by=make.STAFF)
    foreign = write_invoice(make.order(), by=make.STAFF)
    client.force_login(person)

    answer = client.get(LIST).content.decode()

    assert theirs.number in answer
    assert foreign.number not in answer
    assert client.get(at("invoice_pdf", foreign.pk)).status_code == 404


def test_list_and_page_cost_few_queries(desk: Client, django_assert_max_num_queries):
    invoices = [write_invoice(make.order(), by=make.STAFF) for _each in range(5)]
    book_payment(invoice=invoices[0], amount=100, by=make.STAFF)
    desk.get(LIST)

    with django_assert_max_num_queries(12):
        listed = desk.get(LIST)
    with django_assert_max_num_queries(20):
        page = desk.get(at("invoice", invoices[0].pk))

    assert (listed.status_code, page.status_code) == (200, 200)
