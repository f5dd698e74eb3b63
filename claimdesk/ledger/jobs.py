"""Jobs, for those who ask for one and for the task inside it."""

from typing import Any

from django_tasks.base import Task
from django_tasks.utils import normalize_json

from claimdesk.kernel.actor import Actor
from claimdesk.ledger.actions.writing import write_job
from claimdesk.ledger.courier.holding import Interrupted, Progress, current, stopping
from claimdesk.ledger.models import Job


def ask(task: Task, *args: Any, key: str = "", by: Actor, **kwargs: Any) -> Job:
    """Ask for `task` on behalf of `by`, in the caller's transaction.

    Takes: `key`, of which there is one unfinished job at a time; while there is one, that one is returned.
    """
    task.get_backend().validate_task(task)
    return write_job(
        task.module_path,
        args=normalize_json(args),
        kwargs=normalize_json(kwargs),
        queue=task.queue_name,
        run_after=task.run_after,
        key=key,
        by=by,
    )


def progress(done: int, total: int = 0, message: str = "") -> None:
    """Say how far the job has come; cheap enough for every row. Outside a job it does nothing.

    The worker writes it once a second, over a connection of its own, and so in the midst of a transaction too.
    A task that says how far it is can be interrupted there when the worker stops: it is begun again later.
    """
    holding = current()
    if holding is None:
        return
    holding.progress = Progress(done, total, message)
    if holding.is_lost or stopping.is_set():
        raise Interrupted
