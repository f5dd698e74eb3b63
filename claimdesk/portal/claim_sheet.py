"""A draft of a warranty claim as its form shows it: what was typed, what it comes to, what is missing (W4, W5)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

from claimdesk.aftersales.claiming import LABOUR, PART, JobDraft
from claimdesk.aftersales.models import ClaimJob, ClaimLine, WarrantyClaim
from claimdesk.aftersales.queries.claim_checks import checklist_of, claim_type_choices, drafts_of_rows
from claimdesk.aftersales.queries.warranty_claims import alike, jobs_of
from claimdesk.aftersales.wording import CHECKS, LIKENESSES
from claimdesk.company.queries.company import company
from claimdesk.kernel.clock import today
from claimdesk.kernel.quantities import shown_quantity
from claimdesk.portal.claim_typing import TypedClaim, TypedJob, TypedLine, typed_from
from claimdesk.warranty.queries.rates import labour_rate

KINDS = dict(ClaimLine.Kind.choices)
ANY = "__n__"  # the place of a job or a line that is not there yet, in the form's templates


@dataclass(frozen=True, slots=True)
class LineSheet:
    """A line with its fields' common beginning, what it comes to and what could not be read of it."""

    name: str
    typed: TypedLine
    faults: Mapping[str, str]
    row: ClaimLine | None = None
    is_slow: bool = False
    asks_rate: bool = False

    @property
    def kind_label(self) -> str:
        return str(KINDS[self.typed.kind])

    @property
    def is_part(self) -> bool:
        return self.typed.kind == PART

    @property
    def is_labour(self) -> bool:
        return self.typed.kind == LABOUR


@dataclass(frozen=True, slots=True)
class JobSheet:
    """A job with its lines."""

    name: str
    number: int | str
    typed: TypedJob
    faults: Mapping[str, str]
    lines: Sequence[LineSheet]


@dataclass(frozen=True, slots=True)
class Missing:
    """A line of the checklist in words, and the field that it leads to."""

    words: str
    is_done: bool
    field: str


def rate_of(claim: WarrantyClaim) -> int | None:
    """Return what an hour of the dealer's labour counts today by the tables."""
    on = today(company().time_zone)
    return labour_rate(claim.customer, on=on, currency=claim.currency)


def sheet(
    claim: WarrantyClaim, *, typed: TypedClaim | None = None, faults: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """Return what the form's templates need. `typed` is shown instead of what is on file, `faults` beside it."""
    rows, rate = jobs_of(claim), rate_of(claim)
    drafts = drafts_of_rows(rows)
    typed = typed or typed_from(claim, drafts, has_rate=rate is not None)
    jobs = [
        _job_sheet(number, job, rows[number] if number < len(rows) else None, faults or {}, rate)
        for number, job in enumerate(typed.jobs)
    ]
    return {
        "claim": claim,
        "typed": typed,
        "jobs": jobs,
        "rate": rate,
        "version": claim.draft_version,
        "key": typed.key or get_random_string(24),
        "types": claim_type_choices(),
        "kinds": ClaimLine.Kind.choices,
        "faults": faults or {},
        "blank_job": _job_sheet(ANY, TypedJob(), None, {}, rate),
        "blank_lines": [
            _line_sheet(f"jobs.{ANY}.lines.{ANY}", TypedLine(kind=kind), None, {}, rate) for kind in KINDS
        ],
        "checks": checks_of(claim, drafts, rows),
        "alike": alike_of(claim),
    }


def checks_of(claim: WarrantyClaim, drafts: Sequence[JobDraft], rows: Sequence[ClaimJob]) -> list[Missing]:
    """Return the checklist in words; with several jobs each says whose it is."""
    several = len(drafts) > 1
    found = []
    for check in checklist_of(claim, drafts, rows=rows):
        words, parts = str(CHECKS[check.code]), check.field.split(".")
        if several and parts[0] == "jobs":
            words = _("%(what)s (job %(number)d)") % {"what": words, "number": int(parts[1]) + 1}
        found.append(Missing(words, check.is_done, check.field))
    return found


def alike_of(claim: WarrantyClaim) -> list[dict[str, Any]]:
    """Return the account's other claims that may be the same, each with why (W4)."""
    return [
        {"claim": other, "why": ", ".join(str(LIKENESSES[code]) for code in codes)}
        for other, codes in alike(claim).items()
    ]


def differences(mine: TypedClaim, theirs: TypedClaim) -> list[dict[str, str]]:
    """Return what differs between what one typed and what somebody else has saved meanwhile, field by field (W14)."""
    ours, others = _flat(mine), _flat(theirs)
    names = [*ours, *(name for name in others if name not in ours)]
    return [
        {"label": name, "mine": ours.get(name, ""), "theirs": others.get(name, "")}
        for name in names
        if ours.get(name, "") != others.get(name, "")
    ]


def _flat(typed: TypedClaim) -> dict[str, str]:
    """The form's fields by what people call them."""
    flat = {
        _("Serial number"): typed.serial,
        _("Type of claim"): typed.claim_type,
        _("Invoice number"): typed.invoice_number,
    }
    for number, job in enumerate(typed.jobs, start=1):
        whose = _("Job %(number)d") % {"number": number}
        said = {
            _("Failure date"): job.failed_on,
            _("Complaint"): job.complaint,
            _("Cause"): job.cause,
            _("Correction"): job.correction,
            _("Meter reading"): job.meter,
            _("Causal part"): job.causal_part,
        }
        flat |= {f"{whose}: {label}": value for label, value in said.items()}
        for place, line in enumerate(job.lines, start=1):
            label = _("%(job)s: line %(number)d") % {"job": whose, "number": place}
            flat[label] = _line_words(line)
    return flat


def _line_words(line: TypedLine) -> str:
    minutes = _("%(n)s minutes") % {"n": line.minutes} if line.minutes else ""
    times = f"{line.quantity or '1'} ×"
    parts = (times, str(KINDS[line.kind]), line.number, line.description, minutes, line.amount)
    return " ".join(part for part in (*parts, line.explanation) if part)


def _job_sheet(
    number: int | str, job: TypedJob, row: ClaimJob | None, faults: Mapping[str, str], rate: int | None
) -> JobSheet:
    name = f"jobs.{number}"
    kept = list(row.lines.all()) if row else []
    lines = [
        _line_sheet(f"{name}.lines.{place}", line, kept[place] if place < len(kept) else None, faults, rate)
        for place, line in enumerate(job.lines)
    ]
    shown = number + 1 if isinstance(number, int) else number
    return JobSheet(name, shown, job, _of(faults, name), lines)


def _line_sheet(
    name: str, line: TypedLine, row: ClaimLine | None, faults: Mapping[str, str], rate: int | None
) -> LineSheet:
    slow = row is not None and row.allowed_minutes is not None and (row.minutes or 0) > row.allowed_minutes
    asks_rate = line.kind == LABOUR and (rate is None or (row is not None and not row.unit_price))
    if not line.quantity:
        line.quantity = shown_quantity(row.quantity) if row else "1"
    return LineSheet(name, line, _of(faults, name), row, slow, asks_rate)


def _of(faults: Mapping[str, str], name: str) -> dict[str, str]:
    """The faults of the fields that begin with `name`, by the rest of their names."""
    return {
        key.removeprefix(f"{name}."): words for key, words in faults.items() if key.startswith(f"{name}.")
    }
