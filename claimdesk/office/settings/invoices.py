"""The form of Settings › Company › Invoices and shipping (O16-O20)."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from claimdesk.company.models import Company
from claimdesk.office.settings.company_forms import SectionForm
from claimdesk.orders.payments import providers
from claimdesk.web.form_fields import field_of


class CarriersField(forms.CharField):
    """Carriers, one a line: a name, and behind an equals sign the link that shows a consignment."""

    widget = forms.Textarea(attrs={"rows": 6})

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, list):
            return "\n".join(" = ".join(filter(None, (each["name"], each.get("link")))) for each in value)
        return value

    def to_python(self, value: Any) -> Any:
        lines = [line.strip() for line in str(value or "").splitlines() if line.strip()]
        parts = (line.partition("=") for line in lines)
        return [{"name": name.strip()[:80], "link": link.strip()} for name, _sign, link in parts]


class InvoicesForm(SectionForm):
    """Invoices and shipping."""

    payment_days = forms.IntegerField(label=_("Days to pay an invoice"), min_value=0, max_value=365)
    invoice_footer = forms.CharField(
        label=_("Words at the foot of invoices"),
        help_text=_("Your address, tax number and bank account."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        required=False,
    )
    freight_refund = forms.ChoiceField(
        label=_("Freight is given back"),
        choices=[
            (Company.FreightRefund.NEVER, _("never")),
            (Company.FreightRefund.LAST, _("with the last item of an order")),
            (Company.FreightRefund.PRO_RATA, _("in proportion to what is refunded")),
        ],
        widget=forms.RadioSelect,
    )
    payout_method = forms.ChoiceField(label=_("Money is paid out"), widget=forms.RadioSelect)
    return_days = forms.IntegerField(
        label=_("Goods may come back for this many days"),
        help_text=_("Counted from the delivery."),
        min_value=0,
        max_value=3650,
    )
    carriers = CarriersField(
        label=_("Carriers"),
        help_text=_(
            "One a line: a name, an equals sign, and the link that shows a consignment, with {number} in it."
        ),
        required=False,
    )

    def __init__(self, data: Any = None, *, seller: Company) -> None:
        super().__init__(data, seller=seller)
        field_of(self, "payout_method", forms.ChoiceField).choices = [
            (each.key, each.label) for each in providers()
        ]
