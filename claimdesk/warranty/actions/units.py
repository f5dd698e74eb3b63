"""Make, change, assign and replace units (U3, U7, U9)."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from claimdesk.catalog.models import Product
from claimdesk.company.queries.company import company
from claimdesk.customers.models import Customer
from claimdesk.kernel.actor import Actor
from claimdesk.kernel.clock import now, today
from claimdesk.kernel.differences import set_differences
from claimdesk.kernel.move import move
from claimdesk.kernel.refused import Refused
from claimdesk.kernel.text import tidy
from claimdesk.ledger.record import record
from claimdesk.warranty.actions.writing import (
    refuse_future,
    refuse_inactive,
    region_of,
    require_unit,
    save_unit,
    write_cover,
    write_custody,
)
from claimdesk.warranty.events import UnitAssigned, UnitChanged, UnitCreated, UnitReplaced
from claimdesk.warranty.models import Custody, Transfer, Unit
from claimdesk.warranty.permissions import EDIT_UNITS

FIELDS = frozenset({"serial", "product", "region", "manufactured_on", "shipped_on", "invoiced_on", "note"})
OF_SEVERAL_LINES = "note"


@transaction.atomic
def create_unit(
    *, serial: str, product: Product, dealer: Customer | None = None, by: Actor, **fields: Any
) -> Unit:
    """Make a unit; its dealer sees it at once among those to register (U3).

    Its country is the dealer's unless told.
    Refuses: `serial_empty`, `serial_taken`, `made_after_delivery`, `day_in_future`, `dealer_gone`.
    Records: UnitCreated.
    """
    by.require(EDIT_UNITS)
    _refuse_gone(dealer)
    unit = Unit(serial=tidy(serial), product=product, dealer=dealer, **_tidied(fields))
    unit.region = unit.region or region_of(dealer)
    save_unit(unit)
    on = unit.shipped_on or unit.manufactured_on or today(company().time_zone)
    _write_dealer(unit, dealer, on=on)
    write_cover([unit.pk])
    record(UnitCreated(unit.serial, product.name), about=unit, by=by, customer=dealer)
    return unit


@transaction.atomic
def change_unit(unit: Unit, *, by: Actor, **fields: Any) -> Unit:
    """Change FIELDS of a unit; what does not differ changes nothing.

    Refuses: as `create_unit`.
    Records: UnitChanged, if anything changed.
    """
    by.require(EDIT_UNITS)
    row = require_unit(unit, by=by)
    before, after = set_differences(row, _tidied(fields))
    if after:
        save_unit(row, {*after, "serial_folded"} if "serial" in after else set(after))
        write_cover([row.pk])
        row.refresh_from_db(fields=["cover_ends_on"])
        changed = UnitChanged(row.serial, ", ".join(after), before=before, after=after)
        record(changed, about=row, by=by, customer=row.dealer)
    return row


@transaction.atomic
def assign_unit(unit: Unit, *, dealer: Customer | None, by: Actor) -> Unit:
    """Assign a unit to another dealer, or take it back (U3, U6). A wish to hand it on ends with it.

    Refuses: `already_assigned`, `unit_inactive`, `dealer_gone`.
    Records: UnitAssigned.
    """
    by.require(EDIT_UNITS)
    row = require_unit(unit, by=by)
    refuse_inactive(row)
    _refuse_gone(dealer)
    if row.dealer_id == (dealer.pk if dealer else None):
        raise Refused("already_assigned", _("The unit is assigned so already."))
    before = row.dealer
    write_dealer(row, dealer)
    asked = Transfer.objects.filter(unit=row, state=Transfer.State.ASKED)
    asked.update(state=Transfer.State.WITHDRAWN, decided_by_name=by.name, decided_at=now())
    fact = UnitAssigned(row.serial, dealer.name if dealer else "–", before.name if before else "–")
    record(fact, about=row, by=by, customer=dealer or before)
    return row


@transaction.atomic
def replace_unit(unit: Unit, *, successor: Unit, replaced_on: date | None = None, by: Actor) -> Unit:
    """Let another unit take a unit's place: the old one is inactive, the new one takes over its cover (U7).

    Refuses: `unit_inactive`, `successor_taken`, `successor_is_itself`, `day_in_future`, `replaced_before_delivery`.
    Records: UnitReplaced, about both, each for its own dealer.
    """
    by.require(EDIT_UNITS)
    old, new = require_unit(unit, by=by), require_unit(successor, by=by)
    refuse_inactive(old)
    refuse_inactive(new)
    _refuse_successor(old, new)
    on = replaced_on or today(company().time_zone)
    refuse_future(on)
    if old.delivered_on is not None and on < old.delivered_on:
        raise Refused("replaced_before_delivery", _("A unit is replaced after its delivery."))
    move(old, to=Unit.State.INACTIVE, replaced_by=new, replaced_on=on)
    if new.dealer_id is None and old.dealer is not None:
        write_dealer(new, old.dealer)
    write_cover([old.pk, new.pk])
    new.refresh_from_db(fields=["cover_ends_on"])
    fact = UnitReplaced(old.serial, new.serial, on.isoformat())
    for each in (old, new):
        record(fact, about=each, by=by, customer=each.dealer)
    return new


def write_dealer(unit: Unit, dealer: Customer | None) -> None:
    """Assign a unit to a dealer from today; one that was delivered stays with its owner."""
    unit.dealer = dealer
    save_unit(unit, {"dealer"})
    if not unit.is_registered:
        _write_dealer(unit, dealer, on=today(company().time_zone))


def _write_dealer(unit: Unit, dealer: Customer | None, *, on: date) -> None:
    role = Custody.Role.DEALER if dealer else Custody.Role.FACTORY
    write_custody(unit, role=role, customer=dealer, holder_name=dealer.name if dealer else "", on=on)


def _refuse_successor(old: Unit, new: Unit) -> None:
    if old.pk == new.pk:
        raise Refused("successor_is_itself", _("A unit does not replace itself."))
    if Unit.objects.filter(replaced_by=new).exists():
        raise Refused("successor_taken", _("Unit %s replaces another one already.") % new.serial)


def _refuse_gone(dealer: Customer | None) -> None:
    if dealer is not None and dealer.merged_into_id:
        raise Refused("dealer_gone", _("This customer was merged into another one."))


def _tidied(fields: dict[str, Any]) -> dict[str, Any]:
    if not fields.keys() <= FIELDS:
        raise TypeError(f"a unit has no {sorted(fields.keys() - FIELDS)}")
    return {
        name: tidy(value) if isinstance(value, str) and name != OF_SEVERAL_LINES else value
        for name, value in fields.items()
    }
