"""Writers that the actions of warranty claims share; they record nothing."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from claimdesk.access.queries.papers import customers_of_papers
from claimdesk.aftersales.claim_process import STEP
from claimdesk.aftersales.claiming import JobDraft, Priced, Sums, Table, priced, sums_of
from claimdesk.aftersales.models import ClaimEntry, ClaimJob, ClaimLine, WarrantyClaim
from claimdesk.aftersales.permissions import MAKE_OWN_WARRANTY_CLAIMS
from claimdesk.aftersales.queries.warranty_claims import warranty_claims
from claimdesk.company.queries.company import company
from claimdesk.conversations.actions.writing import write_message
from claimdesk.conversations.files.storing import KeptFile
from claimdesk.conversations.models import Message
from claimdesk.customers.models import Customer
from claimdesk.kernel.actor import Actor
from claimdesk.kernel.clock import now, today
from claimdesk.kernel.move import move
from claimdesk.kernel.refused import NotAllowed, Refused
from claimdesk.kernel.text import fold, fold_number
from claimdesk.warranty.queries.rates import labour_rate, operation_offers, part_offers

State, Awaited = WarrantyClaim.State, WarrantyClaim.Awaited
LONGEST_TEXT = 4000
Tables = list[list[tuple[Table, int | None]]]


def require_claim(claim: WarrantyClaim, permission: str, *, by: Actor) -> None:
    """Read the claim anew and hold it against rivals until the transaction ends, for `by` to work on.

    PostgreSQL locks the row; on SQLite a transaction is the only writer from its first statement.
    Raises: NotAllowed for whoever may not, or not see it.
    """
    by.require(permission)
    row = warranty_claims(by).select_for_update(of=("self",)).filter(pk=claim.pk).first()
    if row is None:
        raise NotAllowed(permission)
    claim.refresh_from_db()


def require_dealer(customer: Customer, *, by: Actor) -> None:
    """Raise NotAllowed unless `by` makes claims for this customer: its own people, or staff who act for it."""
    by.require(MAKE_OWN_WARRANTY_CLAIMS)
    if by.kind != "system" and customer.pk not in customers_of_papers(by):
        raise NotAllowed(MAKE_OWN_WARRANTY_CLAIMS)


def refuse_off() -> None:
    """Refuse: `warranty_claims_off`."""
    if not company().warranty_claims_on:
        raise Refused("warranty_claims_off", _("Warranty claims are switched off."))


def needed(text: str, what: str) -> str:
    """Return the text, tidied of its ends. Refuses: `text_missing`."""
    if not (text := text.strip()[:LONGEST_TEXT]):
        raise Refused("text_missing", what)
    return text


def tables_for(jobs: list[JobDraft], customer: Customer, *, currency: str, day: date) -> Tables:
    """Return what the dated tables say of each line, and the key of its part or operation; some statements a day."""
    found: Tables = [[] for _job in jobs]
    by_day: dict[date, list[int]] = {}
    for number, job in enumerate(jobs):
        by_day.setdefault(job.failed_on or day, []).append(number)
    for on, numbers in by_day.items():
        lines = [line for number in numbers for line in jobs[number].lines]
        parts = part_offers([line.number for line in lines if line.kind == "part"], on=on, currency=currency)
        labour = [line.number for line in lines if line.kind == "labour"]
        operations = operation_offers(labour, on=on) if labour else {}
        rate = labour_rate(customer, on=on, currency=currency) if labour else None
        for number in numbers:
            for line in jobs[number].lines:
                key = fold_number(line.number) or fold(line.number)
                if line.kind == "part":
                    part = parts.get(key)
                    found[number].append((Table(part_price=part.amount if part else None), part and part.id))
                elif line.kind == "labour":
                    work = operations.get(key)
                    table = Table(minutes=work.minutes if work else None, rate=rate)
                    found[number].append((table, work and work.id))
                else:
                    found[number].append((Table(), None))
    return found


def write_jobs(claim: WarrantyClaim, jobs: list[JobDraft]) -> Sums:
    """Put these jobs and lines in the place of a draft's, priced by the tables of their days, and return the sums."""
    day = today(company().time_zone)
    tables = tables_for(jobs, claim.customer, currency=claim.currency, day=day)
    ClaimLine.objects.filter(job__claim=claim).delete()
    ClaimJob.objects.filter(claim=claim).delete()
    rows = ClaimJob.objects.bulk_create(_job_row(claim, number, job) for number, job in enumerate(jobs))
    lines: list[ClaimLine] = []
    amounts: list[Priced] = []
    for row, job, of_job in zip(rows, jobs, tables, strict=True):
        for position, (line, (table, key)) in enumerate(zip(job.lines, of_job, strict=True)):
            amount = priced(line, table)
            amounts.append(amount)
            lines.append(
                ClaimLine(
                    job=row,
                    position=position,
                    kind=line.kind,
                    part_id=key if line.kind == "part" else None,
                    operation_id=key if line.kind == "labour" else None,
                    number=line.number,
                    description=line.description,
                    quantity=line.quantity,
                    minutes=line.minutes,
                    unit_price=amount.unit_price,
                    allowed_minutes=amount.allowed_minutes,
                    claimed=amount.claimed,
                    allowed=amount.allowed,
                    explanation=line.explanation,
                )
            )
    ClaimLine.objects.bulk_create(lines)
    return sums_of(amounts)


