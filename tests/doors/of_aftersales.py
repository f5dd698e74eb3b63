"""What the doors of aftersales show: the seller's causes, a reclamation of the customer."""

from claimdesk.aftersales.queries.causes import causes
from claimdesk.customers.models import Customer
from claimdesk.people.models import User


def of_aftersales(customer: Customer, people: dict[str, User]) -> dict[str, dict[str, int | str]]:
    """Addresses of aftersales."""
    cause = causes()[0]
    return {f"office:cause_{name}": {"pk": cause.pk} for name in ("edit", "place")}
