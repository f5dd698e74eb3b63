"""Forms of orders in the office."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from claimdesk.customers.models import Address, Customer
from claimdesk.orders.models import Order
from claimdesk.people.models import User
from claimdesk.web.form_fields import field_of
from claimdesk.web.sent_forms import SentForm


class WishesForm(SentForm):
    """What an order says beside its lines."""

    po_number = forms.CharField(label=_("PO number"), max_length=60, required=False)
    ship_to: forms.ModelChoiceField[Address] = forms.ModelChoiceField(
        label=_("Ship-to"), queryset=None, required=False, empty_label=_("As usual")
    )
    wished_on = forms.DateField(label=_("Wished date"), required=False)
    note = forms.CharField(
        label=_("Note"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, data: Any = None, *, customer: Customer, **options: Any) -> None:
        super().__init__(data, **options)
        own = customer.addresses.order_by("-kind", "-is_default", "pk")
        field_of(self, "ship_to", forms.ModelChoiceField).queryset = own


class NewOrderForm(WishesForm):
    """An order by staff for a customer; `expected_total` and `digest` are what the preview showed."""

    lines = forms.CharField(
        label=_("Articles"),
        max_length=100_000,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false"}),
        help_text=_("One line each: number and quantity."),
    )
    for_user: forms.ModelChoiceField[User] = forms.ModelChoiceField(
        label=_("Ordered by"), queryset=None, required=False, empty_label=_("Nobody in particular")
    )
    expected_total = forms.IntegerField(required=False, widget=forms.HiddenInput)
    digest = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    key = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    field_order = ("lines", "for_user", "po_number", "ship_to", "wished_on", "note")

    def __init__(self, data: Any = None, *, people: QuerySet[User], **options: Any) -> None:
        super().__init__(data, **options)
        field_of(self, "for_user", forms.ModelChoiceField).queryset = people


class CustomerNumberForm(forms.Form):
    """For whom staff order."""

    customer = forms.CharField(label=_("Customer (number or name)"), max_length=200)


class CancelingForm(SentForm):
    """Why an order is canceled."""

    reason = forms.CharField(label=_("Reason"), required=False, max_length=500)


def wishes_of(order: Order) -> dict[str, Any]:
    """Return what the order says beside its lines, for a form to begin with."""
    return {
        "po_number": order.po_number,
        "ship_to": order.ship_to,
        "wished_on": order.wished_on,
        "note": order.note,
    }
