"""Forms about money: a payment, a reason, quantities of an order's lines."""

import uuid
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from claimdesk.kernel.money import parse_amount, to_decimal
from claimdesk.kernel.quantities import parse_quantity, shown_quantity
from claimdesk.orders.models import OrderLine
from claimdesk.orders.payment_methods import PAYMENT_METHODS
from claimdesk.orders.payments import providers
from claimdesk.orders.queries.shipments import carriers
from claimdesk.web.form_fields import field_of
from claimdesk.web.sent_forms import SentForm

QUANTITY = "quantity_"


class PaymentForm(forms.Form):
    """Money that came in, in one currency."""

    amount = forms.CharField(label=_("Amount"), max_length=20)
    paid_on = forms.DateField(label=_("Paid on"), widget=forms.DateInput)
    method = forms.ChoiceField(label=_("Paid by"), choices=list(PAYMENT_METHODS.items()))
    reference = forms.CharField(
        label=_("Reference"), help_text=_("As on the bank statement."), max_length=120, required=False
    )

    def __init__(self, data: Any, *, currency: str, open_amount: int, today: date) -> None:
        initial = {"amount": f"{to_decimal(open_amount, currency):f}", "paid_on": today}
        super().__init__(data, initial=initial)
        self.currency = currency
        self.fields["amount"].label = _("Amount in %(currency)s") % {"currency": currency}

    def clean_amount(self) -> int:
        try:
            return parse_amount(self.cleaned_data["amount"], self.currency)
        except ValueError:
            raise forms.ValidationError(_("Type an amount, such as 12.50.")) from None


class ReasonForm(forms.Form):
    """Why something is taken back."""

    reason = forms.CharField(label=_("Reason"), max_length=300)


class ReferenceForm(SentForm):
    """What a transfer is known by at the bank."""

    reference = forms.CharField(label=_("Reference of the transfer"), max_length=120, required=False)


class MethodForm(forms.Form):
    """How money is to be paid out."""

    method = forms.ChoiceField(label=_("Paid out"))

    def __init__(self, data: Any, *, initial: dict[str, Any]) -> None:
        super().__init__(data, initial=initial)
        field_of(self, "method", forms.ChoiceField).choices = [(each.key, each.label) for each in providers()]


class LinesForm(forms.Form):
    """Quantities of an order's lines: for each line what there is of it, or less; empty or zero leaves it out."""

    def __init__(self, data: Any, *, most: Mapping[OrderLine, Decimal], initial: dict[str, Any]) -> None:
        super().__init__(data, initial=initial)
        self.keys = [line.pk for line in most]
        quantities = {
            f"{QUANTITY}{line.pk}": forms.CharField(
                label=f"{line.product_number} {line.product_name}",
                help_text=_("At most %(quantity)s %(unit)s")
                % {"quantity": shown_quantity(quantity), "unit": line.unit},
                initial=shown_quantity(quantity),
                required=False,
                max_length=16,
            )
            for line, quantity in most.items()
        }
        self.fields = {**quantities, **self.fields}

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        for key in self.keys:
            name = f"{QUANTITY}{key}"
            try:
                values[name] = parse_quantity(values.get(name) or "0")
            except ValueError:
                self.add_error(name, _("Type a quantity, such as 2 or 0.5."))
        return values

    @property
    def quantities(self) -> dict[int, Decimal]:
        """The quantities by key of line; those of zero are left out."""
        found = {key: self.cleaned_data[f"{QUANTITY}{key}"] for key in self.keys}
        return {key: quantity for key, quantity in found.items() if quantity}


class InvoiceForm(LinesForm):
    """What is invoiced now."""

    number = forms.CharField(
        label=_("Invoice number"), help_text=_("Empty: the next of ours."), max_length=40, required=False
    )
    due_on = forms.DateField(
        label=_("Due"), help_text=_("Empty: as the settings say."), widget=forms.DateInput, required=False
    )


class ShipmentForm(LinesForm):
    """What is shipped now, and with whom."""

    carrier = forms.CharField(label=_("Carrier"), max_length=80, required=False)
    tracking_number = forms.CharField(label=_("Tracking number"), max_length=80, required=False)
    shipped_on = forms.DateField(label=_("Shipped on"), widget=forms.DateInput)

    def __init__(self, data: Any, *, most: Mapping[OrderLine, Decimal], initial: dict[str, Any]) -> None:
        super().__init__(data, most=most, initial=initial)
        self.fields["carrier"].help_text = ", ".join(carriers())


class TrackingForm(SentForm):
    """Carrier and tracking number, corrected."""

    carrier = forms.CharField(label=_("Carrier"), max_length=80, required=False)
    tracking_number = forms.CharField(label=_("Tracking number"), max_length=80, required=False)


class DeliveryForm(forms.Form):
    """When a shipment arrived."""

    delivered_on = forms.DateField(label=_("Delivered on"), widget=forms.DateInput)


class RefundForm(LinesForm):
    """What is given back. `key` is made once a form: sent twice, it refunds once. `seen` tells which preview was seen."""

    with_freight = forms.BooleanField(label=_("Freight, as the settings say"), required=False, initial=True)
    method = forms.ChoiceField(
        label=_("What was paid is paid out"),
        help_text=_("What is still open on an invoice is credited there; only what was paid is paid out."),
    )
    key = forms.CharField(widget=forms.HiddenInput, max_length=60)
    seen = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)

    def __init__(self, data: Any, *, most: Mapping[OrderLine, Decimal], initial: dict[str, Any]) -> None:
        super().__init__(data, most=most, initial={"key": f"office-{uuid.uuid4()}", **initial})
        field_of(self, "method", forms.ChoiceField).choices = [(each.key, each.label) for each in providers()]
        for line in most:
            self.fields[f"{QUANTITY}{line.pk}"].initial = ""

    def let_see(self, fingerprint: str) -> None:
        """Have the form, shown once more, say that the preview beside it was seen."""
        self.data = {name: self.data[name] for name in self.data} | {"seen": fingerprint}
