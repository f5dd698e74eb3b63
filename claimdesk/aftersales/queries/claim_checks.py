"""The checklist of a draft, from what is on file about it (W4)."""

from collections.abc import Sequence

from django.utils.translation import get_language

from claimdesk.aftersales.claiming import PART, JobDraft, LineDraft, is_slow
from claimdesk.aftersales.completeness import Check, Filled, checklist
from claimdesk.aftersales.models import ClaimJob, ClaimLine, WarrantyClaim
from claimdesk.aftersales.queries.warranty_claims import has_photo, jobs_of
from claimdesk.company.queries.company import company
from claimdesk.kernel.clock import today


def drafts_of(claim: WarrantyClaim) -> list[JobDraft]:
    """Return a claim's jobs as they were typed."""
    return drafts_of_rows(jobs_of(claim))


def drafts_of_rows(rows: Sequence[ClaimJob]) -> list[JobDraft]:
    """Return jobs as they were typed."""
    return [
        JobDraft(
            failed_on=job.failed_on,
            complaint=job.complaint,
            cause=job.cause,
            correction=job.correction,
            meter=job.meter,
            causal_part=job.causal_part,
            lines=tuple(_line(line) for line in job.lines.all()),
        )
        for job in rows
    ]


def checklist_of(
    claim: WarrantyClaim, jobs: Sequence[JobDraft] | None = None, *, rows: Sequence[ClaimJob] | None = None
) -> list[Check]:
    """Return what is asked of a draft by its type, done or not.

    Takes: `jobs` as typed and `rows` as kept, where they are read already.
    """
    settings = company()
    rows = jobs_of(claim) if rows is None else rows
    slow = {
        (row.position, line.position)
        for row in rows
        for line in row.lines.all()
        if is_slow(_line(line), line.allowed_minutes)
    }
    required = required_of(claim.claim_type)
    filled = Filled(
        serial=claim.serial,
        invoice_number=claim.invoice_number,
        jobs=drafts_of_rows(rows) if jobs is None else jobs,
        has_photo="photo" in required and has_photo(claim),
        slow=slow,
    )
    days, day = settings.warranty_filing_days, today(settings.time_zone)
    return checklist(filled, required=required, filing_days=days, today=day)


def required_of(claim_type: str) -> list[str]:
    """Return what the seller asks for besides with claims of that type."""
    return next(
        (list(each["required"]) for each in company().warranty_claim_types if each["key"] == claim_type), []
    )


def claim_type_choices() -> list[tuple[str, str]]:
    """Return the seller's types of claims with their names in the reader's language."""
    spoken = (get_language() or "").partition("-")[0]
    return [
        (each["key"], each["names"].get(spoken) or next(iter(each["names"].values()), each["key"]))
        for each in company().warranty_claim_types
    ]


def _line(line: ClaimLine) -> LineDraft:
    return LineDraft(
        kind=line.kind,
        number=line.number,
        description=line.description,
        quantity=line.quantity,
        minutes=line.minutes,
        amount=_typed_amount(line),
        explanation=line.explanation,
    )


def _typed_amount(line: ClaimLine) -> int | None:
    """What was typed and not taken from the table, so that a draft follows the table until it is submitted."""
    if line.kind == PART and line.allowed is not None and line.allowed == line.claimed:
        return None
    return line.unit_price
