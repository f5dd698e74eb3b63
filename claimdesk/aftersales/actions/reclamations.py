"""Reclamations opened, edited, marked and closed."""

from collections.abc import Mapping
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from claimdesk.aftersales.actions.writing import hold, hold_open, let_go, write_changed, write_settled
from claimdesk.aftersales.events.reclamations import (
    ReclamationClosed,
    ReclamationEdited,
    ReclamationMarkedRefunded,
    ReclamationOpened,
    ReclamationUnmarkedRefunded,
)
from claimdesk.aftersales.models import Reclamation, ReclamationCause, ReclamationLine
from claimdesk.aftersales.permissions import EDIT_RECLAMATIONS, MARK_REFUNDED
from claimdesk.aftersales.queries.claimable import (
    checked_quantities,
    refuse_unless_may_claim,
    refuse_unless_on,
    require_staff,
)
from claimdesk.company.actions.sequences import next_number
from claimdesk.company.queries.company import company
from claimdesk.kernel.actor import Actor
from claimdesk.kernel.clock import now
from claimdesk.kernel.move import move
from claimdesk.kernel.refused import Refused
from claimdesk.ledger.record import record
from claimdesk.orders.actions import allotments
from claimdesk.orders.models import Order

FIRST_NUMBER = 10_000
LONGEST_TEXT = 4000
LONGEST_KEY = 80
Quantities = Mapping[int, Decimal]
# What staff may say became of a line; canceling is the process's to do.
TOLD = set(ReclamationLine.Outcome.values) - {ReclamationLine.Outcome.CANCELED.value}


@transaction.atomic
def open_reclamation(
    order: Order,
    *,
    lines: Quantities,
    cause: ReclamationCause,
    wish: str,
    note: str = "",
    key: str = "",
    by: Actor,
) -> Reclamation:
    """Claim on quantities of an order's lines; no item moves (R3, R6). The same `key` again returns the same one.

    Takes: `lines`, quantities by key of the order's line.
    Refuses: `reclamations_off`, `customers_may_not_claim`, `claim_window_over`, `no_lines`, `foreign_line`,
    `quantity_not_positive`, `quantity_step`, `quantity_taken`, `cause_not_offered`, `unknown_wish`.
    Records: ReclamationOpened.
    """
    refuse_unless_may_claim(order, by)
    if key and (earlier := _opened_before(order, key)):
        return earlier
    wanted = checked_quantities(order, lines)
    fields = {**_checked_words(cause, wish, note), "idempotency_key": _whole_key(order, key)}
    try:
        with transaction.atomic():
            reclamation = _write(order, wanted, fields, by=by)
    except IntegrityError:
        if key and (earlier := _opened_before(order, key)):
            return earlier
        raise
    record(_opened(reclamation), about=reclamation, user=order.placed_by_id, by=by)
    return reclamation


@transaction.atomic
def follow_up(
    reclamation: Reclamation,
    *,
    lines: Quantities,
    cause: ReclamationCause,
    wish: str,
    note: str = "",
    key: str = "",
    by: Actor,
) -> Reclamation:
    """Take a closed reclamation up again by a new one that is linked; the closed one stays as it is (R5).

    What the closed one settled can be claimed here once more, beside what is free of the order.
    Refuses: `still_open`, and what opening refuses.
    Records: ReclamationOpened.
    """
    hold(reclamation)
    order = reclamation.order
    require_staff(order, EDIT_RECLAMATIONS, by)
    refuse_unless_on(company())
    if reclamation.is_open:
        raise Refused("still_open", _("This reclamation is open: work on it instead."))
    if key and (earlier := _opened_before(order, key)):
        return earlier
    wanted = checked_quantities(order, lines)
    taken_over = _take_over(reclamation, wanted)
    fields = {
        **_checked_words(cause, wish, note),
        "idempotency_key": _whole_key(order, key),
        "follows": reclamation,
    }
    successor = _write(order, wanted, fields, taken_over=taken_over, by=by)
    record(_opened(successor), about=successor, user=order.placed_by_id, by=by)
    return successor


