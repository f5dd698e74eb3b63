"""Mails of invoices and shipments follow from their events."""

from decimal import Decimal

import pytest

from claimdesk.conversations.models import OutgoingMail
from claimdesk.orders.actions.invoices import void_invoice, write_invoice
from claimdesk.orders.actions.shipments import send_shipment
from tests import make
from tests.work import work_off

pytestmark = pytest.mark.django_db


def mails(key: str) -> list[OutgoingMail]:
    """What the worker made of it, when all is done."""
    work_off()
    return list(OutgoingMail.objects.filter(key=key).order_by("pk"))


def test_an_invoice_is_mailed_with_what_is_open_on_it():  # O17
    order = make.order(make.customer(email="billing@buyer.example"), quantities=(10,))
    invoice = write_invoice(order, by=make.STAFF)

    [mail] = mails("invoice_issued")

    assert mail.to == "billing@buyer.example"
    assert invoice.number in mail.subject
    assert "€119.00" in mail.text
    assert f"/invoices/{invoice.pk}/" in mail.text


def test_an_invoice_that_is_void_by_now_is_not_mailed():  # O17
    void_invoice(write_invoice(make.order(), by=make.STAFF), reason="twice", by=make.STAFF)

    assert mails("invoice_issued") == []


def test_who_ordered_reads_what_is_on_its_way_and_where_it_is():  # O16
    buyer = make.membership(make.user(email="ben@buyer.example"))
    order = make.order(buyer.customer, quantities=(3,), state="exported", placed_by=buyer.user)
    lines = {order.lines.get().pk: Decimal(2)}
    send_shipment(order, lines=lines, carrier="UPS", tracking_number="1Z 9", by=make.STAFF)

    [mail] = mails("order_shipped")

    assert mail.to == "ben@buyer.example"
    assert "2 × " in mail.text
    assert "tracknum=1Z%209" in mail.text


def test_who_has_left_does_not_read_what_is_on_its_way():  # A80 O16
    order = make.order(quantities=(3,), state="exported", placed_by=make.user(email="ben@left.example"))
    lines = {order.lines.get().pk: Decimal(2)}
    send_shipment(order, lines=lines, carrier="UPS", tracking_number="1Z 9", by=make.STAFF)

    [mail] = mails("order_shipped")

    assert mail.to == order.customer.email
