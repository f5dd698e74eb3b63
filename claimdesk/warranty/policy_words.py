"""What a policy says, in plain words (U5)."""

from collections.abc import Iterator
from datetime import date

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django_countries import countries

from claimdesk.kernel import dates
from claimdesk.warranty.models import Policy
from claimdesk.warranty.wording import STARTS


def policy_sentences(policy: Policy) -> list[str]:
    """Return what the policy says, one thing a sentence."""
    return list(_sentences(policy))


def meant_for(policy: Policy) -> str:
    """Return for which units a policy is meant, in a few words."""
    if policy.unit is not None:
        return _("the unit %(serial)s") % {"serial": policy.unit.serial}
    if policy.product is not None:
        return _("units of %(product)s") % {"product": policy.product.name}
    if policy.category is not None:
        return _("units of the category %(category)s and those in it") % {"category": policy.category.name}
    return _("all units")


def country_of(policy: Policy) -> str:
    """Return the name of the country in which a policy holds, or nothing."""
    return str(countries.name(policy.region) or policy.region) if policy.region else ""


def _sentences(policy: Policy) -> Iterator[str]:
    which = {"units": meant_for(policy), "country": country_of(policy)}
    yield (
        _("It is meant for %(units)s in %(country)s.") if policy.region else _("It is meant for %(units)s.")
    ) % which
    yield _("It counts %(months)s from %(start)s; the last day is included.") % {
        "months": _months(policy.months),
        "start": STARTS[policy.start],
    }
    if policy.fallback_months is not None:
        yield _("Where that day is not on file, it counts from %(months)s after shipment.") % {
            "months": _months(policy.fallback_months)
        }
    if policy.latest_start_months is not None:
        yield _("It counts from %(months)s after shipment at the latest.") % {
            "months": _months(policy.latest_start_months)
        }
    if policy.meter_limit is not None:
        reading = number_format(policy.meter_limit, use_l10n=True, force_grouping=True)
        yield _("It ends earlier at a reading of %(reading)s.") % {"reading": reading}
    yield _of_replacements(policy)
    if offered := _offered(policy.offered_from_on, policy.offered_until_on):
        yield offered
    if policy.kind in (Policy.Kind.GOODWILL, Policy.Kind.RECALL):
        yield _("It holds beside other policies.")
    else:
        yield _("Of several of this kind, the one that is meant most narrowly holds.")


def _of_replacements(policy: Policy) -> str:
    if not policy.carry_over_months:
        return _("A replacement takes over what is left.")
    return _("A replacement takes over what is left, and is covered for %(months)s at least.") % {
        "months": _months(policy.carry_over_months)
    }


def _offered(first: date | None, last: date | None) -> str:
    days = {"first": dates.day(first) if first else "", "last": dates.day(last) if last else ""}
    if first and last:
        return _("Its cover begins between %(first)s and %(last)s only.") % days
    if first:
        return _("Its cover begins on %(first)s or later only.") % days
    return _("Its cover begins on %(last)s or earlier only.") % days if last else ""


def _months(months: int) -> str:
    return ngettext("%(months)d month", "%(months)d months", months) % {"months": months}
