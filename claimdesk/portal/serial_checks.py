"""What helps while a warranty claim is typed: the cover of a serial number, parts and operations (W3, W5, U1, U2)."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_POST, require_safe

from claimdesk.aftersales.permissions import MAKE_OWN_WARRANTY_CLAIMS
from claimdesk.company.queries.company import company
from claimdesk.kernel.client_address import client_address
from claimdesk.kernel.clock import today
from claimdesk.kernel.text import tidy
from claimdesk.people.actions.attempts import SERIAL_CHECK, give_attempt_back, take_attempt
from claimdesk.warranty.queries.coverage import SerialAnswer, check_serial
from claimdesk.warranty.queries.rates import find_operations, find_parts
from claimdesk.warranty.serials import LONGEST, fold_serial
from claimdesk.warranty.wording import reason_words, verdict_words
from claimdesk.web.gates import portal_page, while_on
from claimdesk.web.numbers import whole_number
from claimdesk.web.requests import PageRequest

SHORTEST = 3  # of what is asked while somebody types
LONGEST_SEARCH = 100


@dataclass(frozen=True, slots=True)
class Cover:
    """What stands beside the serial number: nothing while it is too short, a word where there were too many tries."""

    is_locked: bool = False
    verdict: str = ""
    words: str = ""
    product: str = ""
    reasons: tuple[str, ...] = ()
    starts_on: date | None = None
    ends_on: date | None = None
    failed_on: date | None = None


def cover_of(request: PageRequest, serial: str, *, failed_on: str, meter: str) -> Cover:
    """Return what anybody learns of a serial number; tries count, but those at one's own units (U2)."""
    if len(fold_serial(serial)) < SHORTEST:
        return Cover()
    actor = request.actor
    aim = {"account": str(actor.customer_id), "address": client_address(request)}
    if not take_attempt(SERIAL_CHECK, **aim, by=actor):
        return Cover(is_locked=True)
    day = _day(failed_on) or today(company().time_zone)
    found = check_serial(
        tidy(serial)[:LONGEST], failed_on=day, meter=whole_number(meter) or None, actor=actor
    )
    if found.unit is not None:
        give_attempt_back(SERIAL_CHECK, **aim, by=actor)
    return _shown(found, day)


def _shown(found: SerialAnswer, day: date) -> Cover:
    coverage = found.answer.coverage
    return Cover(
        verdict=found.answer.verdict,
        words=verdict_words(found.answer.verdict),
        product=found.product_name,
        reasons=tuple(reason_words(reason.code, reason.values) for reason in found.answer.reasons),
        starts_on=coverage.starts_on if coverage else None,
        ends_on=coverage.ends_on if coverage else found.cover_ends_on,
        failed_on=day,
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


@portal_page(MAKE_OWN_WARRANTY_CLAIMS)
@while_on("warranty_claims_on")
@require_POST
def serial_check(request: PageRequest) -> HttpResponse:
    """Answer whether the unit was covered on the day; a POST, for the tries are counted."""
    given = request.POST
    cover = cover_of(
        request,
        given.get("serial", ""),
        failed_on=given.get("failed_on", ""),
        meter=given.get("meter", ""),
    )
    return render(request, "portal/warranty_claims/_cover.html", {"cover": cover})


@portal_page(MAKE_OWN_WARRANTY_CLAIMS)
@while_on("warranty_claims_on")
@require_safe
def part_offers(request: PageRequest) -> HttpResponse:
    """Offer parts by number and words, with what they count on the day."""
    on = _day(request.GET.get("on", "")) or today(company().time_zone)
    currency = company().currency
    offers = find_parts(_asked(request), on=on, currency=currency)
    context = {"offers": offers, "currency": currency, "kind": "part"}
    return render(request, "portal/warranty_claims/_offers.html", context)


@portal_page(MAKE_OWN_WARRANTY_CLAIMS)
@while_on("warranty_claims_on")
@require_safe
def operation_offers(request: PageRequest) -> HttpResponse:
    """Offer operations by number and words, with the minutes they may take on the day."""
    on = _day(request.GET.get("on", "")) or today(company().time_zone)
    context = {"offers": find_operations(_asked(request), on=on), "kind": "labour"}
    return render(request, "portal/warranty_claims/_offers.html", context)


def _asked(request: PageRequest) -> str:
    return tidy(request.GET.get("q", ""))[:LONGEST_SEARCH]


urls = [
    path("serial-checks/", serial_check, name="serial_check"),
    path("warranty-claims/parts/", part_offers, name="part_offers"),
    path("warranty-claims/operations/", operation_offers, name="operation_offers"),
]
