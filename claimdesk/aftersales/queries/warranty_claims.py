"""Warranty claims, as far as the actor may see them (W6)."""

from datetime import datetime, timedelta

from django.db.models import QuerySet

from claimdesk.aftersales.models import ClaimEntry, ClaimJob, WarrantyClaim
from claimdesk.aftersales.permissions import (
    EDIT_WARRANTY_CLAIMS,
    MAKE_OWN_WARRANTY_CLAIMS,
    VIEW_OWN_WARRANTY_CLAIMS,
    VIEW_WARRANTY_CLAIMS,
)
from claimdesk.company.queries.company import company
from claimdesk.conversations.models import File
from claimdesk.kernel.actor import Actor
from claimdesk.kernel.clock import now
from claimdesk.ledger.models import subject_key
from claimdesk.orders.queries.scope import papers

State = WarrantyClaim.State
MOST_ALIKE = 20


def warranty_claims(actor: Actor) -> QuerySet[WarrantyClaim]:
    """Return the claims that `actor` may see: staff all but drafts, or their customers'; others their account's."""
    rows = papers(
        WarrantyClaim.objects.all(), actor, staff=VIEW_WARRANTY_CLAIMS, customers=VIEW_OWN_WARRANTY_CLAIMS
    )
    is_at_the_office = actor.is_staff and not actor.is_acting
    return rows.exclude(state=State.DRAFT) if is_at_the_office else rows


def may_comment(claim: WarrantyClaim, actor: Actor) -> bool:
    """Tell whether `actor` may comment on a claim that he sees: who works on it, on both sides, also when it is closed.

    Nobody at the other side sees a draft.
    """
    is_at_the_office = actor.is_staff and not actor.is_acting
    needed = EDIT_WARRANTY_CLAIMS if is_at_the_office else MAKE_OWN_WARRANTY_CLAIMS
    return claim.state != State.DRAFT and actor.may(needed)


def may_attach_files(claim: WarrantyClaim, actor: Actor) -> bool:
    """Tell whether `actor` may add files to a claim that he sees."""
    is_at_the_office = actor.is_staff and not actor.is_acting
    return actor.may(EDIT_WARRANTY_CLAIMS if is_at_the_office else MAKE_OWN_WARRANTY_CLAIMS)


def refuse_closed_claim(claim: WarrantyClaim) -> None:
    """Refuse: `warranty_claim_closed`."""
    if claim.state == State.CLOSED:
        raise claim.refuse_move(State.CLOSED)


def drafts_left_alone(*, since: datetime, limit: int, after: int = 0) -> list[WarrantyClaim]:
    """Return drafts that nobody has touched since that instant, by their keys; for timers (W16)."""
    rows = WarrantyClaim.objects.filter(state=State.DRAFT, changed_at__lte=since, pk__gt=after)
    return list(rows.select_related("customer").order_by("pk")[:limit])


def jobs_of(claim: WarrantyClaim) -> list[ClaimJob]:
    """Return a claim's jobs with their lines, in their order."""
    return list(ClaimJob.objects.filter(claim=claim).prefetch_related("lines").order_by("position"))


def entries_of(claim: WarrantyClaim) -> QuerySet[ClaimEntry]:
    """Return the claim's ledger of money, oldest first."""
    return ClaimEntry.objects.filter(claim=claim).order_by("id")


def alike(claim: WarrantyClaim) -> dict[WarrantyClaim, list[str]]:
    """Return the customer's other claims that may be the same, newest first, each with why (W4).

    Why: `same_part` of the same unit, `same_invoice`, `same_file`. Drafts are not among them.
    """
    others = WarrantyClaim.objects.filter(customer_id=claim.customer_id).exclude(pk=claim.pk)
    others = others.exclude(state=State.DRAFT).order_by("-pk")
    why: dict[WarrantyClaim, list[str]] = {}
    if claim.serial_folded and claim.causal_part:
        same = others.filter(serial_folded=claim.serial_folded, causal_part__iexact=claim.causal_part)
        for other in same[:MOST_ALIKE]:
            why.setdefault(other, []).append("same_part")
    if claim.invoice_number_folded:
        for other in others.filter(invoice_number_folded=claim.invoice_number_folded)[:MOST_ALIKE]:
            why.setdefault(other, []).append("same_invoice")
    if keys := _with_same_files(claim):
        for other in others.filter(pk__in=keys)[:MOST_ALIKE]:
            why.setdefault(other, []).append("same_file")
    return dict(sorted(why.items(), key=lambda each: -each[0].pk))


def earlier_claims_on(claim: WarrantyClaim) -> QuerySet[WarrantyClaim]:
    """Return the other claims on the same unit, whoever made them, newest first; for staff."""
    rows = WarrantyClaim.objects.exclude(pk=claim.pk).exclude(state=State.DRAFT).order_by("-pk")
    return rows.filter(unit_id=claim.unit_id) if claim.unit_id else rows.none()


def may_appeal(claim: WarrantyClaim) -> bool:
    """Tell whether the decision may still be appealed against (W11)."""
    if claim.was_appealed or claim.decided_at is None:
        return False
    return now() <= claim.decided_at + timedelta(days=company().appeal_days)


def has_photo(claim: WarrantyClaim) -> bool:
    """Tell whether a picture is among the claim's files."""
    pictures = File.objects.filter(
        subject=subject_key(claim), state__in=(File.State.READY, File.State.WAITING)
    )
    return pictures.filter(mime__startswith="image/").exists()


def _with_same_files(claim: WarrantyClaim) -> list[int]:
    """The keys of claims that bear a file of the same content as one of this claim's."""
    key = subject_key(claim)
    own = File.objects.filter(subject=key).exclude(state=File.State.REMOVED).values("digest")
    same = File.objects.filter(digest__in=own, subject__startswith="warranty_claim/").exclude(subject=key)
    subjects = same.exclude(state=File.State.REMOVED).values_list("subject", flat=True)[:MOST_ALIKE]
    return [int(subject.rpartition("/")[2]) for subject in subjects]
