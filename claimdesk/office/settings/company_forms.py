"""The forms of Settings › Company, one a section; their fields are the seller's own."""

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from claimdesk.access.queries.onboarding import is_enough
from claimdesk.company.models import Company
from claimdesk.customers.queries.customers import customer_groups
from claimdesk.customers.queries.profile import PROFILE_PARTS
from claimdesk.office.settings.fields import AddressesField, DomainsField, LinesField
from claimdesk.people.queries.staff import staff_members
from claimdesk.web.form_fields import field_of
from claimdesk.web.sent_forms import SentForm


class SectionForm(SentForm):
    """A section of the settings, filled with what holds now."""

    def __init__(self, data: Any = None, *, seller: Company) -> None:
        super().__init__(data, initial={name: getattr(seller, name) for name in self.base_fields})
        self.seller = seller


class RegistrationForm(SectionForm):
    """User Registration (A3, A4, A9)."""

    allow_registration = forms.BooleanField(
        label=_("Allow User Registration"),
        help_text=_(
            "Off closes every way in: the links beside sign-in, the pages behind them, the API and the embed. "
            "People you invite or make yourself are not affected."
        ),
        required=False,
    )
    auto_approve = forms.BooleanField(
        label=_("Auto Approve Users"),
        help_text=_(
            "On: whoever registers and matches a customer is linked at once, if the evidence below is there. "
            "Off: every match waits under Users › Claims until you decide."
        ),
        required=False,
    )
    auto_approve_evidence = forms.ChoiceField(
        label=_("Evidence that is enough"),
        choices=[
            (
                Company.Evidence.VERIFIED_CONTACT,
                _("Verified contact: the verified e-mail address is on file at the customer (recommended)"),
            ),
            (
                Company.Evidence.VERIFIED_DOMAIN,
                _(
                    "Verified domain: the e-mail domain is confirmed for that customer and is no shared mailbox domain"
                ),
            ),
            (
                Company.Evidence.NAME_ALONE,
                _("Name alone: lets anyone in who knows a customer's name"),
            ),
        ],
        widget=forms.RadioSelect,
        help_text=_("What falls short, is ambiguous, or was denied before, becomes a claim all the same."),
        required=False,
    )

    def __init__(self, data: Any = None, *, seller: Company) -> None:
        super().__init__(data, seller=seller)
        if not seller.auto_approve:
            self.initial["auto_approve_evidence"] = None

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("auto_approve") and not values.get("auto_approve_evidence"):
            self.add_error("auto_approve_evidence", _("Choose what evidence is enough to be let in at once."))
        if not values.get("auto_approve_evidence"):
            values.pop("auto_approve_evidence", None)
        return values

    @property
    def lets_more_in(self) -> bool:
        """Tell whether saving lets people in who would have waited so far: it is switched on, or asks for less (A54)."""
        if not self.cleaned_data["auto_approve"]:
            return False
        asked = self.cleaned_data["auto_approve_evidence"]
        return not self.seller.auto_approve or not is_enough(asked, self.seller.auto_approve_evidence)


class CustomerDataForm(SectionForm):
    """Customer Data (A11-A16, A23, A24)."""

    allow_new_account = forms.BooleanField(
        label=_("Allow visitors to create a new account"),
        help_text=_("Shows the link “Create an account” beside sign-in, and in the shop's sign-in."),
        required=False,
    )
    new_account_words = forms.CharField(
        label=_("Words beside “Create an account”"),
        help_text=_("For example: New here? Tell us about your company and order the same day."),
        required=False,
        max_length=300,
    )
    signed_in_after_creation = forms.TypedChoiceField(
        label=_("After creating an account, one is"),
        choices=[
            ("True", _("signed in, and can order if the account has access")),
            ("False", _("told that the account was created and waits")),
        ],
        coerce=lambda value: value == "True",
        widget=forms.RadioSelect,
    )
    new_account_status = forms.ChoiceField(
        label=_("A new account"),
        choices=[
            (Company.NewAccountStatus.ACTIVE, _("has access at once (status Active)")),
            (Company.NewAccountStatus.NEW, _("waits for approval (status New)")),
        ],
        widget=forms.RadioSelect,
    )
    default_terms = forms.CharField(label=_("Payment terms"), required=False, max_length=80)
    default_price_group = forms.CharField(label=_("Price group"), required=False, max_length=40)
    default_groups = forms.TypedMultipleChoiceField(
        label=_("Customer groups"), coerce=int, widget=forms.CheckboxSelectMultiple, required=False
    )
    default_representative: Any = forms.ModelChoiceField(
        label=_("Representative"), queryset=None, required=False, empty_label=_("Nobody")
    )
    number_prefix = forms.CharField(
        label=_("Letters before web account numbers"),
        help_text=_("One to five capital letters. The number after them only grows and is never used again."),
        max_length=5,
    )
    allow_new_user_for_account = forms.BooleanField(
        label=_("Allow visitors to create a new user for an existing account"),
        help_text=_("Shows the link “Create a new contact for your account” beside sign-in."),
        required=False,
    )
    new_user_words = forms.CharField(
        label=_("Words beside “Create a new contact for your account”"),
        help_text=_("For example: Have your account number and a recent invoice at hand."),
        required=False,
        max_length=300,
    )
    invoice_recent_days = forms.IntegerField(
        label=_("A recent invoice is at most this old, in days"), min_value=1, max_value=3650
    )
    verification_gives = forms.ChoiceField(
        label=_("Account number, billing zip and invoice number give"),
        choices=[
            (Company.VerificationGives.ACCESS, _("access, once the e-mail address is verified")),
            (Company.VerificationGives.ACCOUNT_CLAIM, _("a claim with strong evidence, for you to decide")),
        ],
        help_text=_("Either way the contacts on file at the account are told."),
        widget=forms.RadioSelect,
    )

    def __init__(self, data: Any = None, *, seller: Company) -> None:
        super().__init__(data, seller=seller)
        field_of(self, "default_groups", forms.TypedMultipleChoiceField).choices = [
            (group.pk, group.name) for group in customer_groups()
        ]
        field_of(self, "default_representative", forms.ModelChoiceField).queryset = staff_members()
        self.initial["signed_in_after_creation"] = str(seller.signed_in_after_creation)
        if not field_of(self, "default_groups", forms.TypedMultipleChoiceField).choices:
            del self.fields["default_groups"]


