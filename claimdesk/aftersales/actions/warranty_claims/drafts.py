"""Drafts of warranty claims: begun, saved as one types, deleted, submitted (W2-W4, W14)."""

from collections.abc import Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from claimdesk.aftersales.actions.warranty_claims.writing import (
    refuse_off,
    require_claim,
    require_dealer,
    write_closed,
    write_jobs,
    write_moved,
)
from claimdesk.aftersales.claiming import JobDraft
from claimdesk.aftersales.completeness import is_complete
from claimdesk.aftersales.events.warranty_claims import (
    WarrantyClaimDraftDeleted,
    WarrantyClaimDrafted,
    WarrantyClaimSubmitted,
    WarrantyClaimWithdrawn,
)
from claimdesk.aftersales.models import WarrantyClaim
from claimdesk.aftersales.permissions import MAKE_OWN_WARRANTY_CLAIMS
from claimdesk.aftersales.queries.claim_checks import checklist_of, drafts_of
from claimdesk.company.actions.sequences import next_number
from claimdesk.company.queries.company import company
from claimdesk.customers.models import Customer
from claimdesk.kernel.actor import Actor
from claimdesk.kernel.clock import now, today
from claimdesk.kernel.refused import Refused
from claimdesk.kernel.text import fold_number, tidy
from claimdesk.ledger.record import record
from claimdesk.warranty.queries.coverage import check_serial
from claimdesk.warranty.serials import fold_serial

FIRST_NUMBER = 10_000
LONGEST_KEY = 80
MOST_JOBS, MOST_LINES = 20, 200
FIELDS = frozenset({"serial", "claim_type", "invoice_number"})
State, Awaited = WarrantyClaim.State, WarrantyClaim.Awaited


@transaction.atomic
def start_claim(
    customer: Customer, *, key: str = "", follows: WarrantyClaim | None = None, by: Actor
) -> WarrantyClaim:
    """Begin a draft for a customer (W2). The same `key` again returns the same one.

    Takes: `follows`, the closed claim that this one takes up again (W11).
    Refuses: `warranty_claims_off`, `not_closed`.
    Records: WarrantyClaimDrafted.
    """
    require_dealer(customer, by=by)
    refuse_off()
    whole = f"{customer.pk}/{key}"[:LONGEST_KEY] if key else None
    if whole and (earlier := WarrantyClaim.objects.filter(draft_key=whole).first()):
        return earlier
    fields = _taken_over(follows, customer) if follows else {}
    claim = WarrantyClaim(
        customer=customer,
        currency=customer.currency or company().currency,
        claim_type=company().warranty_claim_types[0]["key"],
        draft_key=whole,
        created_by_id=by.id,
        created_by_name=by.name,
        **fields,
    )
    try:
        with transaction.atomic():
            claim.save(force_insert=True)
    except IntegrityError:
        if whole and (earlier := WarrantyClaim.objects.filter(draft_key=whole).first()):
            return earlier
        raise
    record(WarrantyClaimDrafted(claim.pk, follows.number if follows else ""), about=claim, by=by)
    return claim


@transaction.atomic
def save_draft(
    claim: WarrantyClaim,
    *,
    version: int,
    jobs: Sequence[JobDraft] | None = None,
    key: str = "",
    by: Actor,
    **fields: Any,
) -> WarrantyClaim:
    """Save a draft as it is now; of two who edit it, the second learns of the first's change (W14).

    The same `key` again, as whoever has not got the answer sends it, returns the draft as it is.

    Takes: `version`, the draft's version that was edited; `jobs`, all of them, where they are to change.
    Refuses: `draft_changed`, `not_a_draft`, `too_many_jobs`, `unknown_claim_type`.
    Records: nothing; what is submitted is.
    """
    require_claim(claim, MAKE_OWN_WARRANTY_CLAIMS, by=by)
    _refuse_unless_draft(claim)
    if key and claim.draft_saved_key == key:
        return claim
    if claim.draft_version != version:
        raise Refused(
            "draft_changed", _("Somebody else changed this draft meanwhile; nothing was overwritten.")
        )
    for name, value in _checked(fields).items():
        setattr(claim, name, value)
    if jobs is not None:
        _refuse_too_many(jobs)
        sums = write_jobs(claim, list(jobs))
        claim.claimed, claim.allowed = sums.claimed, sums.allowed
        first = jobs[0] if jobs else JobDraft()
        claim.failed_on, claim.complaint = first.failed_on, tidy(first.complaint)[:200]
        claim.causal_part = first.causal_part
    claim.draft_version += 1
    claim.draft_saved_by_name, claim.draft_saved_key = by.name, key[:LONGEST_KEY]
    claim.changed_at = now()
    claim.save()
    return claim


