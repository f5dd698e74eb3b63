"""Writers of due work that several rooms share; they record nothing."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from claimdesk.kernel.actor import Actor
from claimdesk.kernel.clock import now
from claimdesk.ledger.courier.waking import nudge
from claimdesk.ledger.models import Job


def write_job(
    task: str,
    *,
    args: Sequence[Any],
    kwargs: dict[str, Any],
    queue: str,
    run_after: datetime | None = None,
    key: str = "",
    by: Actor | None = None,
) -> Job:
    """Insert a job, in the caller's transaction; or return the unfinished one of the same `key`."""
    job = Job(
        task=task,
        arguments={"args": list(args), "kwargs": kwargs},
        queue=queue,
        due_at=run_after or now(),
        key=key,
        asked_by_id=by.id if by else None,
        asked_by_name=by.name if by else "",
    )
    nudge()
    if not key:
        job.save(force_insert=True)
        return job
    unfinished = None
    while unfinished is None:  # the rival that was in the way may finish before we look
        Job.objects.bulk_create([job], ignore_conflicts=True)
        unfinished = Job.objects.filter(key=key, state=Job.State.DUE).first()
    return unfinished
