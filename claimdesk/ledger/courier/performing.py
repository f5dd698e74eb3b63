"""How a piece of work is performed, by its kind. Returns a line on the outcome and, of a job, its result."""

from functools import singledispatch
from typing import Any

from django.utils.module_loading import import_string
from django_tasks.base import Task, TaskContext
from django_tasks.utils import normalize_json

from claimdesk.kernel.clock import now
from claimdesk.ledger.courier.registry import handlers, reaction_name, reactions
from claimdesk.ledger.models import Delivery, Due, Job, Timer
from claimdesk.ledger.tasks import task_result

Performance = tuple[str, Any]


class NoLongerKnown(Exception):
    """Nobody in the house does this work any more."""


@singledispatch
def perform(row: Due) -> Performance:
    """Perform one row of work."""
    raise TypeError(f"nobody performs {type(row).__name__}")


@perform.register
def _(delivery: Delivery) -> Performance:
    event = delivery.event
    named = {reaction_name(reaction): reaction for reaction in reactions().get(event.kind, ())}
    if delivery.reaction not in named:
        raise NoLongerKnown(delivery.reaction)
    return named[delivery.reaction](event) or "", None


@perform.register
def _(timer: Timer) -> Performance:
    if timer.kind not in handlers():
        raise NoLongerKnown(timer.kind)
    return handlers()[timer.kind](timer) or "", None


@perform.register
def _(job: Job) -> Performance:
    try:
        task = import_string(job.task)
    except ImportError as error:
        raise NoLongerKnown(job.task) from error
    if not isinstance(task, Task):
        raise NoLongerKnown(job.task)
    Job.objects.filter(pk=job.pk, lease=job.lease).update(started_at=now())
    context = [TaskContext(task_result=task_result(job, task))] if task.takes_context else []
    result = normalize_json(task.call(*context, *job.arguments["args"], **job.arguments["kwargs"]))
    return result if isinstance(result, str) else "", result
