"""How answers about cover are read (U5)."""

from collections.abc import Callable, Mapping
from datetime import date

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from claimdesk.kernel import dates
from claimdesk.warranty.models import Policy

FIELDS = {
    "serial": gettext_lazy("Serial number"),
    "product": gettext_lazy("Product"),
    "dealer": gettext_lazy("Dealer"),
    "region": gettext_lazy("Country"),
    "state": gettext_lazy("State"),
    "manufactured_on": gettext_lazy("Made on"),
    "shipped_on": gettext_lazy("Shipped on"),
    "invoiced_on": gettext_lazy("Invoiced on"),
    "delivered_on": gettext_lazy("Delivered on"),
    "note": gettext_lazy("Note"),
    "owner_name": gettext_lazy("Owner"),
    "owner_street": gettext_lazy("Street"),
    "owner_postcode": gettext_lazy("Postcode"),
    "owner_town": gettext_lazy("Town"),
    "owner_country": gettext_lazy("Country"),
    "owner_email": gettext_lazy("E-mail"),
    "owner_phone": gettext_lazy("Phone"),
    "meter": gettext_lazy("Meter reading"),
    "answers": gettext_lazy("Further details"),
    "name": gettext_lazy("Name"),
    "kind": gettext_lazy("Kind"),
    "category": gettext_lazy("Category"),
    "unit": gettext_lazy("Unit"),
    "start": gettext_lazy("Counts from"),
    "months": gettext_lazy("Months"),
    "fallback_months": gettext_lazy("Never registered: months after shipment"),
    "latest_start_months": gettext_lazy("Begins at the latest: months after shipment"),
    "meter_limit": gettext_lazy("Ends at a reading of"),
    "carry_over_months": gettext_lazy("A replacement is covered at least: months"),
    "offered_from_on": gettext_lazy("Offered from"),
    "offered_until_on": gettext_lazy("Offered until"),
}
VERDICTS = {
    "covered": gettext_lazy("Covered"),
    "out_of_warranty": gettext_lazy("Out of warranty"),
    "not_registered": gettext_lazy("Not registered"),
    "unknown_serial": gettext_lazy("Unknown serial number"),
}
STARTS = {
    "delivery": gettext_lazy("the day of delivery, which a registration tells"),
    "invoice": gettext_lazy("the day of the invoice"),
    "shipment": gettext_lazy("the day of shipment"),
}
Values = Mapping[str, str | int]


def verdict_words(verdict: str) -> str:
    """Return the answer in the reader's language."""
    return str(VERDICTS.get(verdict, verdict))


def reason_words(code: str, values: Values) -> str:
    """Return one reason as a sentence, days in the reader's format."""
    sentence = _SENTENCES.get(code)
    return sentence() % _readable(values) if sentence else code


def _readable(values: Values) -> dict[str, str]:
    readable = {name: str(value) for name, value in values.items()}
    for name in ("starts_on", "ends_on", "replaced_on"):
        if name in values:
            readable[name] = dates.day(date.fromisoformat(str(values[name])))
    for name in ("meter", "limit"):
        if name in values:
            readable[name] = number_format(int(values[name]), use_l10n=True, force_grouping=True)
    for name in ("months", "after"):
        if name in values:
            months = int(values[name])
            readable[name] = ngettext("%(months)d month", "%(months)d months", months) % {"months": months}
    if "kind" in values:
        kinds = dict(Policy.Kind.choices)
        readable["kind"] = str(kinds.get(str(values["kind"]), values["kind"]))
    if "start" in values:
        readable["start"] = str(STARTS.get(str(values["start"]), values["start"]))
    return readable


_SENTENCES: dict[str, Callable[[], str]] = {
    "unknown_serial": lambda: _("No unit with this serial number is on file."),
    "no_policy": lambda: _("No warranty policy is meant for this unit."),
    "start_unknown": lambda: _("“%(policy)s” (%(kind)s) counts from %(start)s; that day is not on file."),
    "begins_later": lambda: _("“%(policy)s” (%(kind)s) begins on %(starts_on)s only."),
    "ended": lambda: _("“%(policy)s” (%(kind)s) ended on %(ends_on)s."),
    "nothing_left": lambda: _(
        "“%(policy)s” (%(kind)s) had ended on %(ends_on)s, before this unit took its place."
    ),
    "meter_over": lambda: _("“%(policy)s” (%(kind)s) ends at a reading of %(limit)s; it is %(meter)s."),
    "replaced": lambda: _("Another unit took its place on %(replaced_on)s."),
    "covered": lambda: _("Covered by “%(policy)s” (%(kind)s) until %(ends_on)s, that day included."),
    "carried_over": lambda: _("It took over what was left of the unit whose place it took on %(starts_on)s."),
    "from_delivery": lambda: _("It counts %(months)s from the day of delivery, %(starts_on)s."),
    "from_invoice": lambda: _("It counts %(months)s from the day of the invoice, %(starts_on)s."),
    "from_shipment": lambda: _("It counts %(months)s from the day of shipment, %(starts_on)s."),
    "from_fallback": lambda: _(
        "It was never registered, so it counts %(months)s from %(starts_on)s, %(after)s after shipment."
    ),
    "from_latest": lambda: _(
        "It counts %(months)s from %(starts_on)s at the latest, %(after)s after shipment."
    ),
    "meter_unknown": lambda: _("It ends at a reading of %(limit)s, too; no reading was told."),
}
