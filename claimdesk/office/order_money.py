"""Deeds with an order's goods and money: invoice, ship, pay in advance, refund (O16-O18)."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils.translation import gettext as _

from claimdesk.company.queries.company import company
from claimdesk.kernel.actor import Actor
from claimdesk.kernel.clock import today
from claimdesk.office.forms.money import InvoiceForm, PaymentForm, RefundForm
from claimdesk.office.refund_preview import preview_context
from claimdesk.orders.actions.invoices import write_invoice
from claimdesk.orders.actions.payments import book_payment
from claimdesk.orders.actions.refunds import refund_lines
from claimdesk.orders.models import Order, Refund
from claimdesk.orders.permissions import (
    EDIT_INVOICES,
    EDIT_SHIPMENTS,
    RECORD_PAYMENTS,
    REFUND,
    VIEW_INVOICES,
)
from claimdesk.orders.queries.invoices import to_be_invoiced
from claimdesk.orders.queries.orders import orders
from claimdesk.orders.queries.payments import advance_wanted, asked_without_lines, left_to_invoice
from claimdesk.orders.queries.refund_plans import preview_refund
from claimdesk.orders.queries.refunds import refundable_lines, refunds_under
from claimdesk.web.addresses import address_of
from claimdesk.web.answers import done, invalid
from claimdesk.web.gates import office_page
from claimdesk.web.pieces import money
from claimdesk.web.requests import PageRequest

FORM = "office/orders/money_form.html"
REFUND_FORM = "office/orders/refund.html"


def order_at(request: PageRequest, pk: int) -> Order:
    """Return the order, if it is the actor's to see."""
    return get_object_or_404(orders(request.actor).select_related("customer", "process"), pk=pk)


def money_deeds(actor: Actor) -> dict[str, bool]:
    """Return what the actor may do with an order's goods and money."""
    return {
        "may_ship": actor.may(EDIT_SHIPMENTS),
        "may_see_money": actor.may(VIEW_INVOICES),
        "may_invoice": actor.may(EDIT_INVOICES),
        "may_book": actor.may(RECORD_PAYMENTS),
        "may_refund": actor.may(REFUND),
    }


@office_page(EDIT_INVOICES)
def order_invoice(request: PageRequest, pk: int) -> HttpResponse:
    """Choose what is invoiced; a POST writes the invoice."""
    order = order_at(request, pk)
    form = InvoiceForm(_data(request), most=to_be_invoiced(order), initial={})
    title = _("Invoice order %(number)s") % {"number": order.number}
    warning = _asked_elsewhere(order)
    if answer := asked(request, order, form, title=title, button=_("Write the invoice"), warning=warning):
        return answer
    fields = {name: form.cleaned_data[name] for name in ("number", "due_on")}
    invoice = write_invoice(order, lines=form.quantities, by=request.actor, **fields)
    said = _("Invoice %(number)s is written.") % {"number": invoice.number}
    return done(request, address_of("office:order", order.pk), said)


@office_page(RECORD_PAYMENTS)
def order_payment(request: PageRequest, pk: int) -> HttpResponse:
    """Book what was paid before there is an invoice."""
    order = order_at(request, pk)
    form = PaymentForm(
        _data(request),
        currency=order.currency,
        open_amount=advance_wanted(order),
        today=today(company().time_zone),
    )
    title = _("Book a payment on order %(number)s") % {"number": order.number}
    if answer := asked(request, order, form, title=title, button=_("Book")):
        return answer
    book_payment(order=order, by=request.actor, **form.cleaned_data)
    return done(request, address_of("office:order", order.pk), _("The payment is booked."))


@office_page(REFUND)
def order_refund(request: PageRequest, pk: int) -> HttpResponse:
    """Choose what is refunded, look at what comes back; a POST that saw it credits and pays out."""
    order = order_at(request, pk)
    most = {each.line: each.quantity for each in refundable_lines(order) if each.quantity > 0}
    form = RefundForm(_data(request), most=most, initial={"method": company().payout_method})
    title = _("Refund on order %(number)s") % {"number": order.number}
    if answer := asked(request, order, form, title=title, button=_("Show what comes back")):
        return answer
    values, page = form.cleaned_data, address_of("office:order", order.pk)
    if earlier := refunds_under(order, values["key"]):
        return done(request, page, _refunded(earlier))
    freight = values["with_freight"]
    preview = preview_refund(order, lines=form.quantities, with_freight=freight, actor=request.actor)
    if values["seen"] != preview.fingerprint:
        form.let_see(preview.fingerprint)
        context = {"title": title, "form": form, "order": order, "cancel": page, "button": _("Refund")}
        return render(request, REFUND_FORM, context | preview_context(order, preview))
    fields = {name: values[name] for name in ("with_freight", "method", "key", "seen")}
    rows = refund_lines(order, lines=form.quantities, by=request.actor, **fields)
    return done(request, page, _refunded(rows))


def _refunded(rows: list[Refund]) -> str:
    """Say what was credited and what is paid out."""
    if not rows:
        return _("Nothing was asked or paid for it, so no money moves.")
    sums = {kind: sum(row.amount for row in rows if row.kind == kind) for kind in Refund.Kind.values}
    words = {name: money(amount, rows[0].currency) for name, amount in sums.items()}
    return _("%(credit)s credited, %(payout)s to be paid out.") % words


def _data(request: PageRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _asked_elsewhere(order: Order) -> str:
    """Say what an ERP's invoices without lines ask of the order, and what they leave."""
    if not (elsewhere := asked_without_lines(order)):
        return ""
    words = _(
        "The ERP asked for %(elsewhere)s of this order without saying for which goods. "
        "At most %(left)s can be invoiced here: choose the goods that are not among its invoices."
    )
    left = max(left_to_invoice(order), 0)
    return words % {"elsewhere": money(elsewhere, order.currency), "left": money(left, order.currency)}


def asked(
    request: PageRequest, order: Order, form: Any, *, title: str, button: str, warning: str = ""
) -> HttpResponse | None:
    """Return the form's page, or None where it is filled in well."""
    back = address_of("office:order", order.pk)
    context = {"title": title, "form": form, "order": order, "cancel": back, "button": button}
    context["warning"] = warning
    if request.method != "POST":
        return render(request, FORM, context)
    return None if form.is_valid() else invalid(request, FORM, context)


urls = [
    path("orders/<int:pk>/invoices/", order_invoice, name="order_invoice"),
    path("orders/<int:pk>/payments/", order_payment, name="order_payment"),
    path("orders/<int:pk>/refunds/", order_refund, name="order_refund"),
]
