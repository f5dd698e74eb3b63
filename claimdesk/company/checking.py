"""What the seller's settings may hold; forms and actions check alike."""

import re
from zoneinfo import available_timezones

from babel.numbers import list_currencies
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from claimdesk.company.models import Company
from claimdesk.company.queries.system_emails import addresses
from claimdesk.company.system_emails.catalogue import email_named
from claimdesk.company.system_emails.filling import names_in
from claimdesk.kernel.money import LARGEST
from claimdesk.kernel.text import tidy

PREFIX = re.compile(r"^[A-Z]{1,5}$")
DOMAIN = re.compile(r"^(?=.{4,253}$)[a-z0-9-]+(\.[a-z0-9-]+)+$")
LISTS = (
    "languages",
    "default_groups",
    "shared_domains",
    "checklist",
    "profile_fields",
    "carriers",
    "registration_questions",
)  # may be empty
PROFILE_FIELDS = (
    "name",
    "phone",
    "website",
    "tax_number",
    "language",
    "billing_address",
    "shipping_addresses",
    "contacts",
)


def check_company(row: Company) -> None:
    """Raise ValidationError, by field, for settings that make no sense."""
    errors: dict[str, str] = {}
    if not PREFIX.match(row.number_prefix):
        errors["number_prefix"] = _(
            "One to five capital letters, so that no web number can equal an ERP number."
        )
    if row.currency not in list_currencies():
        errors["currency"] = _("This is no currency code of ISO 4217, such as EUR.")
    if row.time_zone not in available_timezones():
        errors["time_zone"] = _("There is no such time zone; they look like Europe/Berlin.")
    if set(row.languages) - set(dict(settings.LANGUAGES)):
        errors["languages"] = _("There is a language among them that Claimdesk does not speak.")
    wrong = [domain for domain in row.shared_domains if not DOMAIN.match(domain)]
    if wrong:
        errors["shared_domains"] = _("“%(domain)s” is no domain.") % {"domain": wrong[0]}
    if not 1 <= row.invoice_recent_days <= 3650:
        errors["invoice_recent_days"] = _("Between 1 and 3,650 days.")
    if not 70 <= row.auto_approve_from <= 100:
        errors["auto_approve_from"] = _(
            "Between 70 and 100 percent; below, too many would be let in who are somebody else."
        )
    if not 1 <= row.acting_minutes <= 480:
        errors["acting_minutes"] = _("Between 1 and 480 minutes.")
    if not 1 <= row.invitations_a_day <= 10_000:
        errors["invitations_a_day"] = _("Between 1 and 10,000 invitations.")
    if not 1 <= row.claim_window_days <= 3650:
        errors["claim_window_days"] = _("Between 1 and 3,650 days.")
    if row.escalate_after_hours < row.remind_after_hours:
        errors["escalate_after_hours"] = _("Escalation comes after the reminder.")
    if set(row.profile_fields) - set(PROFILE_FIELDS):
        errors["profile_fields"] = _("There is an unknown field among them.")
    for name in ("escalate_to", "staff_mails"):
        if problem := problem_of_addresses(getattr(row, name)):
            errors[name] = problem
    errors |= _problems_of_orders(row) | _problems_of_money(row) | _problems_of_warranty(row)
    if errors:
        raise ValidationError(errors)
    row.full_clean(exclude=LISTS)


def _problems_of_orders(row: Company) -> dict[str, str]:
    errors: dict[str, str] = {}
    if not PREFIX.match(row.order_prefix):
        errors["order_prefix"] = _("One to five capital letters, so that no order's number equals an ERP's.")
    for name in ("freight", "freight_free_from"):
        if not 0 <= (getattr(row, name) or 0) < LARGEST:
            errors[name] = _("Nothing or more, and not beyond all measure.")
    if not 0 <= row.freight_tax_rate <= 10_000:
        errors["freight_tax_rate"] = _("Between 0 and 100 percent.")
    return errors


def _problems_of_money(row: Company) -> dict[str, str]:
    errors: dict[str, str] = {}
    if not 0 <= row.payment_days <= 365:
        errors["payment_days"] = _("Between 0 and 365 days.")
    if not 0 <= row.return_days <= 3650:
        errors["return_days"] = _("Between 0 and 3,650 days.")
    if not all(_is_carrier(each) for each in row.carriers):
        errors["carriers"] = _(
            "Each carrier has a name and, if it has a link, one that begins with https:// and holds {number}."
        )
    return errors


def _problems_of_warranty(row: Company) -> dict[str, str]:
    errors: dict[str, str] = {}
    if not 0 <= row.appeal_days <= 365:
        errors["appeal_days"] = _("Between 0 and 365 days.")
    if not 0 <= row.warranty_filing_days <= 3650:
        errors["warranty_filing_days"] = _("Between 0 and 3,650 days.")
    if not 0 <= (row.warranty_limit or 0) < LARGEST:
        errors["warranty_limit"] = _("Nothing or more, and not beyond all measure.")
    keys = [str(each.get("key", "")) for each in row.warranty_claim_types]
    if not keys or not all(keys) or len(set(keys)) < len(keys):
        errors["warranty_claim_types"] = _("There is at least one type, and each has a key of its own.")
    return errors


def _is_carrier(each: dict[str, str]) -> bool:
    link = each.get("link", "")
    return bool(each.get("name")) and (not link or (link.startswith("https://") and "{number}" in link))


def problem_of_addresses(text: str) -> str:
    """Return what is wrong with a list of e-mail addresses, or nothing."""
    for address in addresses(text):
        try:
            validate_email(address)
        except ValidationError:
            return _("“%(address)s” is no e-mail address.") % {"address": address}
    return ""


def problem_of_words(key: str, words: str) -> str:
    """Return what is wrong with the seller's words for a system e-mail, or nothing."""
    known = email_named(key).names
    unknown = [name for name in names_in(words) if name not in known]
    if unknown:
        return _("There is no {%(name)s} in this e-mail. There are: %(known)s.") % {
            "name": unknown[0],
            "known": ", ".join(f"{{{name}}}" for name in sorted(known)),
        }
    return ""


def missing_secrets(key: str, words: str) -> list[str]:
    """Return the links and codes without which the e-mail would be of no use."""
    named = names_in(words)
    needed = [each.name for each in email_named(key).placeholders if each.is_secret]
    return needed if needed and not any(name in named for name in needed) else []


def tidy_lines(text: str) -> list[str]:
    """Return the lines of a text field, tidied, each once, without empty ones."""
    return list(dict.fromkeys(line for line in (tidy(line) for line in text.splitlines()) if line))


def tidy_domains(text: str) -> list[str]:
    """Return the domains of a text field, one a line, as they are compared."""
    return [line.casefold().removeprefix("@").strip(".") for line in tidy_lines(text.replace(",", "\n"))]
