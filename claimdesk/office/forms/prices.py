"""Forms about prices."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claimdesk.catalog.models import Price, Product
from claimdesk.catalog.queries.products import products, products_by_number
from claimdesk.company.queries.company import company
from claimdesk.kernel.actor import Actor
from claimdesk.kernel.clock import today
from claimdesk.kernel.money import digits_of, is_currency, parse_amount, to_decimal
from claimdesk.office.forms.products import BASIS_POINTS, LARGEST_QUANTITY, quantity_field
from claimdesk.office.forms.users import CustomerNumberField
from claimdesk.web.form_fields import field_of

LARGEST_AMOUNT = 10**12
LARGEST_PER = 1_000_000


class DayField(forms.DateField):
    """A day that is picked; empty is open."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **options)


class ProductNumberField(forms.CharField):
    """A product, by its number or EAN."""

    def __init__(self, **options: Any) -> None:
        super().__init__(label=gettext_lazy("Product number"), max_length=60, **options)
        self.actor: Actor | None = None

    def clean(self, value: Any) -> Product | None:
        text = super().clean(value)
        if not text or self.actor is None:
            return None
        found = products_by_number(products(self.actor), [text]).get(text)
        if found is None:
            raise ValidationError(_("No product has this number."))
        return found


class ValueForm(forms.Form):
    """What a price is, from which quantity, and when."""

    amount = forms.CharField(label=gettext_lazy("Price"), max_length=20)
    per = forms.IntegerField(
        label=gettext_lazy("For so many"),
        min_value=1,
        max_value=LARGEST_PER,
        initial=1,
        help_text=gettext_lazy("100 for a price of a hundred."),
    )
    quantity_from = forms.DecimalField(
        label=gettext_lazy("From quantity"),
        min_value=0,
        max_value=LARGEST_QUANTITY,
        decimal_places=3,
        initial=0,
    )
    starts_on = DayField(label=gettext_lazy("From day"), required=False)
    ends_on = DayField(label=gettext_lazy("Until day"), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        start, end = cleaned.get("starts_on"), cleaned.get("ends_on")
        if start and end and end < start:
            self.add_error("ends_on", _("It lies before the first day."))
        if "amount" in cleaned and (currency := self.currency_of(cleaned)):
            cleaned["amount"] = self._amount(cleaned["amount"], currency)
        return cleaned

    def currency_of(self, cleaned: dict[str, Any]) -> str:
        """Return the currency of the price, or nothing where none is known."""
        raise NotImplementedError

    def _amount(self, text: str, currency: str) -> int | None:
        try:
            amount = parse_amount(text, currency)
        except ValueError:
            words = {"currency": currency, "n": digits_of(currency)}
            self.add_error("amount", _("A price in %(currency)s has at most %(n)s decimals.") % words)
            return None
        if not 0 <= amount < LARGEST_AMOUNT:
            self.add_error("amount", _("A price is nothing or more, and no more than can be paid."))
        return amount


class NewPriceForm(ValueForm):
    """A new price: of what, for whom, and what it is."""

    product = ProductNumberField()
    customer = CustomerNumberField(
        required=False,
        help_text=gettext_lazy("For one customer. Without it and without a group: for everybody."),
    )
    price_group = forms.CharField(label=gettext_lazy("Price group"), max_length=40, required=False)
    currency = forms.CharField(label=gettext_lazy("Currency"), min_length=3, max_length=3)

    field_order = (
        "product", "customer", "price_group", "amount", "currency", "per", "quantity_from", "starts_on", "ends_on",
    )  # fmt: skip

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        kwargs["initial"] = {"currency": company().currency} | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        field_of(self, "product", ProductNumberField).actor = actor
        field_of(self, "customer", CustomerNumberField).actor = actor
        if actor.only_own_customers:
            self.fields["customer"].required = True
            self.fields["customer"].help_text = ""
            del self.fields["price_group"]

    def clean_currency(self) -> str:
        code = str(self.cleaned_data["currency"]).upper()
        if not is_currency(code):
            raise ValidationError(_("Three letters, as in EUR."))
        return code

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("customer") and cleaned.get("price_group"):
            self.add_error("price_group", _("A price is one customer's or a group's, not both."))
        return cleaned

    def currency_of(self, cleaned: dict[str, Any]) -> str:
        return str(cleaned.get("currency", ""))


class PriceForm(ValueForm):
    """Another price for the same buyers; `seen` tells what the editor saw."""

    seen = forms.DateTimeField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, price: Price, may_edit: bool, **kwargs: Any) -> None:
        self.price = price
        kwargs["initial"] = {
            "amount": to_decimal(price.amount, price.currency),
            "per": price.per,
            "quantity_from": f"{price.quantity_from.normalize():f}",
            "starts_on": price.starts_on,
            "ends_on": price.ends_on,
            "seen": price.updated_at.isoformat(),
        }
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.disabled = not may_edit
        self.fields["amount"].label = _("Price in %(currency)s") % {"currency": price.currency}

    def currency_of(self, cleaned: dict[str, Any]) -> str:
        return self.price.currency


class AdjustmentForm(forms.Form):
    """By how much many prices change, and from when."""

    percent = forms.DecimalField(
        label=gettext_lazy("Change in %"),
        min_value=Decimal("-99.99"),
        max_value=1000,
        decimal_places=2,
        help_text=gettext_lazy("5 makes them dearer, -5 cheaper. Each is rounded to the smallest coin."),
    )
    starts_on = DayField(
        label=gettext_lazy("From day"),
        required=False,
        help_text=gettext_lazy(
            "New prices hold beside the old ones from this day. Empty: the prices change at once."
        ),
    )

    def clean_percent(self) -> int:
        percent: Decimal = self.cleaned_data["percent"]
        if not percent:
            raise ValidationError(_("By nothing nothing changes."))
        return int(percent * BASIS_POINTS)

    def clean_starts_on(self) -> date | None:
        day: date | None = self.cleaned_data["starts_on"]
        if day and day < today():
            raise ValidationError(_("This day is over."))
        return day


class TrialForm(forms.Form):
    """What would a customer pay?"""

    product = ProductNumberField()
    customer = CustomerNumberField(required=False, help_text=gettext_lazy("Empty: what everybody pays."))
    quantity = quantity_field(gettext_lazy("Quantity"), initial=1)
    on = DayField(label=gettext_lazy("On"), required=False, help_text=gettext_lazy("Empty: today."))

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field_of(self, "product", ProductNumberField).actor = actor
        field_of(self, "customer", CustomerNumberField).actor = actor
