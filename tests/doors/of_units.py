"""What the doors of units show: the customer's own, one registered, and one that another dealer offers it."""

from datetime import date

from claimdesk.customers.models import Customer
from claimdesk.people.models import User
from claimdesk.warranty.actions.registrations import register_unit
from claimdesk.warranty.actions.transfers import ask_transfer
from tests import make

DEEDS = ("", "_edit", "_assignment", "_replacement", "_registration")


def of_units(customer: Customer, people: dict[str, User]) -> dict[str, dict[str, int | str]]:
    """Addresses of units."""
    unit = make.unit(dealer=customer)
    registered = register_unit(unit, owner_name="Erika", delivered_on=date(2026, 1, 2), by=make.STAFF)
    own = make.unit(dealer=customer)
    offered = ask_transfer(make.unit(), to=customer, by=make.STAFF)
    asked = ask_transfer(own, to=make.customer(), by=make.STAFF)
    pages: dict[str, dict[str, int | str]] = {f"office:unit{deed}": {"pk": unit.pk} for deed in DEEDS}
    for deed in ("correction", "withdrawal"):
        pages[f"office:registration_{deed}"] = {"pk": registered.pk}
    for deed in ("", "_registration", "_transfer"):
        pages[f"portal:unit{deed}"] = {"pk": own.pk}
    for deed in ("acceptance", "refusal"):
        pages[f"portal:unit_transfer_{deed}"] = {"pk": offered.pk}
    return pages | {"portal:unit_transfer_withdrawal": {"pk": asked.pk}}
