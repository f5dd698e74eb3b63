"""What the doors of aftersales show: the seller's causes, a reclamation of the customer."""

from claimdesk.customers.models import Customer
from claimdesk.people.models import User
from tests import make

DEEDS = (
    "edit",
    "follow_up",
    "print",
    "mark",
    "mark_removal",
    "closure",
    "items",
    "parts",
    "refund",
    "replacement",
    "note",
)


def of_aftersales(customer: Customer, people: dict[str, User]) -> dict[str, dict[str, int | str]]:
    """Addresses of aftersales."""
    cause, reclamation = make.cause(), make.reclamation(make.order(customer))
    pages: dict[str, dict[str, int | str]] = {
        f"office:cause_{name}": {"pk": cause.pk} for name in ("edit", "place")
    }
    pages |= {f"office:reclamation_{deed}": {"pk": reclamation.pk} for deed in DEEDS}
    return pages | {f"{door}:reclamation": {"pk": reclamation.pk} for door in ("office", "portal")}