class AccountClaimsForm(SectionForm):
    """Account claims (A33, A47, A56, A57)."""

    checklist = LinesField(
        label=_("Checklist of the reviewer"),
        help_text=_("One line each. It stands beside every claim; ticks are kept with who set them."),
    )
    waiting_words = forms.CharField(
        label=_("Words on the waiting page"),
        help_text=_("What applicants read while they wait, and whom to ask when they were denied."),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )
    remind_after_hours = forms.IntegerField(
        label=_("Remind staff after this many hours"), min_value=1, max_value=720
    )
    escalate_after_hours = forms.IntegerField(
        label=_("Escalate after this many hours"), min_value=1, max_value=2160
    )
    escalate_to = AddressesField(
        label=_("Escalate to"), help_text=_("E-mail addresses, with commas between them.")
    )
    staff_mails = AddressesField(
        label=_("Tell these addresses of every new account and claim"),
        help_text=_("Beside the counters in the office. Leave it empty for no such mail."),
    )
    shared_domains = DomainsField(
        label=_("Shared mailbox domains"),
        help_text=_("One a line. An address at one of these proves nothing about a company."),
        rows=8,
    )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        remind, escalate = values.get("remind_after_hours"), values.get("escalate_after_hours")
        if remind and escalate and escalate < remind:
            self.add_error("escalate_after_hours", _("Escalation comes after the reminder."))
        return values


class SellerForm(SectionForm):
    """Who the seller is."""

    name = forms.CharField(
        label=_("Name"), max_length=120, help_text=_("Stands on every page and in every mail.")
    )
    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        help_text=_("Mail comes from this address, and people write back to it."),
    )
    phone = forms.CharField(label=_("Phone"), required=False, max_length=60)
    website = forms.URLField(label=_("Website"), required=False, assume_scheme="https")
    country = forms.ChoiceField(label=_("Country"))
    time_zone = forms.ChoiceField(label=_("Time zone"))
    languages = forms.MultipleChoiceField(
        label=_("Languages"),
        choices=settings.LANGUAGES,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("The first is used where nobody chose one. None means all."),
    )

    def __init__(self, data: Any = None, *, seller: Company) -> None:
        super().__init__(data, seller=seller)
        choices = {
            "country": list(countries),
            "time_zone": [(zone, zone.replace("_", " ")) for zone in sorted(available_timezones())],
        }
        for name, values in choices.items():
            field_of(self, name, forms.ChoiceField).choices = values


class PortalForm(SectionForm):
    """What customers' managers may edit, and how staff sign in and act (A81, A84, A87)."""

    profile_fields = forms.MultipleChoiceField(
        label=_("Managers of a customer may edit"),
        choices=list(PROFILE_PARTS.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("The account's e-mail address is never among these: login details go there."),
    )
    staff_need_second_factor = forms.BooleanField(
        label=_("Staff must use a second factor"),
        help_text=_("Whoever has none yet is asked to set one up at the next sign-in."),
        required=False,
    )
    acting_minutes = forms.IntegerField(
        label=_("Acting for a customer ends after this many minutes"), min_value=1, max_value=480
    )
    invitations_a_day = forms.IntegerField(
        label=_("A customer's manager may send this many invitations a day"),
        help_text=_("Sending one again counts too. Your staff are not limited."),
        min_value=1,
        max_value=10_000,
    )
