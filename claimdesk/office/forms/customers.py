"""Forms about customers."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from claimdesk.customers.models import Customer, CustomerGroup
from claimdesk.customers.queries.customers import customer_groups
from claimdesk.people.models import User
from claimdesk.people.queries.staff import staff_members
from claimdesk.web.form_fields import field_of
from claimdesk.web.record_forms import country_choices, language_choices

BASIS_POINTS = 100


class CustomerForm(forms.Form):
    """The fields of a customer (A76)."""

    name = forms.CharField(label=_("Company name"), max_length=200)
    number = forms.CharField(
        label=_("Number"),
        max_length=40,
        required=False,
        help_text=_("Left empty, it gets the next web account number."),
    )
    kind = forms.ChoiceField(label=_("Type"), choices=Customer.Kind.choices)
    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        required=False,
        help_text=_("The account address: login details go there. One customer, one address."),
    )
    phone = forms.CharField(label=_("Phone"), max_length=60, required=False)
    website = forms.CharField(label=_("Website"), max_length=200, required=False)
    tax_number = forms.CharField(label=_("Tax number"), max_length=40, required=False)
    language = forms.ChoiceField(label=_("Language"), choices=language_choices, required=False)
    terms = forms.CharField(label=_("Payment terms"), max_length=80, required=False)
    price_group = forms.CharField(label=_("Price group"), max_length=40, required=False)
    discount = forms.DecimalField(
        label=_("Discount in %"), min_value=0, max_value=100, decimal_places=2, required=False
    )
    currency = forms.RegexField(
        r"^[A-Za-z]{3}$",
        label=_("Currency"),
        max_length=3,
        required=False,
        error_messages={"invalid": _("Three letters, as in EUR.")},
    )
    representative: forms.ModelChoiceField[User] = forms.ModelChoiceField(
        None, label=_("Representative"), required=False, empty_label=_("Nobody")
    )
    groups: forms.ModelMultipleChoiceField[CustomerGroup] = forms.ModelMultipleChoiceField(
        None, label=_("Groups"), required=False, widget=forms.CheckboxSelectMultiple
    )
    notes = forms.CharField(
        label=_("Notes"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Only staff read them."),
    )

    def __init__(self, *args: Any, customer: Customer | None = None, **kwargs: Any) -> None:
        if customer is not None:
            kwargs["initial"] = self.initial_of(customer) | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        field_of(self, "representative", forms.ModelChoiceField).queryset = staff_members()
        field_of(self, "groups", forms.ModelMultipleChoiceField).queryset = customer_groups()
        if not customer_groups().exists():
            del self.fields["groups"]

    @classmethod
    def initial_of(cls, customer: Customer) -> dict[str, Any]:
        """Return what is on file, as the form shows it."""
        names = set(cls.base_fields) - {"groups", "discount"}
        values = {name: getattr(customer, name) for name in names if hasattr(customer, name)}
        percent = Decimal(customer.discount) / BASIS_POINTS
        return values | {"discount": percent, "groups": list(customer.groups.all())}

    def clean_discount(self) -> int:
        return int((self.cleaned_data["discount"] or 0) * BASIS_POINTS)

    def clean_currency(self) -> str:
        return str(self.cleaned_data["currency"]).upper()


class EditCustomerForm(CustomerForm):
    """Edit account (A69, A78): the Enabled switch is the status; `seen` tells what the editor saw."""

    enabled = forms.BooleanField(label=_("Enabled"), required=False)
    seen = forms.DateTimeField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, customer: Customer, **kwargs: Any) -> None:
        kwargs["initial"] = {
            "enabled": customer.state == Customer.Status.ACTIVE,
            "seen": customer.updated_at.isoformat(),
        }
        super().__init__(*args, customer=customer, **kwargs)
        self.fields["number"].required = True
        self.fields["number"].help_text = _("An earlier number stays as an alias.")
        self.fields["enabled"].help_text = _("On is Active, off is Inactive. It is %(status)s now.") % {
            "status": customer.get_state_display()
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("enabled") and "email" in cleaned and not cleaned["email"]:
            self.add_error("email", _("A customer without an e-mail address cannot be Active."))
        return cleaned


class NewCustomerForm(CustomerForm):
    """New customer by hand (A78), with its billing address and its status."""

    street = forms.CharField(label=_("Street"), max_length=200, required=False)
    postcode = forms.CharField(label=_("Postcode"), max_length=20, required=False)
    town = forms.CharField(label=_("Town"), max_length=120, required=False)
    country = forms.ChoiceField(label=_("Country"), choices=country_choices, required=False)
    state = forms.ChoiceField(
        label=_("Status"),
        choices=[
            (Customer.Status.ADMIN, _("Admin: staff can order for it, nobody signs in")),
            (Customer.Status.ACTIVE, _("Active: login details are sent to its e-mail address")),
            (Customer.Status.NEW, _("New: to be checked")),
        ],
        initial=Customer.Status.ADMIN,
        widget=forms.RadioSelect,
    )
    alike_seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("state") == Customer.Status.ACTIVE and "email" in cleaned and not cleaned["email"]:
            self.add_error("email", _("A customer without an e-mail address cannot be Active."))
        return cleaned


class ErpForm(forms.Form):
    """What becomes of a customer in the ERP (A67, A79)."""

    erp_wish = forms.ChoiceField(
        label=_("In the ERP"),
        choices=[
            (Customer.ErpWish.LINK, _("Link: it is there already")),
            (Customer.ErpWish.CREATE, _("Create: it is to be made there")),
            (Customer.ErpWish.LATER, _("Later")),
        ],
        widget=forms.RadioSelect,
    )
    erp_number = forms.CharField(label=_("Number in the ERP"), max_length=40, required=False)
    erp_name = forms.CharField(label=_("Name in the ERP"), max_length=200, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("erp_wish") == Customer.ErpWish.LINK and not cleaned.get("erp_number"):
            self.add_error("erp_number", _("To link, give the number that the ERP has for it."))
        return cleaned


class DomainForm(forms.Form):
    """An e-mail domain to confirm."""

    domain = forms.CharField(label=_("Domain"), max_length=253)