@transaction.atomic
def delete_draft(claim: WarrantyClaim, *, by: Actor) -> None:
    """Delete a draft that was never submitted; its trace stays.

    Refuses: `not_a_draft`.
    Records: WarrantyClaimDraftDeleted.
    """
    require_claim(claim, MAKE_OWN_WARRANTY_CLAIMS, by=by)
    _refuse_unless_draft(claim)
    record(WarrantyClaimDraftDeleted(claim.pk, claim.serial or "–"), about=claim, by=by)
    claim.delete()


@transaction.atomic
def submit_claim(claim: WarrantyClaim, *, key: str = "", by: Actor) -> WarrantyClaim:
    """Submit a draft: prices and the answer about cover are taken once more and frozen (W3, W4).

    The same `key` again returns the claim as it is.
    Refuses: `warranty_claims_off`, `incomplete`, and `warranty_claim_moved` for what was submitted otherwise.
    Records: WarrantyClaimSubmitted.
    """
    require_claim(claim, MAKE_OWN_WARRANTY_CLAIMS, by=by)
    refuse_off()
    whole = f"{claim.customer_id}/{key}"[:LONGEST_KEY] if key else None
    if whole and claim.submit_key == whole:
        return claim
    if claim.state != State.DRAFT:
        raise claim.refuse_move(State.SUBMITTED)
    jobs = drafts_of(claim)
    sums = write_jobs(claim, jobs)
    if not is_complete(checklist_of(claim, jobs)):
        raise Refused("incomplete", _("Something is still missing; the list says what."))
    number = f"W-{FIRST_NUMBER + next_number('warranty_claim')}"
    write_moved(
        claim,
        "submit",
        to=State.SUBMITTED,
        awaited=Awaited.US,
        number=number,
        number_folded=fold_number(number),
        submit_key=whole,
        submitted_at=now(),
        claimed=sums.claimed,
        allowed=sums.allowed,
        **_cover(claim, jobs[0], by),
    )
    fact = WarrantyClaimSubmitted(
        claim.pk, number, claim.serial, claim.verdict, claim.claimed, claim.currency
    )
    record(fact, about=claim, by=by)
    return claim


@transaction.atomic
def withdraw_claim(claim: WarrantyClaim, *, by: Actor) -> WarrantyClaim:
    """Take back a claim whose review has not begun.

    Refuses: what `refuse_move` says.
    Records: WarrantyClaimWithdrawn.
    """
    require_claim(claim, MAKE_OWN_WARRANTY_CLAIMS, by=by)
    write_closed(claim, "withdraw", by=by)
    record(WarrantyClaimWithdrawn(claim.pk, claim.number), about=claim, by=by)
    return claim


def _cover(claim: WarrantyClaim, first: JobDraft, by: Actor) -> dict[str, Any]:
    """The unit and the answer about its cover on the day of the first failure, to be frozen (W3)."""
    day = first.failed_on or today(company().time_zone)
    found = check_serial(claim.serial, failed_on=day, meter=first.meter, actor=by)
    return {
        "unit_id": found.unit_id,
        "product_id": found.product_id,
        "product_name": found.product_name,
        "coverage": found.as_json(),
        "verdict": found.answer.verdict,
    }


def _taken_over(follows: WarrantyClaim, customer: Customer) -> dict[str, Any]:
    if follows.state != State.CLOSED or follows.customer_id != customer.pk:
        raise Refused("not_closed", _("Only a closed claim of the same customer can be followed up."))
    return {"follows": follows, "serial": follows.serial, "serial_folded": fold_serial(follows.serial)}


def _checked(fields: dict[str, Any]) -> dict[str, Any]:
    if not fields.keys() <= FIELDS:
        raise TypeError(f"a draft has no {sorted(fields.keys() - FIELDS)}")
    if "claim_type" in fields:
        known = {each["key"] for each in company().warranty_claim_types}
        if fields["claim_type"] not in known:
            raise Refused("unknown_claim_type", _("There is no such type of claim."))
    return {name: tidy(value) for name, value in fields.items()}


def _refuse_unless_draft(claim: WarrantyClaim) -> None:
    if claim.state != State.DRAFT:
        raise Refused("not_a_draft", _("The claim %s was submitted already.") % claim.number)


def _refuse_too_many(jobs: Sequence[JobDraft]) -> None:
    if len(jobs) > MOST_JOBS or sum(len(job.lines) for job in jobs) > MOST_LINES:
        raise Refused(
            "too_many_jobs",
            _("A claim has at most %(jobs)d jobs and %(lines)d lines.")
            % {"jobs": MOST_JOBS, "lines": MOST_LINES},
        )
