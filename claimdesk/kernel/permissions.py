"""The names of what can be allowed, declared by each room and collected here."""

from dataclasses import dataclass

from django.utils.functional import Promise

STAFF_ROLES = ("sales", "service", "finance", "administrator")
CUSTOMER_ROLES = ("viewer", "buyer", "service", "manager")


@dataclass(frozen=True, slots=True)
class Permission:
    """One thing that can be allowed. `staff` and `customers` name the roles that have it by default."""

    name: str
    label: str | Promise
    staff: tuple[str, ...] = ()
    customers: tuple[str, ...] = ()


_declared: dict[str, Permission] = {}


def declare(
    name: str, label: str | Promise, *, staff: tuple[str, ...] = (), customers: tuple[str, ...] = ()
) -> str:
    """Declare a permission and return its name. Administrators have every staff permission by default."""
    if staff and "administrator" not in staff:
        staff = (*staff, "administrator")
    _declared[name] = Permission(name, label, staff, customers)
    return name


def declared() -> list[Permission]:
    """Return all declared permissions by name."""
    return [_declared[name] for name in sorted(_declared)]


def defaults_of_staff(role: str) -> frozenset[str]:
    """Return what the staff role may unless an administrator changed it."""
    return frozenset(permission.name for permission in _declared.values() if role in permission.staff)


def of_customer_roles(roles: list[str]) -> frozenset[str]:
    """Return what a membership with these roles allows."""
    return frozenset(p.name for p in _declared.values() if any(role in p.customers for role in roles))
