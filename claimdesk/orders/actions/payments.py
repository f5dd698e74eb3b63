"""Payments, booked on invoices and on orders, and taken back by a counter entry."""

from datetime import date
from typing import cast

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from claimdesk.company.queries.company import company
from claimdesk.kernel.actor import Actor
from claimdesk.kernel.clock import today
from claimdesk.kernel.refused import Refused
from claimdesk.kernel.text import tidy
from claimdesk.ledger.record import record
from claimdesk.orders.actions.balances import hold_balance
from claimdesk.orders.actions.items import follow_up_items
from claimdesk.orders.events.payments import PaymentBooked, PaymentUnbooked
from claimdesk.orders.models import Invoice, Order, OrderBalance, Payment
from claimdesk.orders.money_words import plain_sum
from claimdesk.orders.permissions import RECORD_PAYMENTS
from claimdesk.orders.queries.payments import left_to_invoice

LONGEST_REASON = 300


@transaction.atomic
def book_payment(
    *,
    invoice: Invoice | None = None,
    order: Order | None = None,
    amount: int,
    paid_on: date | None = None,
    method: str = "",
    reference: str = "",
    by: Actor,
) -> Payment:
    """Book money that came in: for an invoice, or for an order before there is one.

    Items that wait for payment move on. Takes: `amount` in minor units of the invoice's or order's currency.
    Refuses: `amount_not_positive`, `paid_in_future`, `more_than_open`, `invoice_void`.
    Records: PaymentBooked.
    """
    by.require(RECORD_PAYMENTS)
    if (invoice is None) == (order is None):
        raise TypeError("a payment is for an invoice or for an order")
    subject = cast(Invoice | Order, invoice or order)
    order = order or (invoice.order if invoice else None)
    paid_on = paid_on or today(company().time_zone)
    _refuse_wrong(amount, paid_on)
    _add(amount, invoice, order)
    payment = Payment.objects.create(
        customer_id=subject.customer_id,
        order=order,
        invoice=invoice,
        amount=amount,
        currency=subject.currency,
        paid_on=paid_on,
        method=tidy(method)[:40],
        reference=tidy(reference)[:120],
        recorded_by_name=by.name,
    )
    record(_booked(payment), about=subject, by=by)
    if order:
        follow_up_items([order], by=by)
    return payment


@transaction.atomic
def unbook_payment(payment: Payment, *, reason: str, by: Actor) -> Payment:
    """Take a payment back by a counter entry; both stay visible.

    Refuses: `already_unbooked`, `advance_used`, `paid_out`, `reason_needed`.
    Records: PaymentUnbooked.
    """
    by.require(RECORD_PAYMENTS)
    reason = tidy(reason)[:LONGEST_REASON]
    if not reason:
        raise Refused("reason_needed", _("Say why the payment is taken back."))
    if payment.order:
        hold_balance(payment.order)
    if payment.reverses_id or Payment.objects.filter(reverses=payment).exists():
        raise Refused("already_unbooked", _("This payment was taken back already."))
    if payment.invoice:
        _take_from_invoice(payment.invoice, payment.amount)
    elif payment.order:
        _take_from_advance(payment.order, payment.amount)
    counter = Payment.objects.create(
        customer_id=payment.customer_id,
        order=payment.order,
        invoice=payment.invoice,
        amount=-payment.amount,
        currency=payment.currency,
        paid_on=today(company().time_zone),
        method=payment.method,
        reference=payment.reference,
        recorded_by_name=by.name,
        reverses=payment,
    )
    fact = PaymentUnbooked(
        payment.pk, counter.pk, plain_sum(payment.amount, payment.currency), on=_on(payment), reason=reason
    )
    record(fact, about=payment.invoice or payment.order or payment, customer=payment.customer_id, by=by)
    return counter


def _refuse_wrong(amount: int, paid_on: date) -> None:
    if amount <= 0:
        raise Refused("amount_not_positive", _("A payment is more than nothing."))
    if paid_on > today(company().time_zone):
        raise Refused("paid_in_future", _("A payment is not booked before its day."))


def _add(amount: int, invoice: Invoice | None, order: Order | None) -> None:
    if order:
        hold_balance(order)
    if invoice:
        _add_to_invoice(invoice, amount)
    elif order:
        _add_to_advance(order, amount)


def _add_to_invoice(invoice: Invoice, amount: int) -> None:
    rows = Invoice.objects.filter(pk=invoice.pk, state=Invoice.State.OPEN)
    changed = rows.filter(total__gte=F("paid") + F("credited") + amount).update(paid=F("paid") + amount)
    invoice.refresh_from_db()
    if changed:
        return
    if invoice.state == Invoice.State.VOID:
        raise Refused("invoice_void", _("The invoice is void."))
    open_sum = plain_sum(invoice.open_amount, invoice.currency)
    raise Refused("more_than_open", _("Only %(sum)s is open on this invoice.") % {"sum": open_sum})


def _add_to_advance(order: Order, amount: int) -> None:
    """Add to what was paid before invoices; not more than is still to be invoiced."""
    rows = OrderBalance.objects.filter(pk=order.pk, advance__lte=left_to_invoice(order) - amount)
    if not rows.update(advance=F("advance") + amount):
        raise Refused(
            "more_than_open",
            _("More than this order comes to, without what was invoiced, canceled or paid of it."),
        )


def _take_from_invoice(invoice: Invoice, amount: int) -> None:
    rows = Invoice.objects.filter(
        pk=invoice.pk, paid__gte=F("advance") + amount, paid_out__lte=F("paid") - amount
    )
    if not rows.update(paid=F("paid") - amount):
        raise Refused("paid_out", _("Of this payment something was paid out again."))
    invoice.refresh_from_db()


def _take_from_advance(order: Order, amount: int) -> None:
    rows = OrderBalance.objects.filter(pk=order.pk, advance__gte=amount)
    if not rows.update(advance=F("advance") - amount):
        raise Refused("advance_used", _("This payment was used on an invoice, or paid out again."))


def _on(payment: Payment) -> str:
    subject = payment.invoice or payment.order
    return subject.number if subject else ""


def _booked(payment: Payment) -> PaymentBooked:
    return PaymentBooked(
        payment.pk,
        plain_sum(payment.amount, payment.currency),
        on=_on(payment),
        paid_on=payment.paid_on.isoformat(),
        reference=payment.reference,
    )
