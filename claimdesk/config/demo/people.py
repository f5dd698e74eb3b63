"""The people of the demo world: users made as if they had registered, and those one can sign in as."""

from functools import cache
from typing import Any

from django.contrib.auth.hashers import make_password

from claimdesk.access.actions.writing import write_membership
from claimdesk.access.models import Membership
from claimdesk.access.queries.access import actor_of
from claimdesk.config.demo_sign_ins import DEMO_PASSWORD
from claimdesk.customers.models import Customer
from claimdesk.kernel.actor import SYSTEM, Actor
from claimdesk.kernel.clock import now
from claimdesk.people.actions.writing import write_user
from claimdesk.people.models import StaffRole, User
from claimdesk.people.queries.staff import staff_actor

DOMAIN = "claimdesk.test"
STAFF = {
    "admin": ("Vera Brandt", "administrator"),
    "sales": ("Jonas Ehlers", "sales"),
    "service": ("Miriam Kolb", "service"),
    "finance": ("Stefan Auer", "finance"),
}


@cache
def password_hash() -> str:
    """Return the hash of the one demo password; hashing it once saves minutes."""
    return make_password(DEMO_PASSWORD)


def person(username: str, name: str, email: str, **fields: Any) -> User:
    """Make a verified user with the demo password."""
    verified: dict[str, Any] = {"email_verified_at": now(), "created_at": now()}
    return write_user(
        password_hash=password_hash(), username=username, name=name, email=email, **(verified | fields)
    )


def staff() -> dict[str, Actor]:
    """Make the staff, one of each role; return who they are in the office."""
    actors = {}
    for key, (name, role) in STAFF.items():
        user = person(key, name, f"{key}@{DOMAIN}", is_staff=True)
        user.roles.add(StaffRole.objects.get(key=role))
        actors[key] = staff_actor(user)
    return actors


def member(user: User, customer: Customer, *roles: str) -> Membership:
    """Let `user` belong to `customer`, as if staff had added him."""
    return write_membership(user, customer, roles=roles, granted=Membership.Granted.BY_HAND, by=SYSTEM)


def as_himself(user: User) -> Actor:
    """Return who a user is in the portal."""
    return actor_of(user, door="portal")
