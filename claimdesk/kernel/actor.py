"""Who acts, through which door, for whom, and what he may."""

from dataclasses import dataclass, field, replace
from typing import Literal, Self

from claimdesk.kernel.refused import NotAllowed

Kind = Literal["visitor", "user", "staff", "token", "system"]
EVERYTHING = "*"


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody or something that acts, as known for one request or one piece of work.

    `id` is the user's key, or None for visitors and the system. `customer_id` is the customer in hand.
    `acting_id` is set when staff act for a customer: the actor stays the person of staff, who is limited to what
    that customer's people may do. `sees_merged` are customers merged into the one in hand whose papers he sees.
    `only_own_customers` limits staff to the customers whose representative they are.
    """

    kind: Kind
    id: int | None = None
    name: str = ""
    door: str = ""
    customer_id: int | None = None
    acting_for: str = ""
    acting_id: int | None = None
    only_own_customers: bool = False
    permissions: frozenset[str] = field(default_factory=frozenset)
    sees_merged: tuple[int, ...] = ()

    def may(self, permission: str) -> bool:
        """Tell whether the actor holds `permission`; the system holds all."""
        return EVERYTHING in self.permissions or permission in self.permissions

    def require(self, permission: str) -> None:
        """Raise NotAllowed unless the actor holds `permission`."""
        if not self.may(permission):
            raise NotAllowed(permission)

    def who_also_may(self, permission: str) -> Self:
        """Return the actor with one permission more, for what follows from a deed that he may do."""
        return replace(self, permissions=self.permissions | {permission})

    def require_self(self, user_id: int) -> None:
        """Raise NotAllowed unless the actor is that user in person; staff who act for a customer are not (A84)."""
        if self.kind != "system" and (self.id != user_id or self.is_acting):
            raise NotAllowed("own account")

    @property
    def is_staff(self) -> bool:
        return self.kind == "staff"

    @property
    def is_signed_in(self) -> bool:
        return self.kind in ("user", "staff")

    @property
    def is_acting(self) -> bool:
        """Tell whether staff act for a customer (A84)."""
        return self.acting_id is not None

    def through(self, door: str) -> Self:
        """Return the same actor at another door."""
        return replace(self, door=door)


SYSTEM = Actor(kind="system", name="Claimdesk", door="system", permissions=frozenset({EVERYTHING}))
VISITOR = Actor(kind="visitor", door="portal")
