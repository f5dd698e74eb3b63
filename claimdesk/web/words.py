"""Words for codes that are stored as they are: roles of members, doors that deeds came through."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

ROLES = {"viewer": _("viewer"), "buyer": _("buyer"), "service": _("service"), "manager": _("manager")}
DOORS = {
    "office": _("office"),
    "portal": _("portal"),
    "system": _("system"),
    "command line": _("command line"),
}

STANDINGS = {
    "open": _("Open"),
    "overdue": _("Overdue"),
    "paid": _("Paid"),
    "void": _("Void"),
}


def role_names(roles: Iterable[str]) -> str:
    """Return the roles of a member, with commas between them."""
    return ", ".join(str(ROLES.get(role, role)) for role in roles)


def door_name(door: str) -> str:
    """Return what a door is called."""
    return str(DOORS.get(door, door))


def standing_name(standing: str) -> str:
    """Return how an invoice stands, in words."""
    return str(STANDINGS[standing])