def _job_row(claim: WarrantyClaim, number: int, job: JobDraft) -> ClaimJob:
    return ClaimJob(
        claim=claim,
        position=number,
        failed_on=job.failed_on,
        complaint=job.complaint[:LONGEST_TEXT],
        cause=job.cause[:LONGEST_TEXT],
        correction=job.correction[:LONGEST_TEXT],
        meter=job.meter,
        causal_part=job.causal_part,
    )


def write_moved(claim: WarrantyClaim, event: str, *, to: str, awaited: str, **fields: Any) -> None:
    """Move a claim by an event of `claim_process`, and note whom it waits for from now (W10).

    How long it waited for the customer is added up. Refuses: what `refuse_move` says, from any other state.
    """
    step, at = STEP[event], now()
    if to not in step.to:
        raise ValueError(f"{event} does not lead to {to}")
    if claim.awaited == Awaited.THEM and claim.state != State.DRAFT:
        waited = int((at - claim.awaited_since_at).total_seconds())
        fields["paused_seconds"] = claim.paused_seconds + max(0, waited)
    if awaited != claim.awaited:
        fields |= {"awaited": awaited, "awaited_since_at": at}
    move(claim, to=to, expect=step.states, changed_at=at, **fields)


def write_closed(claim: WarrantyClaim, event: str, *, reason: str = "", by: Actor, **fields: Any) -> None:
    """Close a claim by an event of `claim_process`, for good (W11)."""
    closed = {
        "closing": STEP[event].closing,
        "closing_reason": reason,
        "closed_by_name": by.name,
        "closed_at": now(),
    }
    write_moved(claim, event, to=State.CLOSED, awaited=Awaited.NOBODY, **closed, **fields)


def write_said(claim: WarrantyClaim, text: str, *, files: Sequence[KeptFile] = (), by: Actor) -> Message:
    """Add what both sides read to the claim's conversation. Refuses: `text_missing`."""
    return write_message(claim, body=needed(text, _("Write something first.")), files=files, by=by)


def write_entry(
    claim: WarrantyClaim, kind: str, amount: int, *, note: str = "", key: str = "", by: Actor, **fields: str
) -> ClaimEntry:
    """Add an entry to the claim's ledger of money."""
    return ClaimEntry.objects.create(
        claim=claim,
        customer_id=claim.customer_id,
        kind=kind,
        amount=amount,
        currency=claim.currency,
        note=note,
        key=f"{claim.pk}/{key}" if key else None,
        by_name=by.name,
        **fields,
    )
