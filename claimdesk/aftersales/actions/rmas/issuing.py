"""RMAs prepared, issued, sent, ended (M1, M2, M4). What arrives is received in `rma_receipts`."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from claimdesk.aftersales.actions.rmas.writing import EXPIRY, end_of, require_rma, write_ended
from claimdesk.aftersales.actions.writing import hold_open
from claimdesk.aftersales.events.rmas import (
    RmaCanceled,
    RmaClosed,
    RmaDrafted,
    RmaExpired,
    RmaIssued,
    RmaSent,
)
from claimdesk.aftersales.models import Reclamation, Rma, RmaLine, WarrantyClaim
from claimdesk.aftersales.permissions import EDIT_RMAS, MAKE_OWN_WARRANTY_CLAIMS
from claimdesk.aftersales.queries.reclamations import reclamations
from claimdesk.aftersales.queries.rmas import returnable
from claimdesk.aftersales.queries.warranty_claims import warranty_claims
from claimdesk.company.actions.sequences import next_number
from claimdesk.company.queries.company import company
from claimdesk.kernel.actor import Actor
from claimdesk.kernel.clock import now, today
from claimdesk.kernel.move import move
from claimdesk.kernel.refused import NotAllowed, Refused
from claimdesk.kernel.text import tidy
from claimdesk.ledger.actions.timers import set_timer
from claimdesk.ledger.models import subject_key
from claimdesk.ledger.record import record
from claimdesk.orders.models import OrderLine
from claimdesk.warranty.models import Unit

FIRST_NUMBER = 10_000
USUAL_DAYS = 30
LONGEST_TEXT = 4000
State = Rma.State


@transaction.atomic
def draft_rma_of_claim(claim: WarrantyClaim, *, units: Sequence[Unit], by: Actor, **fields: Any) -> Rma:
    """Prepare an RMA for units of a warranty claim (M1).

    Takes: `ship_to`, `note`, `expires_on` and `inspected_first` as fields.
    Refuses: `claim_not_open`, `nothing_to_return`, `unit_in_other_rma`, `foreign_unit`.
    Records: RmaDrafted.
    """
    by.require(EDIT_RMAS)
    row = warranty_claims(by).select_for_update(of=("self",)).filter(pk=claim.pk).first()
    if row is None:
        raise NotAllowed(EDIT_RMAS)
    if row.state in (WarrantyClaim.State.DRAFT, WarrantyClaim.State.CLOSED):
        raise Refused("claim_not_open", _("Goods come back for a claim that is open."))
    if any(unit.dealer_id != row.customer_id for unit in units):
        raise Refused("foreign_unit", _("This unit is not the customer's."))
    lines = [
        RmaLine(unit=unit, product=unit.product, description=unit.product.name, quantity=Decimal(1))
        for unit in units
    ]
    return _draft(Rma(claim=row, customer_id=row.customer_id), lines, about=row.number, by=by, fields=fields)


@transaction.atomic
def draft_rma_of_reclamation(
    reclamation: Reclamation, *, quantities: Mapping[int, Decimal], by: Actor, **fields: Any
) -> Rma:
    """Prepare an RMA for quantities of a reclamation, by key of the order's line (M1, R7).

    What comes back was shipped and is claimed; it stands on one RMA (R8).
    Refuses: `reclamation_closed`, `nothing_to_return`, `quantity_not_positive`, `quantity_taken`.
    Records: RmaDrafted.
    """
    by.require(EDIT_RMAS)
    if not reclamations(by).filter(pk=reclamation.pk).exists():
        raise NotAllowed(EDIT_RMAS)
    hold_open(reclamation)
    free = returnable(reclamation)
    for key, quantity in quantities.items():
        if quantity <= 0:
            raise Refused("quantity_not_positive", _("A quantity must be more than zero."))
        if quantity > free.get(key, Decimal(0)):
            raise Refused(
                "quantity_taken", _("Less than that was shipped, is claimed and is on no other RMA.")
            )
    rows = OrderLine.objects.filter(pk__in=quantities).select_related("product").order_by("position")
    lines = [
        RmaLine(
            order_line=row, product=row.product, description=row.product_name, quantity=quantities[row.pk]
        )
        for row in rows
    ]
    rma = Rma(reclamation=reclamation, customer_id=reclamation.customer_id)
    return _draft(rma, lines, about=reclamation.number, by=by, fields=fields)


@transaction.atomic
def issue_rma(rma: Rma, *, by: Actor) -> Rma:
    """Let the customer send back what the RMA names, until it expires (M2).

    Refuses: `address_missing`, `expired_already`, and what `refuse_move` says.
    Records: RmaIssued.
    """
    require_rma(rma, EDIT_RMAS, by=by)
    if not rma.ship_to:
        raise Refused("address_missing", _("Say where the goods are to be sent."))
    day = today(company().time_zone)
    expires_on = rma.expires_on or day + timedelta(days=USUAL_DAYS)
    if expires_on < day:
        raise Refused("expired_already", _("An RMA expires in the future."))
    at = now()
    move(rma, to=State.ISSUED, changed_at=at, issued_at=at, issued_by_name=by.name, expires_on=expires_on)
    set_timer(EXPIRY, subject_key(rma), due_at=end_of(expires_on))
    record(RmaIssued(rma.pk, rma.number, expires_on.isoformat()), about=rma, by=by)
    return rma


@transaction.atomic
def send_rma(rma: Rma, *, carrier: str = "", tracking_number: str = "", by: Actor) -> Rma:
    """Tell that the goods are on their way: the customer does, or staff for him.

    Refuses: what `refuse_move` says.
    Records: RmaSent.
    """
    at_the_office = by.kind == "system" or (by.is_staff and not by.is_acting)
    require_rma(rma, EDIT_RMAS if at_the_office else MAKE_OWN_WARRANTY_CLAIMS, by=by)
    carrier, number = tidy(carrier)[:80], tidy(tracking_number)[:80]
    move(rma, to=State.IN_TRANSIT, changed_at=now(), carrier=carrier, tracking_number=number)
    record(RmaSent(rma.pk, rma.number, carrier, number), about=rma, by=by)
    return rma


@transaction.atomic
def close_rma(rma: Rma, *, by: Actor) -> Rma:
    """Close an RMA of which everything that came was inspected.

    Refuses: what `refuse_move` says.
    Records: RmaClosed.
    """
    require_rma(rma, EDIT_RMAS, by=by)
    write_ended(rma, State.CLOSED, by=by)
    record(RmaClosed(rma.pk, rma.number), about=rma, by=by)
    return rma


@transaction.atomic
def cancel_rma(rma: Rma, *, reason: str, by: Actor) -> Rma:
    """Expect goods no more of which nothing came; its units and quantities are free again.

    Refuses: `text_missing`, and what `refuse_move` says.
    Records: RmaCanceled.
    """
    require_rma(rma, EDIT_RMAS, by=by)
    if not (words := tidy(reason)[:500]):
        raise Refused("text_missing", _("Say why it is canceled."))
    write_ended(rma, State.CANCELED, reason=words, by=by)
    record(RmaCanceled(rma.pk, rma.number, words), about=rma, by=by)
    return rma


@transaction.atomic
def expire_rma(rma: Rma, *, by: Actor) -> str:
    """Let an RMA expire whose day is over and of which nothing came (M4).

    Returns: what came of it: `expired`, `moved on`.
    Records: RmaExpired.
    """
    require_rma(rma, EDIT_RMAS, by=by)
    is_over = rma.expires_on is not None and now() >= end_of(rma.expires_on)
    if rma.state not in (State.ISSUED, State.IN_TRANSIT) or not is_over:
        return "moved on"
    write_ended(rma, State.EXPIRED, by=by)
    record(RmaExpired(rma.pk, rma.number), about=rma, by=by)
    return "expired"


def _draft(rma: Rma, lines: Sequence[RmaLine], *, about: str, by: Actor, fields: dict[str, Any]) -> Rma:
    if not lines:
        raise Refused("nothing_to_return", _("Choose what is to come back."))
    rma.number = f"RMA-{FIRST_NUMBER + next_number('rma')}"
    rma.created_by_name = by.name
    rma.ship_to = fields.pop("ship_to", "").strip()[:LONGEST_TEXT]
    rma.note = fields.pop("note", "").strip()[:LONGEST_TEXT]
    rma.expires_on = fields.pop("expires_on", None)
    rma.inspected_first = fields.pop("inspected_first", False)
    if fields:
        raise TypeError(f"an RMA has no {sorted(fields)}")
    rma.save()
    for line in lines:
        line.rma = rma
    try:
        with transaction.atomic():
            RmaLine.objects.bulk_create(lines)
    except IntegrityError:
        raise Refused("unit_in_other_rma", _("One of the units is on another open RMA.")) from None
    record(RmaDrafted(rma.pk, rma.number, about), about=rma, by=by)
    return rma
