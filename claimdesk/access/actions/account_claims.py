"""Account claims: made, approved, denied, and decisions taken back."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from claimdesk.access.actions.writing import (
    DEFAULT_ROLES,
    cancel_reminders,
    set_reminders,
    settle_pending,
    write_membership,
    write_new_account,
)
from claimdesk.access.events.account_claims import (
    AccountClaimApproved,
    AccountClaimDenied,
    AccountClaimMade,
    AccountClaimUndone,
)
from claimdesk.access.models import AccountClaim, Membership
from claimdesk.access.permissions import DECIDE_ACCOUNT_CLAIMS
from claimdesk.access.queries.deciding import (
    held,
    hold,
    hold_pending,
    refuse_unless_may_enter,
    refuse_unless_theirs,
    refuse_unless_undoable,
    refuse_unless_verified,
    survivor,
)
from claimdesk.access.queries.denials import was_denied
from claimdesk.company.queries.company import company
from claimdesk.customers.matching.writing import reindex
from claimdesk.customers.models import Contact, Customer
from claimdesk.customers.search.index import forget_contact
from claimdesk.kernel.actor import Actor
from claimdesk.kernel.clock import now
from claimdesk.kernel.move import move
from claimdesk.kernel.refused import NotAllowed, Refused
from claimdesk.kernel.text import same_mailbox
from claimdesk.ledger.record import record
from claimdesk.people.models import User

__all__ = [
    "approve_account_claim",
    "approve_with_new_customer",
    "deny_account_claim",
    "make_account_claim",
    "settle_pending",
    "undo_decision",
]


@transaction.atomic
def make_account_claim(
    user: User,
    *,
    customer: Customer,
    requested: Mapping[str, str] | None = None,
    evidence: Sequence[Mapping[str, Any]] = (),
    candidates: Sequence[Mapping[str, Any]] = (),
    probability: float = 0.0,
    is_ambiguous: bool = False,
    is_proved: bool = False,
    by: Actor,
) -> AccountClaim:
    """Ask for `user` to belong to `customer`; the pending one if he already asks (A5, A52).

    Takes: `requested`, what he typed, named as the fields of onboarding; `evidence` and `candidates` as
    AccountClaim keeps them; `probability` from 0 to 1.
    Refuses: `not_verified`, `denied_before`, `already_member`.
    Records: AccountClaimMade.
    """
    _require_own(user, by)
    customer = survivor(customer)
    _refuse_unless_may_ask(user, customer)
    fields = {
        "requested": dict(requested or {}),
        "evidence": list(evidence),
        "candidates": list(candidates),
        "probability": probability,
        "is_ambiguous": is_ambiguous,
        "is_proved": is_proved,
        "mailbox": same_mailbox(user.email),
    }
    claim, is_made = _pending_or_new(user, customer, fields)
    if is_made:
        record(
            AccountClaimMade(claim.pk, user=user.name, customer=customer.name, probability=probability),
            about=claim,
            by=by,
        )
    return claim


@transaction.atomic
def approve_account_claim(
    claim: AccountClaim,
    *,
    customer: Customer | None = None,
    roles: Iterable[str] = DEFAULT_ROLES,
    note: str = "",
    by: Actor,
) -> Membership:
    """Let the claimant act for `customer`, by default the one asked for (A44, A46).

    All is checked again at this moment, under lock (A53). Somebody who is a member already stays as he is.
    Refuses: `already_decided`, `own_claim`, `not_your_customer`, `not_verified`, `customer_inactive`.
    Records: AccountClaimApproved.
    """
    by.require(DECIDE_ACCOUNT_CLAIMS)
    hold_pending(claim, also=("user", "customer"))
    refuse_unless_theirs(claim, by)
    asked_for = survivor(claim.customer)
    customer = survivor(customer or asked_for)
    customer = claim.customer if customer.pk == claim.customer_id else held(customer)
    refuse_unless_verified(claim.user)
    refuse_unless_may_enter(customer, by)
    is_other = customer.pk != asked_for.pk
    decision = AccountClaim.Decision.OTHER_CUSTOMER if is_other else AccountClaim.Decision.APPROVED
    _decide(claim, decision, customer=customer, note=note, by=by)
    membership = Membership.objects.filter(
        user_id=claim.user_id, customer=customer, state=Membership.State.ACTIVE
    ).first()
    if membership is None:
        membership = write_membership(
            claim.user, customer, roles=roles, granted=Membership.Granted.ACCOUNT_CLAIM, by=by
        )
    if customer.pk != claim.customer_id:
        settle_pending(claim.user, customer, by)
    _record_approval(claim, by=by)
    return membership


@transaction.atomic
def approve_with_new_customer(claim: AccountClaim, *, note: str = "", by: Actor) -> Customer:
    """Make the claimant a new customer of what he typed, with him as its first manager (A46).

    Its status follows the setting for new accounts (A14), as if nothing had matched (A6).
    Refuses: `already_decided`, `own_claim`, `not_your_customer`, `not_verified`.
    Records: AccountClaimApproved.
    """
    by.require(DECIDE_ACCOUNT_CLAIMS)
    hold_pending(claim, also=("user",))
    refuse_unless_theirs(claim, by)
    refuse_unless_verified(claim.user)
    decided_at = now()
    customer = write_new_account(
        claim.user,
        claim.requested,
        seller=company(),
        representative_id=by.id if by.only_own_customers else None,
        by=by,
    )
    _decide(claim, AccountClaim.Decision.NEW_CUSTOMER, customer=customer, note=note, at=decided_at, by=by)
    _record_approval(claim, by=by)
    return customer


@transaction.atomic
def deny_account_claim(claim: AccountClaim, *, words: str = "", note: str = "", by: Actor) -> AccountClaim:
    """Keep the claimant out of the customer; he stays an active user (A45).

    Takes: `words`, which the applicant reads; `note`, which only staff read (A48).
    Refuses: `already_decided`, `own_claim`, `not_your_customer`.
    Records: AccountClaimDenied.
    """
    by.require(DECIDE_ACCOUNT_CLAIMS)
    hold_pending(claim)
    refuse_unless_theirs(claim, by)
    _decide(claim, AccountClaim.Decision.DENIED, customer=None, note=note, words=words, by=by)
    record(
        AccountClaimDenied(claim.pk, user=claim.user.name, customer=claim.customer.name, words=words),
        about=claim,
        by=by,
    )
    return claim


@transaction.atomic
def undo_decision(claim: AccountClaim, *, by: Actor) -> AccountClaim:
    """Take a decision of the last 30 minutes back: Pending again, the access it gave withdrawn at once (A55).

    A customer that the decision made becomes Inactive, unless others belong to it by now.
    Refuses: `not_decided`, `too_late_to_undo`, `not_undoable`, `pending_again`, `own_claim`,
    `not_your_customer`.
    Records: AccountClaimUndone.
    """
    by.require(DECIDE_ACCOUNT_CLAIMS)
    hold(claim)
    refuse_unless_undoable(claim, by)
    decision, decided_customer, decided_at = claim.decision, claim.decided_customer, claim.decided_at
    move(
        claim,
        to=AccountClaim.State.PENDING,
        expect=(claim.state,),
        decision=AccountClaim.Decision.NONE,
        decided_customer=None,
        decided_by_id=None,
        decided_by_name="",
        decided_at=None,
        changed_at=now(),
    )
    set_reminders(claim, seller=company())
    if decided_customer and decided_at:
        _withdraw(claim.user_id, decided_customer, since=decided_at)
        if decision == AccountClaim.Decision.NEW_CUSTOMER:
            _close_new_customer(decided_customer)
    record(
        AccountClaimUndone(claim.pk, user=claim.user.name, customer=claim.customer.name, decision=decision),
        about=claim,
        by=by,
    )
    return claim


def _pending_or_new(user: User, customer: Customer, fields: dict[str, Any]) -> tuple[AccountClaim, bool]:
    pending = AccountClaim.objects.filter(user=user, customer=customer, state=AccountClaim.State.PENDING)
    claim = pending.first()
    if claim:
        return claim, False
    try:
        with transaction.atomic():
            claim = AccountClaim.objects.create(user=user, customer=customer, **fields)
    except IntegrityError:
        return pending.get(), False
    set_reminders(claim, seller=company())
    return claim, True


def _decide(
    claim: AccountClaim,
    decision: str,
    *,
    customer: Customer | None,
    note: str,
    words: str = "",
    at: datetime | None = None,
    by: Actor,
) -> None:
    """Move the claim out of Pending; of two rivals one gets through (A52)."""
    at = at or now()
    is_denial = decision == AccountClaim.Decision.DENIED
    move(
        claim,
        to=AccountClaim.State.DENIED if is_denial else AccountClaim.State.APPROVED,
        decision=decision,
        decided_customer=customer,
        decided_by_id=by.id,
        decided_by_name=by.name,
        decided_at=at,
        note=note.strip(),
        words=words.strip(),
        awaiting=AccountClaim.Awaiting.STAFF,
        changed_at=at,
    )
    cancel_reminders(claim)


def _record_approval(claim: AccountClaim, *, by: Actor) -> None:
    customer = claim.decided_customer or claim.customer
    record(
        AccountClaimApproved(
            claim.pk,
            user=claim.user.name,
            customer=customer.name,
            decision=claim.decision,
            has_access=customer.state == Customer.Status.ACTIVE,
        ),
        about=claim,
        customer=customer,
        by=by,
    )


def _require_own(user: User, by: Actor) -> None:
    if by.kind != "system" and by.id != user.pk:
        raise NotAllowed("access.make_account_claim")


def _refuse_unless_may_ask(user: User, customer: Customer) -> None:
    if not (user.is_active and user.is_verified):
        raise Refused("not_verified", _("The e-mail address is not verified yet."))
    if was_denied(user, customer):
        raise Refused("denied_before", _("This was denied before. Please ask the seller."))
    if Membership.objects.filter(user=user, customer=customer, state=Membership.State.ACTIVE).exists():
        raise Refused("already_member", _("You already belong to this account."))


def _withdraw(user_id: int, customer: Customer, *, since: datetime) -> None:
    """End the membership that a decision gave; one that was there before, or came otherwise, stays.

    The contact that it put on file goes too: else the next decision would take it for evidence.
    """
    given = Membership.objects.filter(
        user_id=user_id,
        customer=customer,
        state=Membership.State.ACTIVE,
        granted__in=(Membership.Granted.ACCOUNT_CLAIM, Membership.Granted.FIRST_MANAGER),
        since__gte=since,
    ).first()
    if given is None:
        return
    Membership.objects.filter(pk=given.pk).update(
        state=Membership.State.REMOVED, ended_at=now(), contact=None
    )
    put_on_file = Contact.objects.filter(pk=given.contact_id or 0, created_at__gte=since).first()
    if put_on_file is not None:
        forget_contact(put_on_file.pk)
        put_on_file.delete()
        reindex([customer.pk])


def _close_new_customer(customer: Customer) -> None:
    """Close the customer that the decision made, and free its address for another try."""
    if Membership.objects.filter(customer=customer, state=Membership.State.ACTIVE).exists():
        return
    Customer.objects.filter(pk=customer.pk).update(
        state=Customer.Status.INACTIVE, email="", state_changed_at=now(), updated_at=now()
    )
    reindex([customer.pk])