@transaction.atomic
def edit_reclamation(
    reclamation: Reclamation,
    *,
    cause: ReclamationCause,
    wish: str,
    note: str,
    lines: Quantities | None = None,
    by: Actor,
) -> Reclamation:
    """Change an open reclamation (R2, R7); what stays the same is not recorded.

    Takes: `lines`, all quantities by key of the order's line, where they are to change.
    Refuses: `reclamation_closed`, `settled_already` for less than is finished, and what opening refuses.
    Records: ReclamationEdited.
    """
    hold_open(reclamation)
    require_staff(reclamation.order, EDIT_RECLAMATIONS, by)
    refuse_unless_on(company())
    is_same_cause = cause.pk == reclamation.cause_id
    words = _checked_words(cause, wish, note, is_kept=is_same_cause)
    changed = [name for name, value in words.items() if getattr(reclamation, name) != value]
    if lines is not None and _change_lines(reclamation, checked_quantities(reclamation.order, lines)):
        changed.append("lines")
    if changed:
        write_changed(reclamation, **words)
        fact = ReclamationEdited(reclamation.pk, number=reclamation.number, fields=", ".join(changed))
        record(fact, about=reclamation, by=by)
    return reclamation


@transaction.atomic
def mark_refunded(reclamation: Reclamation, *, by: Actor) -> Reclamation:
    """Note for people that money was given back; neither money nor items move (O19).

    Refuses: `reclamation_closed`, `already_marked`.
    Records: ReclamationMarkedRefunded.
    """
    hold_open(reclamation)
    require_staff(reclamation.order, MARK_REFUNDED, by)
    refuse_unless_on(company())
    if reclamation.refunded_at:
        message = _("Already marked as refunded by %(name)s.") % {"name": reclamation.refunded_by_name}
        raise Refused("already_marked", message)
    write_changed(reclamation, refunded_at=now(), refunded_by_name=by.name)
    record(ReclamationMarkedRefunded(reclamation.pk, number=reclamation.number), about=reclamation, by=by)
    return reclamation


@transaction.atomic
def unmark_refunded(reclamation: Reclamation, *, by: Actor) -> Reclamation:
    """Take the mark back, as long as the reclamation is open (O19).

    Refuses: `reclamation_closed`, `not_marked`.
    Records: ReclamationUnmarkedRefunded.
    """
    hold_open(reclamation)
    require_staff(reclamation.order, MARK_REFUNDED, by)
    refuse_unless_on(company())
    if not reclamation.refunded_at:
        raise Refused("not_marked", _("It is not marked as refunded."))
    write_changed(reclamation, refunded_at=None, refunded_by_name="")
    record(ReclamationUnmarkedRefunded(reclamation.pk, number=reclamation.number), about=reclamation, by=by)
    return reclamation


@transaction.atomic
def close_reclamation(
    reclamation: Reclamation,
    *,
    outcomes: Mapping[int, str] | None = None,
    reason: str = "",
    by: Actor,
) -> Reclamation:
    """Close a reclamation, for good (R5): what is settled stays so, the rest of the quantities is free again (R8).

    Takes: `outcomes`, what became of the unfinished quantities of lines, by key of the order's line; `reason`, which
    the customer reads, needed where a line is left unfinished (R7).
    Refuses: `reclamation_closed`, `reason_needed`, `unknown_outcome`, `foreign_line`.
    Records: ReclamationClosed.
    """
    hold_open(reclamation)
    require_staff(reclamation.order, EDIT_RECLAMATIONS, by)
    refuse_unless_on(company())
    _settle_as_told(reclamation, outcomes or {})
    lines = list(ReclamationLine.objects.filter(reclamation=reclamation))
    unfinished = [line for line in lines if line.unfinished]
    if unfinished and not reason.strip():
        raise Refused("reason_needed", _("Say why it is closed with unfinished items."))
    at = now()
    move(
        reclamation,
        to=Reclamation.State.CLOSED,
        closed_at=at,
        changed_at=at,
        closed_by_name=by.name,
        closing_reason=reason.strip()[:LONGEST_TEXT],
    )
    allotments.settle({line.line_id: line.settled - line.canceled for line in lines})
    let_go(reclamation, {line.line_id: line.settled for line in unfinished})
    record(
        _closed(reclamation, len(unfinished)), about=reclamation, user=reclamation.order.placed_by_id, by=by
    )
    return reclamation


def _opened_before(order: Order, key: str) -> Reclamation | None:
    return Reclamation.objects.filter(idempotency_key=_whole_key(order, key)).first()


def _whole_key(order: Order, key: str) -> str | None:
    """Return the key as it is kept: nobody meets the key of somebody else's order."""
    return f"{order.pk}/{key}"[:LONGEST_KEY] if key else None


