"""Money back and goods once more, from inside a reclamation (R7)."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claimdesk.aftersales.actions.reclamation_remedies import refund_claimed, replace_lines
from claimdesk.aftersales.models import Reclamation
from claimdesk.aftersales.permissions import EDIT_RECLAMATIONS
from claimdesk.office.reclamation_deeds import DEED, deed_context, open_or_refused, unfinished_lines
from claimdesk.office.reclamations import reclamation_url
from claimdesk.orders.permissions import REFUND
from claimdesk.web.answers import done, invalid
from claimdesk.web.claim_forms import QuantitiesForm
from claimdesk.web.gates import office_page, while_on
from claimdesk.web.pieces import money
from claimdesk.web.requests import PageRequest


class ReplacementForm(QuantitiesForm):
    """Quantities to send once more; `key` lets a form that is sent twice order once."""

    key = forms.CharField(max_length=40, widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, **options: Any) -> None:
        super().__init__(data, initial={"key": get_random_string(24)}, **options)


class RefundForm(ReplacementForm):
    """Quantities to refund, with their freight or without."""

    with_freight = forms.BooleanField(
        label=gettext_lazy("With freight, as the settings say"), required=False, initial=True
    )


def _filled(request: PageRequest, reclamation: Reclamation, kind: type[ReplacementForm]) -> ReplacementForm:
    lines, most = unfinished_lines(reclamation)
    return kind(request.POST or None, lines=lines, most=most, chosen=most)


@office_page(REFUND)
@while_on("reclamations_on")
def reclamation_refund(request: PageRequest, pk: int) -> HttpResponse:
    """Give back what was paid, or credit what was asked, for claimed quantities."""
    reclamation = open_or_refused(request, pk)
    form = _filled(request, reclamation, RefundForm)
    context = deed_context(reclamation, form, _("Refund"), _("Refund"))
    if request.method != "POST":
        return render(request, DEED, context)
    if not form.is_valid():
        return invalid(request, DEED, context)
    values = form.cleaned_data
    refunds = refund_claimed(
        reclamation,
        lines=values["quantities"],
        with_freight=values["with_freight"],
        key=values["key"] or get_random_string(24),
        by=request.actor,
    )
    amount = money(sum(refund.amount for refund in refunds), reclamation.order.currency)
    return done(request, reclamation_url(reclamation), _("Refunded: %(amount)s.") % {"amount": amount})


@office_page(EDIT_RECLAMATIONS)
@while_on("reclamations_on")
def reclamation_replacement(request: PageRequest, pk: int) -> HttpResponse:
    """Send claimed quantities once more, by an order without price."""
    reclamation = open_or_refused(request, pk)
    form = _filled(request, reclamation, ReplacementForm)
    context = deed_context(reclamation, form, _("Replace"), _("Order the replacement"))
    if request.method != "POST":
        return render(request, DEED, context)
    if not form.is_valid():
        return invalid(request, DEED, context)
    values = form.cleaned_data
    order = replace_lines(reclamation, lines=values["quantities"], key=values["key"], by=request.actor)
    words = _("The replacement is ordered: %(number)s.") % {"number": order.number}
    return done(request, reclamation_url(reclamation), words)


urls = [
    path("reclamations/<int:pk>/refund/", reclamation_refund, name="reclamation_refund"),
    path("reclamations/<int:pk>/replacement/", reclamation_replacement, name="reclamation_replacement"),
]
