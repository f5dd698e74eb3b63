"""A warranty claim's form as it was typed: read leniently, for nothing keeps a draft from being saved (W3, W5).

Fields are named as the checklist names them: `serial`, `jobs.0.complaint`, `jobs.0.lines.1.quantity`.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from claimdesk.aftersales.claiming import LABOUR, PART, JobDraft, LineDraft
from claimdesk.aftersales.models import ClaimLine, WarrantyClaim
from claimdesk.kernel.money import parse_amount, to_decimal
from claimdesk.kernel.quantities import parse_quantity, shown_quantity
from claimdesk.web.numbers import whole_number

NAME = re.compile(r"jobs\.(\d{1,4})\.(?:lines\.(\d{1,4})\.)?([a-z_]{1,20})")
MOST_OF_ONE, LARGEST_AMOUNT, LARGEST_NUMBER = 100_000, 10**11, 2_000_000_000
LONGEST = {"number": 60, "description": 200, "explanation": 500, "causal_part": 60}
LONGEST_OF_CLAIM = {"serial": 60, "claim_type": 40, "invoice_number": 40}
LONGEST_TEXT, LONGEST_KEY = 4000, 40


@dataclass(slots=True)
class TypedLine:
    """A line of a job as text."""

    kind: str = PART
    number: str = ""
    description: str = ""
    quantity: str = ""
    minutes: str = ""
    amount: str = ""
    explanation: str = ""

    @property
    def is_blank(self) -> bool:
        """Whether nothing was typed, a quantity of one aside."""
        return self.quantity in ("", "1") and not any(
            (self.number, self.description, self.minutes, self.amount, self.explanation)
        )


@dataclass(slots=True)
class TypedJob:
    """A job as text."""

    failed_on: str = ""
    complaint: str = ""
    cause: str = ""
    correction: str = ""
    meter: str = ""
    causal_part: str = ""
    lines: list[TypedLine] = field(default_factory=list)


@dataclass(slots=True)
class TypedClaim:
    """The whole form as text; `version` is the draft's that was edited, `key` makes sending it once safe."""

    serial: str = ""
    claim_type: str = ""
    invoice_number: str = ""
    version: int = 0
    key: str = ""
    save_key: str = ""
    jobs: list[TypedJob] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.jobs = self.jobs or [TypedJob()]

    def without_blank_lines(self) -> "TypedClaim":
        """Return it without lines in which nothing was typed, as it is submitted."""
        for job in self.jobs:
            job.lines = [line for line in job.lines if not line.is_blank]
        return self


@dataclass(slots=True)
class Reader:
    """Reads numbers and days; what it cannot read becomes a fault by its field's name, and nothing of the draft."""

    currency: str
    faults: dict[str, str] = field(default_factory=dict)

    def jobs(self, typed: Sequence[TypedJob]) -> list[JobDraft]:
        return [self._job(f"jobs.{number}", job) for number, job in enumerate(typed)]

    def _job(self, name: str, job: TypedJob) -> JobDraft:
        return JobDraft(
            failed_on=self._read(f"{name}.failed_on", job.failed_on, _day, None),
            complaint=job.complaint,
            cause=job.cause,
            correction=job.correction,
            meter=self._read(f"{name}.meter", job.meter, _count, None),
            causal_part=job.causal_part,
            lines=tuple(self._line(f"{name}.lines.{number}", line) for number, line in enumerate(job.lines)),
        )

    def _line(self, name: str, line: TypedLine) -> LineDraft:
        def amount(text: str) -> int:
            return _within(parse_amount(text, self.currency), LARGEST_AMOUNT)

        return LineDraft(
            kind=line.kind,
            number=line.number,
            description=line.description,
            quantity=self._read(f"{name}.quantity", line.quantity, _quantity, Decimal(0), Decimal(1)),
            minutes=self._read(f"{name}.minutes", line.minutes, _minutes, None),
            amount=self._read(f"{name}.amount", line.amount, amount, None),
            explanation=line.explanation,
        )

    def _read(self, name: str, text: str, parse: Callable[[str], Any], wrong: Any, empty: Any = None) -> Any:
        if not text:
            return empty
        try:
            return parse(text)
        except ValueError:
            self.faults[name] = _("This cannot be read or is too large, so it is not saved.")
            return wrong


