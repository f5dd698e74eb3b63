"""Events of the list of causes."""

from django.utils.translation import gettext_lazy as _

from claimdesk.ledger.event_types import event


@event("reclamation_cause.added", _("{actor} added the cause “{cause}”"))
class CauseAdded:
    cause_id: int
    cause: str


@event("reclamation_cause.changed", _("{actor} changed the cause “{before}” to “{cause}”"))
class CauseChanged:
    """`is_active` tells whether it is offered from now on."""

    cause_id: int
    cause: str
    before: str
    is_active: bool


@event("reclamation_cause.moved", _("{actor} moved the cause “{cause}” to place {place}"))
class CauseMoved:
    cause_id: int
    cause: str
    place: int
