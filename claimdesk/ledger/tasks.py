"""The backend of django-tasks: a task that is enqueued is a Job, inserted in the caller's transaction."""

from typing import Any

from django.utils.module_loading import import_string
from django_tasks.backends.base import BaseTaskBackend
from django_tasks.base import Task, TaskError, TaskResult, TaskResultStatus
from django_tasks.exceptions import TaskResultDoesNotExist
from django_tasks.utils import normalize_json

from claimdesk.kernel.clock import now
from claimdesk.ledger.actions.writing import write_job
from claimdesk.ledger.models import Job


class LedgerBackend(BaseTaskBackend):
    """Keeps tasks in the ledger and leaves them to the courier."""

    supports_defer = True
    supports_get_result = True
    supports_async_task = True

    def enqueue(self, task: Task, args: Any, kwargs: Any) -> TaskResult:
        """Insert a job."""
        self.validate_task(task)
        job = write_job(
            task.module_path,
            args=normalize_json(args),
            kwargs=normalize_json(kwargs),
            queue=task.queue_name,
            run_after=task.run_after,
        )
        return task_result(job, task)

    def get_result(self, result_id: str) -> TaskResult:
        """Return what is known of a job."""
        job = Job.objects.filter(pk=result_id).first() if str(result_id).isdigit() else None
        if job is None:
            raise TaskResultDoesNotExist(result_id)
        return task_result(job, import_string(job.task))


def task_result(job: Job, task: Task) -> TaskResult:
    """Return a job in the words of django-tasks."""
    result: TaskResult = TaskResult(
        task=task,
        id=str(job.pk),
        status=_status(job),
        enqueued_at=job.created_at,
        started_at=job.started_at,
        finished_at=job.finished_at,
        last_attempted_at=job.started_at,
        args=job.arguments["args"],
        kwargs=job.arguments["kwargs"],
        backend=task.backend,
        errors=[TaskError(exception_class_path="builtins.Exception", traceback=job.error)]
        if job.error
        else [],
        worker_ids=[job.lease or "earlier"] * job.attempts,
    )
    object.__setattr__(result, "_return_value", job.result)
    return result


def _status(job: Job) -> TaskResultStatus:
    if job.state == Job.State.DONE:
        return TaskResultStatus.SUCCESSFUL
    if job.state != Job.State.DUE:
        return TaskResultStatus.FAILED
    is_held = job.leased_until is not None and job.leased_until > now()
    return TaskResultStatus.RUNNING if is_held else TaskResultStatus.READY
