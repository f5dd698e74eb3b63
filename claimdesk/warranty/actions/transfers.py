"""Hand units on from dealer to dealer: asked for, then accepted (U6)."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from claimdesk.access.queries.papers import customers_of_papers
from claimdesk.customers.models import Customer
from claimdesk.kernel.actor import Actor
from claimdesk.kernel.clock import now
from claimdesk.kernel.move import move
from claimdesk.kernel.refused import NotAllowed, Refused
from claimdesk.kernel.text import tidy
from claimdesk.ledger.record import record
from claimdesk.warranty.actions.units import write_dealer
from claimdesk.warranty.actions.writing import refuse_inactive, require_unit
from claimdesk.warranty.events import TransferAccepted, TransferAsked, TransferRefused, TransferWithdrawn
from claimdesk.warranty.models import Transfer, Unit
from claimdesk.warranty.permissions import EDIT_UNITS, REGISTER_OWN_UNITS

State = Transfer.State


@transaction.atomic
def ask_transfer(unit: Unit, *, to: Customer, note: str = "", by: Actor) -> Transfer:
    """Ask another dealer to take a unit over.

    Refuses: `unit_inactive`, `unit_registered`, `dealer_gone`, `same_dealer`, `transfer_asked_already`.
    Records: TransferAsked.
    """
    row = require_unit(unit, by=by)
    _refuse_delivered(row)
    if to.pk == row.dealer_id:
        raise Refused("same_dealer", _("The unit is with this dealer already."))
    if to.merged_into_id or to.state == Customer.Status.INACTIVE:
        raise Refused("dealer_gone", _("This customer takes no units."))
    transfer = Transfer(
        unit=row, from_customer=row.dealer, to_customer=to, note=tidy(note)[:500], asked_by_name=by.name
    )
    try:
        with transaction.atomic():
            transfer.save()
    except IntegrityError:
        raise Refused(
            "transfer_asked_already", _("Another dealer is asked to take this unit over.")
        ) from None
    record(TransferAsked(transfer.pk, row.serial, to.name), about=row, by=by, customer=to)
    return transfer


@transaction.atomic
def accept_transfer(transfer: Transfer, *, by: Actor) -> Unit:
    """Take a unit over: it is with the dealer who was asked, and its history with it.

    Refuses: `transfer_decided`, `unit_inactive`, `unit_registered`.
    Records: TransferAccepted.
    """
    _require_side(transfer.to_customer_id, by)
    # The unit is held before its transfer, as by all that change both.
    unit = Unit.objects.select_for_update(of=("self",)).get(pk=transfer.unit_id)
    _decide(transfer, State.ACCEPTED, by)
    _refuse_delivered(unit)
    write_dealer(unit, transfer.to_customer)
    before = transfer.from_customer.name if transfer.from_customer else "–"
    record(
        TransferAccepted(transfer.pk, unit.serial, before), about=unit, by=by, customer=transfer.from_customer
    )
    return unit


@transaction.atomic
def refuse_transfer(transfer: Transfer, *, by: Actor) -> None:
    """Leave a unit with the dealer who has it.

    Refuses: `transfer_decided`.
    Records: TransferRefused.
    """
    _require_side(transfer.to_customer_id, by)
    _decide(transfer, State.REFUSED, by)
    before = transfer.from_customer.name if transfer.from_customer else "–"
    fact = TransferRefused(transfer.pk, transfer.unit.serial, before)
    record(fact, about=transfer.unit, by=by, customer=transfer.from_customer)


@transaction.atomic
def withdraw_transfer(transfer: Transfer, *, by: Actor) -> None:
    """Take back the wish to hand a unit on.

    Refuses: `transfer_decided`.
    Records: TransferWithdrawn.
    """
    _require_side(transfer.from_customer_id, by)
    _decide(transfer, State.WITHDRAWN, by)
    fact = TransferWithdrawn(transfer.pk, transfer.unit.serial)
    record(fact, about=transfer.unit, by=by, customer=transfer.to_customer)


def _require_side(customer_id: int | None, by: Actor) -> None:
    """Staff decide for either side; a dealer's people for their own."""
    if by.kind == "system" or (by.is_staff and not by.is_acting):
        by.require(EDIT_UNITS)
        return
    by.require(REGISTER_OWN_UNITS)
    if customer_id not in customers_of_papers(by):
        raise NotAllowed(REGISTER_OWN_UNITS)


def _refuse_delivered(unit: Unit) -> None:
    """Refuse what is not a dealer's to hand on any more, also where that came about after it was asked for."""
    refuse_inactive(unit)
    if unit.is_registered:
        raise Refused("unit_registered", _("A unit that was delivered to its owner is not handed on."))


def _decide(transfer: Transfer, state: str, by: Actor) -> None:
    move(transfer, to=state, decided_by_name=by.name, decided_at=now())
