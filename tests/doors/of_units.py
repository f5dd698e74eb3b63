"""What the doors of units show: a registered unit of the customer."""

from datetime import date

from claimdesk.customers.models import Customer
from claimdesk.people.models import User
from claimdesk.warranty.actions.registrations import register_unit
from tests import make

DEEDS = ("", "_edit", "_assignment", "_replacement", "_registration")


def of_units(customer: Customer, people: dict[str, User]) -> dict[str, dict[str, int | str]]:
    """Addresses of units."""
    unit = make.unit(dealer=customer)
    registered = register_unit(unit, owner_name="Erika", delivered_on=date(2026, 1, 2), by=make.STAFF)
    pages: dict[str, dict[str, int | str]] = {f"office:unit{deed}": {"pk": unit.pk} for deed in DEEDS}
    for deed in ("correction", "withdrawal"):
        pages[f"office:registration_{deed}"] = {"pk": registered.pk}
    return pages
