"""Register units, correct and withdraw that (U4)."""

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from claimdesk.kernel.actor import Actor
from claimdesk.kernel.differences import set_differences
from claimdesk.kernel.move import move
from claimdesk.kernel.refused import Refused
from claimdesk.kernel.text import tidy
from claimdesk.ledger.record import record
from claimdesk.warranty.actions.writing import (
    refuse_future,
    refuse_inactive,
    require_unit,
    write_custody,
    write_registered,
)
from claimdesk.warranty.events import RegistrationCorrected, RegistrationWithdrawn, UnitRegistered
from claimdesk.warranty.models import Custody, Registration, Unit
from claimdesk.warranty.permissions import EDIT_UNITS

FIELDS = frozenset(
    {
        "owner_name", "owner_street", "owner_postcode", "owner_town", "owner_country", "owner_email", "owner_phone",
        "delivered_on", "meter", "answers",
    }
)  # fmt: skip
KEPT = frozenset({"unit", "dealer", "registered_by_id", "registered_by_name"})


@transaction.atomic
def register_unit(
    unit: Unit, *, owner_name: str, delivered_on: date, by: Actor, **fields: Any
) -> Registration:
    """Tell that a unit was delivered to an end customer: its warranty begins (U4).

    Refuses: `already_registered`, `unit_inactive`, `owner_missing`, `day_in_future`, `made_after_delivery`.
    Records: UnitRegistered.
    """
    row = require_unit(unit, by=by)
    refuse_inactive(row)
    values = _tidied({"owner_name": owner_name, "delivered_on": delivered_on, **fields})
    registration = Registration(unit=row, dealer=row.dealer, **_person(by), **values)
    _insert(registration)
    _hand_over(row, registration)
    record(
        UnitRegistered(registration.pk, row.serial, delivered_on.isoformat()),
        about=row, by=by, customer=row.dealer,
    )  # fmt: skip
    return registration


@transaction.atomic
def correct_registration(
    registration: Registration, *, reason: str, by: Actor, **fields: Any
) -> Registration:
    """Put a corrected registration in the place of one that is in force; the old one stays to be read (U4).

    Refuses: `registration_changed`, `nothing_changed`, `reason_missing`, and as `register_unit`.
    Records: RegistrationCorrected.
    """
    row = require_unit(registration.unit, by=by)
    reason = _needed(reason)
    corrected = Registration(
        unit=row, dealer=registration.dealer, corrects=registration, reason=reason, **_person(by),
        **{name: getattr(registration, name) for name in FIELDS},
    )  # fmt: skip
    before, after = set_differences(corrected, _tidied(fields))
    if not after:
        raise Refused("nothing_changed", _("Nothing was changed."))
    move(registration, to=Registration.State.CORRECTED)
    _insert(corrected)
    _hand_over(row, corrected)
    fact = RegistrationCorrected(
        corrected.pk, row.serial, ", ".join(after), reason, before=before, after=after
    )
    record(fact, about=row, by=by, customer=row.dealer)
    return corrected


@transaction.atomic
def withdraw_registration(registration: Registration, *, reason: str, by: Actor) -> None:
    """Take back a registration that should not be; the unit waits to be registered again.

    Refuses: `registration_changed`, `reason_missing`.
    Records: RegistrationWithdrawn.
    """
    by.require(EDIT_UNITS)
    row = require_unit(registration.unit, by=by)
    reason = _needed(reason)
    move(registration, to=Registration.State.WITHDRAWN, reason=reason)
    role = Custody.Role.DEALER if row.dealer else Custody.Role.FACTORY
    name = row.dealer.name if row.dealer else ""
    write_custody(row, role=role, customer=row.dealer, holder_name=name, on=registration.delivered_on)
    write_registered(row, None)
    fact = RegistrationWithdrawn(registration.pk, row.serial, reason)
    record(fact, about=row, by=by, customer=row.dealer)


def _insert(registration: Registration) -> None:
    if not registration.owner_name:
        raise Refused("owner_missing", _("A registration names the owner."))
    refuse_future(registration.delivered_on)
    try:
        with transaction.atomic():
            registration.save(force_insert=True)
    except IntegrityError:
        in_force = Registration.objects.filter(unit=registration.unit, state=Registration.State.IN_FORCE)
        if in_force.exists():
            raise Refused("already_registered", _("This unit is registered already.")) from None
        raise


def _hand_over(unit: Unit, registration: Registration) -> None:
    owner, on = registration.owner_name, registration.delivered_on
    write_registered(unit, registration)
    write_custody(unit, role=Custody.Role.OWNER, customer=None, holder_name=owner, on=on)


def _person(by: Actor) -> dict[str, Any]:
    return {"registered_by_id": by.id, "registered_by_name": by.name}


def _needed(reason: str) -> str:
    if not (reason := tidy(reason)[:500]):
        raise Refused("reason_missing", _("Say why, in a few words."))
    return reason


def _tidied(fields: dict[str, Any]) -> dict[str, Any]:
    if not fields.keys() <= FIELDS:
        raise TypeError(f"a registration has no {sorted(fields.keys() - FIELDS)}")
    return {name: tidy(value) if isinstance(value, str) else value for name, value in fields.items()}
