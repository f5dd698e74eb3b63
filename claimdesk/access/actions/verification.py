"""Verification: who knows three facts of an account may become one of its people (A20-A25)."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from claimdesk.access.actions.account_claims import make_account_claim
from claimdesk.access.actions.writing import settle_pending, write_membership
from claimdesk.access.events.verification import (
    VerificationConnected,
    VerificationFailed,
    VerificationNeedsReview,
    VerificationPassed,
)
from claimdesk.access.models import AccountClaim, ConnectionRight, Membership
from claimdesk.access.queries.belonging import refuse_staff
from claimdesk.access.queries.denials import was_denied
from claimdesk.access.queries.verification import check_facts
from claimdesk.company.models import Company
from claimdesk.company.queries.company import company
from claimdesk.company.queries.registration import new_user_is_open
from claimdesk.customers.models import Customer
from claimdesk.kernel import tokens
from claimdesk.kernel.actor import Actor
from claimdesk.kernel.clock import now
from claimdesk.kernel.refused import Refused
from claimdesk.ledger.record import record
from claimdesk.people.models import User

RIGHT_LASTS = timedelta(minutes=15)
PROVED = 0.99  # how sure a claim is that rests on three right facts; a person still decides
ACCESS, ACCOUNT_CLAIM, NOTHING = "access", "account_claim", "nothing"


@transaction.atomic
def verify_facts(
    *, number: str, postcode: str, invoice: str, session_digest: str, address: str, by: Actor
) -> ConnectionRight | None:
    """Give the right to go on, for this session and this account, to who names three right facts.

    The caller has counted the attempt. Each use of the facts is kept.
    Takes: `address`, the client's network address, for the record.
    Returns: None when any fact is wrong, or when the account has nothing to prove it by, which staff are told.
    Refuses: `registration_closed`.
    Records: VerificationPassed, VerificationFailed or VerificationNeedsReview; one of them for an unknown number
    too, that it may take as long as a known one.
    """
    if not new_user_is_open():
        raise Refused("registration_closed", _("New contacts cannot be made at present."))
    facts = check_facts(number=number, postcode=postcode, invoice=invoice)
    if facts.customer is None:
        record(VerificationFailed(customer_id=None, customer="–", address=address), about=company(), by=by)
        return None
    known: dict[str, Any] = {
        "customer_id": facts.customer.pk,
        "customer": facts.customer.name,
        "address": address,
    }
    if not facts.is_proved:
        needs_review = VerificationNeedsReview(missing=facts.missing, **known) if facts.missing else None
        record(needs_review or VerificationFailed(**known), about=facts.customer, by=by)
        return None
    record(VerificationPassed(invoice=invoice, **known), about=facts.customer, by=by)
    return ConnectionRight.objects.create(
        customer=facts.customer,
        session_digest=session_digest,
        nonce=tokens.new_nonce(),
        invoice_number=invoice,
        expires_at=now() + RIGHT_LASTS,
    )


@transaction.atomic
def use_right(right: ConnectionRight, *, by: Actor) -> Customer:
    """Use the right up and return its account.

    Refuses: `right_used`.
    Records: nothing; its callers do.
    """
    unused = ConnectionRight.objects.filter(pk=right.pk, used_at=None, expires_at__gt=now())
    if not unused.update(used_at=now()):
        raise Refused("right_used", _("This form has been used or is too old. Please begin again."))
    return right.customer


@transaction.atomic
def connect_with_right(user: User, *, right: ConnectionRight, by: Actor) -> str:
    """Connect somebody who is signed in already.

    Refuses: `right_used`, `staff_cannot_belong`.
    Records: what `connect_user` records.
    """
    by.require_self(user.pk)
    return connect_user(user, customer=use_right(right, by=by), invoice=right.invoice_number, by=by)


@transaction.atomic
def connect_user(user: User, *, customer: Customer, invoice: str = "", by: Actor) -> str:
    """Give a verified user what three right facts give: access, or a claim with strong evidence (A24).

    Access needs an Active account, now; any other makes a claim, for review. An earlier denial stands (A47).
    Returns: "access", "account_claim" or "nothing".
    Refuses: `staff_cannot_belong`.
    Records: VerificationConnected.
    """
    refuse_staff(user)
    customer = Customer.objects.select_related("merged_into").get(pk=customer.pk)
    customer = customer.merged_into or customer
    gave, claim = _give(user, customer, by=by)
    record(
        VerificationConnected(
            user_id=user.pk,
            user=user.name,
            customer_id=customer.pk,
            customer=customer.name,
            invoice=invoice,
            gave=gave,
            account_claim_id=claim.pk if claim else None,
        ),
        about=customer,
        user=user,
        by=by,
    )
    return gave


def _give(user: User, customer: Customer, *, by: Actor) -> tuple[str, AccountClaim | None]:
    if Membership.objects.filter(user=user, customer=customer, state=Membership.State.ACTIVE).exists():
        return ACCESS, None
    if was_denied(user, customer):
        return NOTHING, None
    gives_access = company().verification_gives == Company.VerificationGives.ACCESS
    if gives_access and customer.state == Customer.Status.ACTIVE:
        write_membership(user, customer, granted=Membership.Granted.VERIFICATION, by=by)
        settle_pending(user, customer, by)
        return ACCESS, None
    claim = make_account_claim(
        user,
        customer=customer,
        requested={},
        evidence=[],
        candidates=[],
        probability=PROVED,
        is_ambiguous=False,
        is_proved=True,
        by=by,
    )
    return ACCOUNT_CLAIM, claim
