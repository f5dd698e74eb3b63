"""Goods of RMAs received, in part, by serial number, and inspected (M3)."""

from decimal import Decimal

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from claimdesk.aftersales.actions.rmas.writing import require_rma
from claimdesk.aftersales.events.rmas import (
    RmaInspected,
    RmaMismatched,
    RmaMismatchSettled,
    RmaReceiptEnded,
    RmaReceived,
)
from claimdesk.aftersales.models import Rma, RmaLine, RmaMismatch
from claimdesk.aftersales.permissions import EDIT_RMAS
from claimdesk.aftersales.queries.rmas import EXPECTED
from claimdesk.kernel.actor import Actor
from claimdesk.kernel.clock import now
from claimdesk.kernel.move import move
from claimdesk.kernel.quantities import quantity_value, shown_quantity
from claimdesk.kernel.refused import Refused
from claimdesk.kernel.text import tidy
from claimdesk.ledger.record import record
from claimdesk.warranty.queries.units import unit_with_serial
from claimdesk.warranty.serials import LONGEST, fold_serial

State = Rma.State
NOTHING = Decimal(0)


@transaction.atomic
def receive_unit(rma: Rma, *, serial: str, is_damaged: bool = False, by: Actor) -> RmaLine | RmaMismatch:
    """Receive the unit whose serial number was scanned. One that the RMA does not name becomes a mismatch (M3).

    Returns: the line that was received, or the mismatch, which is one however often it is scanned.
    Refuses: `serial_empty`, `not_expected`, `received_already`.
    Records: RmaReceived or RmaMismatched.
    """
    require_rma(rma, EDIT_RMAS, by=by)
    folded = fold_serial(serial)
    if not folded:
        raise Refused("serial_empty", _("Scan or type a serial number."))
    line = RmaLine.objects.select_related("unit").filter(rma=rma, unit__serial_folded=folded).first()
    if line is None:
        return _mismatch(rma, serial, by=by)
    one = Decimal(1)
    _receive(rma, line, good=NOTHING if is_damaged else one, damaged=one if is_damaged else NOTHING, by=by)
    return line


@transaction.atomic
def receive_quantity(line: RmaLine, *, good: Decimal, damaged: Decimal = NOTHING, by: Actor) -> RmaLine:
    """Receive a quantity of a line, good and damaged counted apart (M3).

    Refuses: `quantity_not_positive`, `not_expected`, `received_already`.
    Records: RmaReceived.
    """
    rma = line.rma
    require_rma(rma, EDIT_RMAS, by=by)
    if good < 0 or damaged < 0 or not good + damaged:
        raise Refused("quantity_not_positive", _("A quantity must be more than zero."))
    _receive(rma, line, good=good, damaged=damaged, by=by)
    return line


@transaction.atomic
def end_receipt(rma: Rma, *, by: Actor) -> Rma:
    """Expect nothing more of what came in part.

    Refuses: what `refuse_move` says.
    Records: RmaReceiptEnded.
    """
    require_rma(rma, EDIT_RMAS, by=by)
    move(rma, to=State.RECEIVED, expect=(State.PARTLY_RECEIVED,), received_at=now(), changed_at=now())
    record(RmaReceiptEnded(rma.pk, rma.number), about=rma, by=by)
    _inspected_if_all(rma)
    return rma


@transaction.atomic
def inspect_line(line: RmaLine, *, disposition: str, findings: str = "", by: Actor) -> RmaLine:
    """Say what was found and what becomes of a line that came (M3); after the last one the RMA is inspected.

    Refuses: `unknown_disposition`, `nothing_received`, `rma_moved`.
    Records: RmaInspected.
    """
    rma = line.rma
    require_rma(rma, EDIT_RMAS, by=by)
    line.refresh_from_db()
    if disposition not in RmaLine.Disposition.values or not disposition:
        raise Refused("unknown_disposition", _("Choose what becomes of it."))
    if rma.state not in (State.PARTLY_RECEIVED, State.RECEIVED, State.INSPECTED):
        raise rma.refuse_move(State.INSPECTED)
    if not line.good + line.damaged:
        raise Refused("nothing_received", _("Nothing of it came yet."))
    line.disposition, line.findings = disposition, findings.strip()[:4000]
    line.save(update_fields=["disposition", "findings"])
    record(RmaInspected(rma.pk, rma.number, line.description, disposition), about=rma, by=by)
    _inspected_if_all(rma)
    return line


@transaction.atomic
def settle_mismatch(mismatch: RmaMismatch, *, outcome: str, by: Actor) -> RmaMismatch:
    """Say what became of a unit that was not expected.

    Refuses: `text_missing`, `settled_already`.
    Records: RmaMismatchSettled.
    """
    require_rma(mismatch.rma, EDIT_RMAS, by=by)
    if not (words := tidy(outcome)[:500]):
        raise Refused("text_missing", _("Say what became of it."))
    fields = {"outcome": words, "settled_at": now(), "settled_by_name": by.name}
    if not RmaMismatch.objects.filter(pk=mismatch.pk, settled_at=None).update(**fields):
        raise Refused("settled_already", _("Somebody else settled it already."))
    mismatch.refresh_from_db()
    fact = RmaMismatchSettled(mismatch.rma_id, mismatch.rma.number, mismatch.serial, words)
    record(fact, about=mismatch.rma, by=by)
    return mismatch


def _receive(rma: Rma, line: RmaLine, *, good: Decimal, damaged: Decimal, by: Actor) -> None:
    if rma.state not in EXPECTED:
        raise Refused("not_expected", _("Nothing is expected for this RMA."))
    both = quantity_value(good + damaged)
    rows = RmaLine.objects.filter(pk=line.pk, quantity__gte=F("good") + F("damaged") + both)
    if not rows.update(good=F("good") + quantity_value(good), damaged=F("damaged") + quantity_value(damaged)):
        raise Refused("received_already", _("More than that is not expected; look at what came already."))
    line.refresh_from_db()
    open_lines = RmaLine.objects.filter(rma=rma, quantity__gt=F("good") + F("damaged"))
    to = State.PARTLY_RECEIVED if open_lines.exists() else State.RECEIVED
    if to != rma.state:
        at = now()
        move(rma, to=to, changed_at=at, received_at=at if to == State.RECEIVED else None)
    what = f"{shown_quantity(good + damaged)} × {line.unit.serial if line.unit else line.description}"
    record(RmaReceived(rma.pk, rma.number, what), about=rma, by=by)


def _mismatch(rma: Rma, serial: str, *, by: Actor) -> RmaMismatch:
    if rma.state not in EXPECTED:
        raise Refused("not_expected", _("Nothing is expected for this RMA."))
    typed, unit = tidy(serial)[:LONGEST], unit_with_serial(serial)
    known = {each.serial: each for each in RmaMismatch.objects.filter(rma=rma)}
    same = next((each for name, each in known.items() if fold_serial(name) == fold_serial(typed)), None)
    if same is not None:
        return same
    mismatch = RmaMismatch.objects.create(rma=rma, serial=typed, unit=unit, found_by_name=by.name)
    record(RmaMismatched(rma.pk, rma.number, typed), about=rma, by=by)
    return mismatch


def _inspected_if_all(rma: Rma) -> None:
    """Move on when all that came was inspected and nothing more is expected."""
    came = RmaLine.objects.filter(rma=rma).exclude(good=NOTHING, damaged=NOTHING)
    if rma.state == State.RECEIVED and not came.filter(disposition="").exists():
        move(rma, to=State.INSPECTED, changed_at=now())
