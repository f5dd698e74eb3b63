"""Jobs, as far as the actor may see them."""

from typing import Literal

from django.db.models import QuerySet

from claimdesk.kernel.actor import Actor
from claimdesk.kernel.clock import now
from claimdesk.ledger.models import Job
from claimdesk.ledger.permissions import VIEW_JOBS

Standing = Literal["waiting", "running", "retrying", "done", "failed", "canceled"]


def jobs(actor: Actor) -> QuerySet[Job]:
    """Return the jobs that `actor` asked for, or all for those who may see everybody's; newest first."""
    rows = Job.objects.order_by("-pk")
    if actor.is_acting:
        return rows.none()
    if actor.may(VIEW_JOBS):
        return rows
    return rows.filter(asked_by_id=actor.id) if actor.id is not None else rows.none()


SETTLED: dict[Job.State, Standing] = {
    Job.State.DONE: "done",
    Job.State.GIVEN_UP: "failed",
    Job.State.CANCELED: "canceled",
}


def standing_of(job: Job) -> Standing:
    """Return how a job stands, in one word."""
    if job.state != Job.State.DUE:
        return SETTLED[Job.State(job.state)]
    if job.leased_until is not None and job.leased_until > now():
        return "running"
    return "retrying" if job.error else "waiting"


def file_of(job: Job) -> tuple[str, str] | None:
    """Return the file that a job made: its path in file storage and its name for people; or None.

    A task that makes a file returns {"file": path, "name": name}.
    """
    result = job.result if isinstance(job.result, dict) else {}
    path, name = result.get("file"), result.get("name")
    return (str(path), str(name or path)) if path else None
