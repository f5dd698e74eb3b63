"""Payments taken back, and payouts of refunds noted or tried again."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils.translation import gettext as _

from claimdesk.office.forms.money import MethodForm, ReasonForm, ReferenceForm
from claimdesk.orders.actions.payments import unbook_payment
from claimdesk.orders.actions.payouts import confirm_payout, retry_payout
from claimdesk.orders.models import Payment, Refund
from claimdesk.orders.permissions import RECORD_PAYMENTS, REFUND
from claimdesk.orders.queries.payments import payments
from claimdesk.orders.queries.refunds import refunds
from claimdesk.web.addresses import address_of
from claimdesk.web.answers import done, invalid
from claimdesk.web.gates import office_page
from claimdesk.web.pieces import money
from claimdesk.web.requests import PageRequest

FORM = "office/orders/money_form.html"


@office_page(RECORD_PAYMENTS)
def payment_reversal(request: PageRequest, pk: int) -> HttpResponse:
    """Ask why; a POST takes the payment back by a counter entry."""
    payment = get_object_or_404(payments(request.actor), pk=pk)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    back = _page_of(payment)
    title = _("Take back a payment of %(sum)s") % {"sum": money(payment.amount, payment.currency)}
    if answer := _asked(request, form, title=title, cancel=back, button=_("Take back")):
        return answer
    unbook_payment(payment, reason=form.cleaned_data["reason"], by=request.actor)
    return done(request, back, _("The payment is taken back."))


@office_page(REFUND)
def payout_confirmation(request: PageRequest, pk: int) -> HttpResponse:
    """Ask for the transfer's reference; a POST notes that it was paid by hand."""
    refund = get_object_or_404(refunds(request.actor), pk=pk)
    form = ReferenceForm(request.POST if request.method == "POST" else None)
    title = _("%(sum)s was paid out") % {"sum": money(refund.amount, refund.currency)}
    if answer := _asked(request, form, title=title, cancel=_order_of(refund), button=_("Paid")):
        return answer
    confirm_payout(refund, reference=form.cleaned_data["reference"], by=request.actor)
    return done(request, _order_of(refund), _("Noted."))


@office_page(REFUND)
def payout_retrial(request: PageRequest, pk: int) -> HttpResponse:
    """Ask how; a POST has a refused payout tried again."""
    refund = get_object_or_404(refunds(request.actor), pk=pk)
    data = request.POST if request.method == "POST" else None
    form = MethodForm(data, initial={"method": refund.method})
    title = _("Pay out %(sum)s again") % {"sum": money(refund.amount, refund.currency)}
    if answer := _asked(request, form, title=title, cancel=_order_of(refund), button=_("Try again")):
        return answer
    retry_payout(refund, method=form.cleaned_data["method"], by=request.actor)
    return done(request, _order_of(refund), _("It is tried again."))


def _page_of(payment: Payment) -> str:
    if payment.invoice_id:
        return address_of("office:invoice", payment.invoice_id)
    return address_of("office:order", payment.order_id or 0)


def _order_of(refund: Refund) -> str:
    return address_of("office:order", refund.order_id)


def _asked(request: PageRequest, form: Any, **context: str) -> HttpResponse | None:
    """Return the form's page, or None where it is filled in well."""
    values = {"form": form, **context}
    if request.method != "POST":
        return render(request, FORM, values)
    return None if form.is_valid() else invalid(request, FORM, values)


urls = [
    path("payments/<int:pk>/reversal/", payment_reversal, name="payment_reversal"),
    path("refunds/<int:pk>/payout/", payout_confirmation, name="payout_confirmation"),
    path("refunds/<int:pk>/retrial/", payout_retrial, name="payout_retrial"),
]
