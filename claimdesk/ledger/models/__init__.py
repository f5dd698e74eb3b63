"""Tables of the ledger."""

from claimdesk.ledger.models.due import Delivery, Due, Job, Timer, Worker
from claimdesk.ledger.models.event import Event, EventQuerySet, subject_key
from claimdesk.ledger.models.imports import Import

__all__ = ["Delivery", "Due", "Event", "EventQuerySet", "Import", "Job", "Timer", "Worker", "subject_key"]
