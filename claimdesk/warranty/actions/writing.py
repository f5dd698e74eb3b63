"""Writers that the room's actions share; they record nothing."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from claimdesk.company.queries.company import company
from claimdesk.customers.models import Address, Customer
from claimdesk.kernel.actor import Actor
from claimdesk.kernel.clock import now, today
from claimdesk.kernel.refused import NotAllowed, Refused
from claimdesk.warranty.coverage import cover_ends_on, coverages
from claimdesk.warranty.models import Custody, Registration, Unit
from claimdesk.warranty.permissions import EDIT_UNITS, REGISTER_OWN_UNITS
from claimdesk.warranty.queries.coverage import facts_of_all, policies_for
from claimdesk.warranty.queries.units import units


def require_unit(unit: Unit, *, by: Actor) -> Unit:
    """Return the unit's row as it is now, held against rivals, for `by` to change: staff, or the dealer's people.

    Raises: NotAllowed.
    """
    at_the_office = by.kind == "system" or (by.is_staff and not by.is_acting)
    by.require(EDIT_UNITS if at_the_office else REGISTER_OWN_UNITS)
    row = (
        units(by)
        .select_for_update(of=("self",))
        .select_related("product", "dealer")
        .filter(pk=unit.pk)
        .first()
    )
    if row is None:
        raise NotAllowed(EDIT_UNITS)
    return row


def save_unit(unit: Unit, names: set[str] | None = None) -> None:
    """Save a unit (only the fields `names`).

    Refuses: `serial_empty`, `serial_taken`, also where a rival was faster, and `days_in_disorder`.
    """
    unit.fold()
    if not unit.serial_folded:
        raise Refused("serial_empty", _("A serial number has letters or digits."))
    refuse_disorder(unit)
    _refuse_taken(unit)
    unit.updated_at = now()
    try:
        with transaction.atomic():
            unit.save(update_fields=None if names is None else {*names, "updated_at"})
    except IntegrityError:
        _refuse_taken(unit)
        raise


def _refuse_taken(unit: Unit) -> None:
    if Unit.objects.filter(serial_folded=unit.serial_folded).exclude(pk=unit.pk).exists():
        raise Refused("serial_taken", _("A unit with the serial number %s is on file already.") % unit.serial)


def refuse_disorder(unit: Unit) -> None:
    """Refuse days that cannot be: delivered before it was made, or tomorrow.

    Refuses: `made_after_delivery`, `day_in_future`.
    """
    later = [day for day in (unit.shipped_on, unit.invoiced_on, unit.delivered_on) if day is not None]
    if unit.manufactured_on is not None and any(day < unit.manufactured_on for day in later):
        raise Refused(
            "made_after_delivery", _("A unit is made before it is shipped, invoiced and delivered.")
        )
    refuse_future(unit.manufactured_on, unit.delivered_on)


def refuse_future(*days: date | None) -> None:
    """Refuse: `day_in_future`."""
    if any(day is not None and day > today(company().time_zone) for day in days):
        raise Refused("day_in_future", _("That day has not come yet."))


def refuse_inactive(unit: Unit) -> None:
    """Refuse: `unit_inactive`."""
    if unit.state == Unit.State.INACTIVE:
        raise Refused("unit_inactive", _("Unit %(serial)s is inactive.") % {"serial": unit.serial})


def region_of(dealer: Customer | None) -> str:
    """Return the country of a dealer's billing address, or nothing."""
    if dealer is None:
        return ""
    billing = Address.objects.filter(customer=dealer, kind=Address.Kind.BILLING)
    return billing.values_list("country", flat=True).first() or ""


def write_custody(unit: Unit, *, role: str, customer: Customer | None, holder_name: str, on: date) -> None:
    """Hand a unit over on a day: whoever had it had it until the day before (U6)."""
    held = Custody.objects.filter(unit=unit, until_on=None).first()
    if held is not None:
        if (held.role, held.customer_id, held.holder_name) == (role, customer and customer.pk, holder_name):
            return
        on = max(on, held.from_on)
        held.until_on = max(held.from_on, on - timedelta(days=1))
        held.save(update_fields=["until_on"])
    Custody.objects.create(unit=unit, role=role, customer=customer, holder_name=holder_name, from_on=on)


def write_registered(unit: Unit, registration: Registration | None) -> None:
    """Keep at the unit what lists show of the registration in force, and the last day of its cover."""
    unit.is_registered = registration is not None
    unit.delivered_on = registration.delivered_on if registration else None
    unit.owner_name = registration.owner_name if registration else ""
    refuse_disorder(unit)
    unit.updated_at = now()
    unit.save(update_fields=["is_registered", "delivered_on", "owner_name", "updated_at"])
    write_cover([unit.pk])


def write_cover(keys: Iterable[int]) -> int:
    """Compute anew until when units are covered, and their successors; return how many changed."""
    product = "product__category__parent__parent"
    changed, waiting, seen = [], list(keys), set[int]()
    while waiting:
        rows = list(Unit.objects.select_related(product).filter(pk__in=waiting))
        seen.update(waiting)
        facts = facts_of_all(rows)
        policies = policies_for(list(facts.values()))
        for row in rows:
            end = cover_ends_on(coverages(facts[row.pk], policies))
            if end != row.cover_ends_on:
                row.cover_ends_on = end
                changed.append(row)
        waiting = [
            row.replaced_by_id for row in rows if row.replaced_by_id and row.replaced_by_id not in seen
        ]
    Unit.objects.bulk_update(changed, ["cover_ends_on"], batch_size=500)
    return len(changed)
