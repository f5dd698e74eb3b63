"""Onboarding: what a new user says of his organization decides where he belongs (A2, A4-A6)."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from claimdesk.access.actions.account_claims import make_account_claim
from claimdesk.access.actions.writing import settle_pending, write_membership, write_new_account
from claimdesk.access.events.onboarding import (
    OnboardingClaimed,
    OnboardingCustomerMade,
    OnboardingDeniedBefore,
    OnboardingLinked,
)
from claimdesk.access.models import Membership, Onboarding
from claimdesk.access.queries.denials import was_denied
from claimdesk.access.queries.onboarding import evidence_held, is_enough
from claimdesk.company.models import Company
from claimdesk.company.queries.company import company
from claimdesk.customers.matching.candidates import Candidate, candidates, is_ambiguous, plausible
from claimdesk.customers.matching.certain import certain
from claimdesk.customers.matching.records import Newcomer
from claimdesk.customers.models import Customer
from claimdesk.kernel.actor import Actor
from claimdesk.kernel.clock import now
from claimdesk.kernel.refused import Refused
from claimdesk.ledger.record import record

FIELDS = (
    "kind",
    "organization",
    "tax_number",
    "street",
    "postcode",
    "town",
    "country",
    "phone",
    "website",
)


@transaction.atomic
def save_onboarding(onboarding: Onboarding, *, fields: dict[str, Any], by: Actor) -> bool:
    """Keep what was typed so far; nothing follows from it (A2).

    Takes: `fields`, any of FIELDS.
    Returns: False when it was submitted meanwhile, and nothing was kept.
    Records: nothing.
    """
    by.require_self(onboarding.user_id)
    _check_names(fields)
    kept = Onboarding.objects.filter(pk=onboarding.pk, submitted_at=None).update(**fields)
    onboarding.refresh_from_db()
    return bool(kept)


@transaction.atomic
def submit_onboarding(
    onboarding: Onboarding, *, fields: Mapping[str, Any] | None = None, by: Actor
) -> Onboarding:
    """Match the organization and link, claim, or make a new account; a second submission changes nothing.

    A match is a customer whom the matcher holds plausible, that is likelier one organization than not; below
    that, a clerk would read more false claims than true ones, and a real colleague can still verify by three
    facts or be invited.
    Takes: `fields`, any of FIELDS, what was typed last and is kept with the submission.
    Refuses: `not_verified`, `incomplete`.
    Records: OnboardingLinked, OnboardingClaimed, OnboardingCustomerMade or OnboardingDeniedBefore.
    """
    by.require_self(onboarding.user_id)
    typed = dict(fields or {})
    _check_names(typed)
    user = onboarding.user
    if not user.is_verified:
        raise Refused("not_verified", _("Verify your e-mail address first."))
    for name, value in typed.items():
        setattr(onboarding, name, value)
    if onboarding.kind == Onboarding.Kind.BUSINESS and not onboarding.organization:
        raise Refused("incomplete", _("Tell us the name of your organization."))
    onboarding.submitted_at = typed["submitted_at"] = now()
    if not Onboarding.objects.filter(pk=onboarding.pk, submitted_at=None).update(**typed):
        onboarding.refresh_from_db()
        return onboarding
    seller = company()
    found = candidates(_newcomer(onboarding))
    matches = plausible(found)
    if matches:
        _settle_match(onboarding, found, matches, seller=seller, by=by)
    else:
        _make_customer(onboarding, found, seller=seller, by=by)
    return onboarding


def _check_names(fields: Iterable[str]) -> None:
    if unknown := set(fields) - set(FIELDS):
        raise ValueError(f"not of the onboarding: {unknown}")


def _newcomer(onboarding: Onboarding) -> Newcomer:
    fields = {name: getattr(onboarding, name) for name in FIELDS if name not in ("kind", "organization")}
    return Newcomer(
        name=onboarding.organization or onboarding.user.name, email=onboarding.user.email, **fields
    )


def _settle_match(
    onboarding: Onboarding,
    found: list[Candidate],
    matches: list[Candidate],
    *,
    seller: Company,
    by: Actor,
) -> None:
    """Link at once if the seller wants that and the evidence suffices; else ask a clerk, unless one said no."""
    user = onboarding.user
    customer = Customer.objects.get(pk=matches[0].customer_id)
    held = evidence_held(user, customer, seller=seller)
    denied = was_denied(user, customer)
    reason = "denied_before" if denied else _reason(customer, found, held, seller)
    explanation = _explain(found, reason=reason) | {
        "customer_id": customer.pk,
        "auto_approve": seller.auto_approve,
        "evidence_asked": seller.auto_approve_evidence,
        "evidence_held": str(held),
    }
    if reason == "evidence_held":
        _link(onboarding, customer, explanation, by=by)
    elif reason == "denied_before":
        _finish(onboarding, Onboarding.Outcome.DENIED_BEFORE, explanation)
        fact = OnboardingDeniedBefore(user_id=user.pk, user=user.name, customer_id=customer.pk)
        record(fact, about=onboarding, by=by)
    else:
        _claim(onboarding, customer, found, explanation, by=by)


def _reason(customer: Customer, found: list[Candidate], held: str, seller: Company) -> str:
    """Return why nobody is linked without a clerk, or that the evidence is held (A9, A32, A34)."""
    if not seller.auto_approve:
        return "auto_approve_off"
    if is_ambiguous(found):
        return "ambiguous"
    if customer.state == Customer.Status.INACTIVE:
        return "inactive"
    if not is_enough(held, seller.auto_approve_evidence):
        return "evidence_missing"
    return "evidence_held" if _is_certain(found, seller) else "uncertain"


def _is_certain(found: list[Candidate], seller: Company) -> bool:
    """Name alone asks for no more than a match (A4, A9); all other evidence for a certain one."""
    if seller.auto_approve_evidence == Company.Evidence.NAME_ALONE:
        return True
    return certain(found, least=seller.auto_approve_from / 100) is not None


def _link(onboarding: Onboarding, customer: Customer, explanation: dict[str, Any], *, by: Actor) -> None:
    user = onboarding.user
    write_membership(user, customer, granted=Membership.Granted.AUTO_APPROVAL, by=by)
    settle_pending(user, customer, by)
    _finish(onboarding, Onboarding.Outcome.LINKED, explanation)
    fact = OnboardingLinked(
        user_id=user.pk,
        user=user.name,
        customer_id=customer.pk,
        customer=customer.name,
        evidence=explanation["evidence_held"],
    )
    record(fact, about=onboarding, customer=customer, by=by)


def _claim(
    onboarding: Onboarding,
    customer: Customer,
    found: list[Candidate],
    explanation: dict[str, Any],
    *,
    by: Actor,
) -> None:
    best, *others = found
    claim = make_account_claim(
        onboarding.user,
        customer=customer,
        requested={name: getattr(onboarding, name) for name in FIELDS},
        evidence=[reason.as_json() for reason in best.reasons],
        candidates=[_as_json(candidate) for candidate in others],
        probability=best.probability,
        is_ambiguous=is_ambiguous(found),
        is_proved=False,
        by=by,
    )
    _finish(onboarding, Onboarding.Outcome.ACCOUNT_CLAIM, explanation | {"account_claim_id": claim.pk})
    fact = OnboardingClaimed(user_id=onboarding.user_id, user=onboarding.user.name, account_claim_id=claim.pk)
    record(fact, about=onboarding, by=by)


def _make_customer(onboarding: Onboarding, found: list[Candidate], *, seller: Company, by: Actor) -> None:
    user = onboarding.user
    requested = {name: getattr(onboarding, name) for name in FIELDS}
    customer = write_new_account(user, requested, seller=seller, by=by)
    explanation = _explain(found, reason="no_match") | {"customer_id": customer.pk}
    _finish(onboarding, Onboarding.Outcome.NEW_CUSTOMER, explanation)
    fact = OnboardingCustomerMade(
        user_id=user.pk,
        user=user.name,
        customer_id=customer.pk,
        customer=customer.name,
        number=customer.number,
        status=customer.state,
    )
    record(fact, about=onboarding, customer=customer, by=by)


def _finish(onboarding: Onboarding, outcome: str, explanation: dict[str, Any]) -> None:
    onboarding.outcome, onboarding.explanation = outcome, explanation
    onboarding.save(update_fields=["outcome", "explanation"])


def _explain(found: list[Candidate], *, reason: str) -> dict[str, Any]:
    """Return why it came so, for Explain access (A51)."""
    return {"reason": reason, "candidates": [_as_json(candidate) for candidate in found]}


def _as_json(candidate: Candidate) -> dict[str, Any]:
    return {
        "customer_id": candidate.customer_id,
        "probability": round(candidate.probability, 4),
        "likeness": round(candidate.likeness, 4),
        "reasons": [reason.as_json() for reason in candidate.reasons],
    }
