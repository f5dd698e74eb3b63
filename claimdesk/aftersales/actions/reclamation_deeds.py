"""What is done about a reclamation: items moved by their process, parts sent (R6, R7)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from django.db import transaction
from django.db.models import F
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from claimdesk.aftersales.actions.writing import hold_open, write_changed, write_settled
from claimdesk.aftersales.events.reclamations import (
    ReclamationItemsTriggered,
    ReclamationNoted,
    ReclamationPartsSent,
)
from claimdesk.aftersales.models import Reclamation, ReclamationLine
from claimdesk.aftersales.permissions import EDIT_RECLAMATIONS
from claimdesk.aftersales.queries.claimable import refuse_unless_on, require_staff
from claimdesk.company.queries.company import company
from claimdesk.conversations.actions.writing import write_message
from claimdesk.kernel.actor import Actor
from claimdesk.kernel.quantities import quantity_value
from claimdesk.kernel.refused import Refused
from claimdesk.ledger.record import record
from claimdesk.orders.actions import allotments
from claimdesk.orders.actions.items import ItemResult, trigger_event
from claimdesk.orders.models import OrderItem
from claimdesk.orders.permissions import TRIGGER_ITEM_EVENTS
from claimdesk.orders.process.definition import in_language
from claimdesk.orders.queries.processes import process_of

LONGEST_NOTE = 4000
LONGEST_PARTS = 500
NOTHING = Decimal(0)


@transaction.atomic
def trigger_item_event(
    reclamation: Reclamation,
    event: str,
    *,
    items: Sequence[OrderItem],
    quantities: Mapping[int, Decimal] | None = None,
    by: Actor,
) -> list[ItemResult]:
    """Have an event of the order process happen to items of the claimed lines, as far as it allows now (R6).

    What the process says was canceled or refunded thereby is settled here.

    Takes: `items` as they were read; `quantities` as `trigger_event` does.
    Returns: a result for each item.
    Refuses: `reclamation_closed`, `no_items`, `foreign_line`.
    Records: ReclamationItemsTriggered, if any item moved.
    """
    hold_open(reclamation)
    require_staff(reclamation.order, TRIGGER_ITEM_EVENTS, by)
    refuse_unless_on(company())
    if not items:
        raise Refused("no_items", _("Choose at least one item."))
    claimed = set(reclamation.lines.values_list("line_id", flat=True))
    if any(item.line_id not in claimed for item in items):
        raise Refused("foreign_line", _("This item is not part of the reclamation."))
    released = _release_to_be_canceled(reclamation, event, items, quantities or {})
    results = trigger_event(items, event, quantities=quantities, by=by)
    moved = [result.moved_item_id for result in results if result.moved and result.moved_item_id]
    finished = _finished_by_process(reclamation, moved)
    _settle_canceled(reclamation, released, finished["canceled"])
    if moved:
        _settle_refunded(reclamation, finished["refunded"])
        write_changed(reclamation)
        record(_triggered(reclamation, event, len(moved), len(items)), about=reclamation, by=by)
    return results


@transaction.atomic
def send_parts(
    reclamation: Reclamation, *, lines: Mapping[int, Decimal], parts: str, by: Actor
) -> Reclamation:
    """Note which parts were sent, and finish the quantities that they were for (R7).

    Takes: `lines`, quantities by key of the order's line; `parts` in words, which the customer reads.
    Refuses: `reclamation_closed`, `no_lines`, `no_parts`, `already_settled`, `foreign_line`.
    Records: ReclamationPartsSent.
    """
    hold_open(reclamation)
    require_staff(reclamation.order, EDIT_RECLAMATIONS, by)
    refuse_unless_on(company())
    words = parts.strip()[:LONGEST_PARTS]
    if not lines:
        raise Refused("no_lines", _("Choose at least one item."))
    if not words:
        raise Refused("no_parts", _("Say which parts were sent."))
    write_settled(reclamation, lines, ReclamationLine.Outcome.PARTS)
    write_changed(reclamation)
    fact = ReclamationPartsSent(reclamation.pk, number=reclamation.number, parts=words)
    record(fact, about=reclamation, by=by)
    return reclamation


@transaction.atomic
def note_internally(reclamation: Reclamation, *, body: str, by: Actor) -> Reclamation:
    """Write a note that staff alone read.

    Refuses: `reclamation_closed`, `no_words`.
    Records: ReclamationNoted.
    """
    hold_open(reclamation)
    require_staff(reclamation.order, EDIT_RECLAMATIONS, by)
    refuse_unless_on(company())
    if not body.strip():
        raise Refused("no_words", _("Write something first."))
    write_message(reclamation, body=body[:LONGEST_NOTE], is_internal=True, by=by)
    write_changed(reclamation)
    record(ReclamationNoted(reclamation.pk, number=reclamation.number), about=reclamation, by=by)
    return reclamation


def _release_to_be_canceled(
    reclamation: Reclamation, event: str, items: Iterable[OrderItem], quantities: Mapping[int, Decimal]
) -> dict[int, Decimal]:
    """Let go of what `event` may cancel, by key of line: the ledger cancels nothing that a reclamation holds."""
    process = process_of(reclamation.order.process)
    canceling = {
        way.source
        for way in process.transitions
        if way.event == event and "canceled" in process.states[way.target].flags
    }
    wanted: dict[int, Decimal] = defaultdict(Decimal)
    for item in items:
        if item.state in canceling:
            wanted[item.line_id] += quantities.get(item.pk, item.quantity)
    rows = ReclamationLine.objects.filter(reclamation=reclamation, line_id__in=list(wanted))
    released = {row.line_id: min(wanted[row.line_id], row.unfinished) for row in rows}
    allotments.free(released)
    return released


def _finished_by_process(reclamation: Reclamation, moved: Iterable[int]) -> dict[str, dict[int, Decimal]]:
    """Return what of the moved items stands in a canceled or refunded state now, by key of line."""
    states = process_of(reclamation.order.process).states
    found: dict[str, dict[int, Decimal]] = {
        "canceled": defaultdict(Decimal),
        "refunded": defaultdict(Decimal),
    }
    for item in OrderItem.objects.filter(pk__in=list(moved)):
        for flag, quantities in found.items():
            if flag in states[item.state].flags:
                quantities[item.line_id] += item.quantity
    return found


def _settle_canceled(
    reclamation: Reclamation, released: Mapping[int, Decimal], canceled: Mapping[int, Decimal]
) -> None:
    """Finish what was canceled of what was let go; hold the rest again."""
    done = {key: min(quantity, canceled.get(key, NOTHING)) for key, quantity in released.items()}
    allotments.hold({key: quantity - done[key] for key, quantity in released.items()})
    for key, quantity in done.items():
        if quantity:
            write_settled(reclamation, {key: quantity}, ReclamationLine.Outcome.CANCELED)
            row = ReclamationLine.objects.filter(reclamation=reclamation, line_id=key)
            row.update(canceled=F("canceled") + quantity_value(quantity))


def _settle_refunded(reclamation: Reclamation, refunded: Mapping[int, Decimal]) -> None:
    """Finish what now stands in a state that the process calls refunded, as far as it is unfinished."""
    for line in ReclamationLine.objects.filter(reclamation=reclamation, line_id__in=list(refunded)):
        quantity = min(refunded[line.line_id], line.unfinished)
        if quantity:
            write_settled(reclamation, {line.line_id: quantity}, ReclamationLine.Outcome.REFUNDED)


def _triggered(reclamation: Reclamation, event: str, moved: int, asked: int) -> ReclamationItemsTriggered:
    known = process_of(reclamation.order.process).events[event]
    return ReclamationItemsTriggered(
        reclamation.pk,
        number=reclamation.number,
        event=event,
        event_label=in_language(known.labels, get_language() or "en"),
        moved=moved,
        asked=asked,
    )