def _checked_words(
    cause: ReclamationCause, wish: str, note: str, *, is_kept: bool = False
) -> dict[str, object]:
    if not (cause.is_active or is_kept):
        raise Refused("cause_not_offered", _("This cause is not offered any more."))
    if wish not in Reclamation.Wish.values:
        raise Refused("unknown_wish", _("There is no such wish."))
    return {"cause": cause, "wish": wish, "note": note.strip()[:LONGEST_TEXT]}


def _write(
    order: Order,
    wanted: Quantities,
    fields: Mapping[str, object],
    *,
    taken_over: Quantities | None = None,
    by: Actor,
) -> Reclamation:
    """Write a reclamation and hold its quantities; of two who want the last piece one gets it (R8)."""
    earlier = taken_over or {}
    reclamation = Reclamation.objects.create(
        number=f"R-{FIRST_NUMBER + next_number('reclamation')}",
        order=order,
        customer_id=order.customer_id,
        is_by_customer=by.customer_id is not None,
        opened_by_id=by.id,
        opened_by_name=by.name,
        **fields,
    )
    ReclamationLine.objects.bulk_create(
        ReclamationLine(
            reclamation=reclamation,
            line_id=line_id,
            quantity=quantity,
            taken_over=earlier.get(line_id, Decimal(0)),
        )
        for line_id, quantity in sorted(wanted.items())
    )
    allotments.hold(wanted)
    if not order.has_reclamation:
        Order.objects.filter(pk=order.pk).update(has_reclamation=True)
        order.has_reclamation = True
    return reclamation


def _take_over(closed: Reclamation, wanted: Quantities) -> Quantities:
    """Make what the closed one settled claimable for its follow-up, once; return how much of each line that is."""
    taken: dict[int, Decimal] = {}
    for line in ReclamationLine.objects.filter(reclamation=closed, line_id__in=list(wanted)):
        quantity = min(wanted[line.line_id], line.claimable_again)
        if quantity > 0:
            taken[line.line_id] = quantity
            line.followed += quantity
            line.save(update_fields=["followed"])
    allotments.unsettle(taken)
    return taken


def _change_lines(reclamation: Reclamation, wanted: Quantities) -> bool:
    """Hold what is wanted more, let go of what is wanted less; tell whether anything changed."""
    before = {line.line_id: line for line in ReclamationLine.objects.filter(reclamation=reclamation)}
    more: dict[int, Decimal] = {}
    less: dict[int, Decimal] = {}
    for key in {*before, *wanted}:
        line, quantity = before.get(key), wanted.get(key, Decimal(0))
        held, settled = (line.quantity, line.settled) if line else (Decimal(0), Decimal(0))
        if quantity < settled:
            raise Refused("settled_already", _("More of it is settled already than you leave."))
        if quantity > held:
            more[key] = quantity - held
        elif quantity < held:
            less[key] = quantity
    let_go(reclamation, less)
    for key in {*more, *less}:
        if key not in before:
            ReclamationLine.objects.create(reclamation=reclamation, line_id=key, quantity=wanted[key])
        elif key not in wanted:
            before[key].delete()
        else:
            ReclamationLine.objects.filter(pk=before[key].pk).update(quantity=wanted[key])
    allotments.hold(more)
    return bool(more or less)


def _settle_as_told(reclamation: Reclamation, outcomes: Mapping[int, str]) -> None:
    told = {key: outcome for key, outcome in outcomes.items() if outcome}
    if set(told.values()) - TOLD:
        raise Refused("unknown_outcome", _("There is no such outcome."))
    lines = {line.line_id: line for line in ReclamationLine.objects.filter(reclamation=reclamation)}
    for key, outcome in told.items():
        if key not in lines:
            raise Refused("foreign_line", _("This item is not part of the reclamation."))
        if lines[key].unfinished:
            write_settled(reclamation, {key: lines[key].unfinished}, outcome)


def _opened(reclamation: Reclamation) -> ReclamationOpened:
    return ReclamationOpened(
        reclamation.pk,
        number=reclamation.number,
        order_id=reclamation.order_id,
        order=reclamation.order.number,
        wish=reclamation.wish,
        is_by_customer=reclamation.is_by_customer,
        follows=reclamation.follows.number if reclamation.follows else "",
    )


def _closed(reclamation: Reclamation, unfinished: int) -> ReclamationClosed:
    return ReclamationClosed(
        reclamation.pk,
        number=reclamation.number,
        order_id=reclamation.order_id,
        order=reclamation.order.number,
        unfinished=unfinished,
        reason=reclamation.closing_reason,
    )
