"""Staff, and what they may."""

from django.db.models import QuerySet

from claimdesk.kernel.actor import Actor
from claimdesk.kernel.permissions import defaults_of_staff
from claimdesk.people.models import StaffRole, User


def permissions_of(user: User) -> frozenset[str]:
    """Return what a person of staff may: the sum of his roles."""
    allowed: set[str] = set()
    for role in user.roles.all():
        allowed |= defaults_of_staff(role.key) if role.permissions is None else set(role.permissions)
    return frozenset(allowed)


def staff_actor(user: User, *, door: str = "office") -> Actor:
    """Return the actor that a person of staff is in the office."""
    return Actor(
        kind="staff",
        id=user.pk,
        name=user.name,
        door=door,
        only_own_customers=user.only_own_customers,
        permissions=permissions_of(user),
    )


def staff_members() -> QuerySet[User]:
    """Return the active people of staff by name; any of them can be a customer's representative."""
    return User.objects.filter(is_staff=True, is_active=True).order_by("name_folded", "pk")


def staff_who_may(permission: str) -> list[User]:
    """Return the people of staff who may sign in and hold `permission`."""
    staff = User.objects.filter(is_staff=True, is_active=True).prefetch_related("roles").order_by("pk")
    return [person for person in staff if permission in permissions_of(person)]


def staff_roles() -> QuerySet[StaffRole]:
    """Return the roles of staff, the built-in ones first."""
    return StaffRole.objects.order_by("pk")


def all_staff() -> QuerySet[User]:
    """Return all people of staff, disabled ones too, with their roles."""
    return User.objects.filter(is_staff=True).prefetch_related("roles").order_by("name_folded", "pk")
