"""What a warranty claim still lacks before it can be submitted: the checklist itself, without a table (W4)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from claimdesk.aftersales.claiming import JobDraft, LineDraft

Code = Literal[
    "serial",
    "failed_on",
    "failed_in_future",
    "complaint",
    "quantities",
    "invoice",
    "photo",
    "causal_part",
    "explanation",
    "in_time",
]
# What a seller may ask for besides, by type of claim; the rest is always asked for.
MAY_BE_REQUIRED: tuple[Code, ...] = ("invoice", "photo", "causal_part", "explanation", "in_time")


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the checklist. `field` is what it leads to: a name, or a job's as `jobs.0.complaint`."""

    code: Code
    is_done: bool
    field: str
    is_required: bool = True


@dataclass(frozen=True, slots=True)
class Filled:
    """A draft as it is to be checked. `slow` are the numbers of lines that took longer than the table gives."""

    serial: str
    invoice_number: str
    jobs: Sequence[JobDraft]
    has_photo: bool = False
    slow: Collection[tuple[int, int]] = ()


def checklist(draft: Filled, *, required: Collection[str], filing_days: int, today: date) -> list[Check]:
    """Return what is asked of a claim, done or not, in the order of the form.

    Takes: `required`, of MAY_BE_REQUIRED; `filing_days` within which a failure is to be claimed, 0 for any time.
    """
    jobs = list(draft.jobs) or [JobDraft()]
    checks = [Check("serial", bool(draft.serial.strip()), "serial")]
    for number, job in enumerate(jobs):
        checks += _checks_of_job(number, job, today)
    days = [job.failed_on for job in jobs if job.failed_on is not None]
    oldest = min(days, default=None)
    in_time = not filing_days or oldest is None or today - oldest <= timedelta(days=filing_days)
    besides = {
        "invoice": Check("invoice", bool(draft.invoice_number.strip()), "invoice_number"),
        "photo": Check("photo", draft.has_photo, "files"),
        "causal_part": Check(
            "causal_part", all(job.causal_part.strip() for job in jobs), _first_without(jobs)
        ),
        "explanation": _explained(jobs, draft.slow),
        "in_time": Check("in_time", in_time, "jobs.0.failed_on"),
    }
    asked = [besides[code] for code in MAY_BE_REQUIRED if code in required]
    return [*checks, *asked]


def is_complete(checks: Collection[Check]) -> bool:
    """Tell whether nothing that is required lacks."""
    return all(check.is_done for check in checks if check.is_required)


def _checks_of_job(number: int, job: JobDraft, today: date) -> list[Check]:
    field = f"jobs.{number}"
    checks = [
        Check("failed_on", job.failed_on is not None, f"{field}.failed_on"),
        Check("complaint", bool(job.complaint.strip()), f"{field}.complaint"),
    ]
    if job.failed_on is not None and job.failed_on > today:
        checks.append(Check("failed_in_future", False, f"{field}.failed_on"))
    wrong = [position for position, line in enumerate(job.lines) if not _counts(line)]
    if wrong:
        checks.append(Check("quantities", False, f"{field}.lines.{wrong[0]}.quantity"))
    return checks


def _counts(line: LineDraft) -> bool:
    return line.quantity > 0 and (line.kind != "labour" or bool(line.minutes))


def _first_without(jobs: Sequence[JobDraft]) -> str:
    number = next((number for number, job in enumerate(jobs) if not job.causal_part.strip()), 0)
    return f"jobs.{number}.causal_part"


def _explained(jobs: Sequence[JobDraft], slow: Collection[tuple[int, int]]) -> Check:
    lacking = [(job, line) for job, line in sorted(slow) if not jobs[job].lines[line].explanation.strip()]
    job, line = lacking[0] if lacking else (0, 0)
    return Check("explanation", not lacking, f"jobs.{job}.lines.{line}.explanation")
