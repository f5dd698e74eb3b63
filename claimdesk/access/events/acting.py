"""Events of staff who act for a customer, in the past tense."""

from django.utils.translation import gettext_lazy as _

from claimdesk.ledger.event_types import event


@event("acting.started", _("{actor} began to act for {whom}: {reason}"), personal=("whom",))
class ActingStarted:
    acting_id: int
    whom: str
    reason: str
    minutes: int


@event("acting.stopped", _("{actor} stopped acting for {whom}"), personal=("whom",))
class ActingStopped:
    acting_id: int
    whom: str