def typed_of(data: Mapping[str, Any]) -> TypedClaim:
    """Return what a POST brings; places are numbers with or without gaps, kept in their order."""
    jobs: dict[int, TypedJob] = {}
    lines: dict[tuple[int, int], TypedLine] = {}
    for name, value in data.items():
        found = NAME.fullmatch(name)
        if not found or not isinstance(value, str):
            continue
        job, line, part = int(found[1]), found[2], found[3]
        row: TypedJob | TypedLine = jobs.setdefault(job, TypedJob())
        if line is not None:
            row = lines.setdefault((job, int(line)), TypedLine())
        if part != "lines" and part in {each.name for each in fields(row)}:
            setattr(row, part, _clean(value, LONGEST.get(part, LONGEST_TEXT)))
    for (job, _place), typed in sorted(lines.items()):
        typed.kind = typed.kind if typed.kind in ClaimLine.Kind.values else ClaimLine.Kind.OTHER
        jobs[job].lines.append(typed)
    return TypedClaim(
        **{name: _clean(data.get(name, ""), most) for name, most in LONGEST_OF_CLAIM.items()},
        version=whole_number(data.get("version")),
        key=data.get("key", "")[:LONGEST_KEY],
        save_key=data.get("save_key", "")[:LONGEST_KEY],
        jobs=[job for _number, job in sorted(jobs.items())],
    )


def typed_from(claim: WarrantyClaim, jobs: Sequence[JobDraft], *, has_rate: bool) -> TypedClaim:
    """Return a draft on file as its form shows it. `has_rate`: labour's rate is the table's and not typed."""
    return TypedClaim(
        serial=claim.serial,
        claim_type=claim.claim_type,
        invoice_number=claim.invoice_number,
        version=claim.draft_version,
        jobs=[_typed_job(job, claim.currency, has_rate) for job in jobs],
    )


def _typed_job(job: JobDraft, currency: str, has_rate: bool) -> TypedJob:
    return TypedJob(
        failed_on=job.failed_on.isoformat() if job.failed_on else "",
        complaint=job.complaint,
        cause=job.cause,
        correction=job.correction,
        meter="" if job.meter is None else str(job.meter),
        causal_part=job.causal_part,
        lines=[_typed_line(line, currency, has_rate) for line in job.lines],
    )


def _typed_line(line: LineDraft, currency: str, has_rate: bool) -> TypedLine:
    is_told = bool(line.amount) and not (line.kind == LABOUR and has_rate)
    return TypedLine(
        kind=line.kind,
        number=line.number,
        description=line.description,
        quantity=shown_quantity(line.quantity),
        minutes="" if line.minutes is None else str(line.minutes),
        amount=str(to_decimal(line.amount or 0, currency)) if is_told else "",
        explanation=line.explanation,
    )


def _clean(text: str, most: int) -> str:
    return text.replace("\x00", "").replace("\r\n", "\n").strip()[:most]


def _within(number: Any, most: int) -> Any:
    if not 0 <= number <= most:
        raise ValueError(number)
    return number


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _count(text: str) -> int:
    return _within(int(text), LARGEST_NUMBER)


def _quantity(text: str) -> Decimal:
    return _within(parse_quantity(text), MOST_OF_ONE)


def _minutes(text: str) -> int:
    """Minutes, or hours and minutes as `1:30`."""
    hours, colon, minutes = text.rpartition(":")
    return _within(int(hours or 0) * 60 + int(minutes) if colon else int(text), MOST_OF_ONE)
