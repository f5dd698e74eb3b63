"""The form of Settings › Company › Orders and money (O8, O18, O22): prices, payment, freight, numbers."""

from decimal import Decimal
from typing import Any

from babel.numbers import list_currencies
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claimdesk.company.models import Company
from claimdesk.kernel.money import is_currency, parse_amount, to_decimal
from claimdesk.office.settings.company_forms import SectionForm
from claimdesk.web.form_fields import field_of

BASIS_POINTS = 100
SUMS = ("freight", "freight_free_from")
READ_WITH_PRICES = ("currency", "price_mode")


class OrdersForm(SectionForm):
    """Orders and money. Sums are typed in the currency that stands in the same form."""

    currency = forms.ChoiceField(
        label=gettext_lazy("Currency"),
        help_text=gettext_lazy("Products are sold at the prices that they have in this currency."),
    )
    price_mode = forms.ChoiceField(
        label=gettext_lazy("Prices are"),
        choices=[
            (Company.PriceMode.NET, gettext_lazy("net: tax is added to them")),
            (Company.PriceMode.GROSS, gettext_lazy("gross: tax is inside")),
        ],
        help_text=gettext_lazy("The freight below too. This says how prices are read; it changes none."),
        widget=forms.RadioSelect,
    )
    payment_terms = forms.ChoiceField(
        label=gettext_lazy("Orders are paid"),
        choices=[
            (Company.PaymentTerms.ON_ACCOUNT, gettext_lazy("on account: the invoice says until when")),
            (
                Company.PaymentTerms.PREPAYMENT,
                gettext_lazy("before delivery: goods wait until the order is paid"),
            ),
        ],
        widget=forms.RadioSelect,
    )
    freight = forms.CharField(
        label=gettext_lazy("Freight of an order"),
        help_text=gettext_lazy("As 5.90, in the currency above; 0 asks for none."),
        max_length=20,
    )
    freight_free_from = forms.CharField(
        label=gettext_lazy("No freight from this order value on"),
        help_text=gettext_lazy(
            "What the order's lines come to, as prices are. Empty: freight is always asked."
        ),
        max_length=20,
        required=False,
    )
    freight_tax_rate = forms.DecimalField(
        label=gettext_lazy("Tax on freight in %"), min_value=0, max_value=100, decimal_places=2
    )
    order_prefix = forms.CharField(
        label=gettext_lazy("Letters before order numbers"),
        help_text=gettext_lazy(
            "One to five capital letters. The number after them only grows and is never used again."
        ),
        max_length=5,
    )
    order_approval = forms.BooleanField(
        label=gettext_lazy("Orders above a buyer's limit need a manager's approval"),
        help_text=gettext_lazy("A customer's managers set the limits of their buyers under Team."),
        required=False,
    )

    def __init__(self, data: Any = None, *, seller: Company) -> None:
        super().__init__(data, seller=seller)
        currencies = [(code, code) for code in sorted(list_currencies())]
        field_of(self, "currency", forms.ChoiceField).choices = currencies
        for name in SUMS:
            amount = getattr(seller, name)
            self.initial[name] = "" if amount is None else f"{to_decimal(amount, seller.currency):f}"
        self.initial["freight_tax_rate"] = f"{Decimal(seller.freight_tax_rate) / BASIS_POINTS:f}"

    def clean_freight_tax_rate(self) -> int:
        return int(self.cleaned_data["freight_tax_rate"] * BASIS_POINTS)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        currency = values.get("currency", "")
        for name in SUMS:
            if name in values and is_currency(currency):
                values[name] = self._minor_units(name, values[name], currency)
        return values

    def _minor_units(self, name: str, text: str, currency: str) -> int | None:
        if not text:
            return None
        try:
            amount = parse_amount(text, currency)
        except ValueError:
            amount = -1
        if amount < 0:
            words = {"currency": currency, "example": f"{to_decimal(1250, currency):f}"}
            self.add_error(name, _("Type an amount in %(currency)s, such as %(example)s.") % words)
            return None
        return amount

    @property
    def changes_how_prices_are_read(self) -> bool:
        """Tell whether saving makes other prices of those on file: another currency, or tax on top instead of inside."""
        return any(self.cleaned_data[name] != getattr(self.seller, name) for name in READ_WITH_PRICES)
