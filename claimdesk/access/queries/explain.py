"""Explain access (A51): why can, or can't, this person see this account? And why is there no claim?"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from claimdesk.access.models import AccountClaim, Membership, Onboarding
from claimdesk.access.queries.access import memberships_that_count
from claimdesk.access.queries.denials import denials_of
from claimdesk.customers.models import Customer
from claimdesk.kernel import dates
from claimdesk.kernel.percent import percent
from claimdesk.people.models import User


@dataclass(frozen=True, slots=True)
class Condition:
    """One of the conditions of access (A80). `mend` says what to do where it does not hold."""

    code: str
    sentence: str
    holds: bool
    mend: str = ""


@dataclass(frozen=True)
class Explanation:
    """Whether `user` can see `customer` now, by which conditions, and what happened on the way there."""

    user: User
    customer: Customer
    has_access: bool
    conditions: list[Condition]
    membership: Membership | None
    claims: list[AccountClaim]
    history: list[str]


def explain_access(user: User, customer: Customer) -> Explanation:
    """Return the conditions of access one by one, and why a claim was made or not."""
    membership = Membership.objects.select_related("contact").filter(user=user, customer=customer).first()
    claims = list(
        AccountClaim.objects.filter(user=user)
        .select_related("customer", "decided_customer", "user")
        .order_by("-pk")[:50]
    )
    return Explanation(
        user=user,
        customer=customer,
        has_access=memberships_that_count(user).filter(customer=customer).exists(),
        conditions=list(_conditions(user, customer, membership)),
        membership=membership,
        claims=[claim for claim in claims if _is_about(claim, customer)],
        history=list(_history(user, customer, claims)),
    )


def _is_about(claim: AccountClaim, customer: Customer) -> bool:
    return customer.pk in (claim.customer_id, claim.decided_customer_id, claim.customer.merged_into_id)


def _conditions(user: User, customer: Customer, membership: Membership | None) -> Iterator[Condition]:
    yield Condition(
        "user_active", _("The user is active"), user.is_active, _("Enable the user in User management.")
    )
    yield Condition(
        "verified",
        _("The e-mail address is verified"),
        user.is_verified,
        _("Send the user a link: following it verifies the address."),
    )
    is_member = membership is not None and membership.state == Membership.State.ACTIVE
    yield Condition("member", _membership_words(membership), is_member, _mend_membership(membership))
    if membership is not None and membership.contact is not None:
        yield Condition(
            "contact_enabled",
            _("The contact on file is enabled"),
            membership.contact.is_enabled,
            _("Enable the contact at the customer."),
        )
    is_customer_active = customer.state == Customer.Status.ACTIVE
    status = {"status": customer.get_state_display()}
    yield Condition(
        "customer_active",
        _("The customer is Active")
        if is_customer_active
        else _("The customer is Active (it is %(status)s)") % status,
        is_customer_active,
        _("Make the customer Active."),
    )
    if customer.merged_into is not None:
        survivor = {"survivor": customer.merged_into.name, "number": customer.merged_into.number}
        yield Condition(
            "not_merged",
            _("The customer has not been merged into another"),
            False,
            _("It lives on in %(survivor)s (%(number)s): link the user to that one.") % survivor,
        )


def _membership_words(membership: Membership | None) -> str:
    if membership is None:
        return _("The user belongs to this customer")
    names = {"how": membership.get_granted_display(), "by": membership.granted_by_name or "–"}
    if membership.state == Membership.State.ACTIVE:
        return _("The user belongs to this customer (%(how)s, by %(by)s)") % names
    return _("The user belongs to this customer (did: %(how)s, by %(by)s)") % names


def _mend_membership(membership: Membership | None) -> str:
    if membership is None:
        return _("Approve a claim, or link the user by hand in User management.")
    day = dates.day(membership.ended_at) or "–"
    return _("The access ended on %(day)s. Link the user again in User management.") % {"day": day}


def _history(user: User, customer: Customer, claims: list[AccountClaim]) -> Iterator[str]:
    """Yield why there is a claim on this customer, or why there is none."""
    about = [claim for claim in claims if _is_about(claim, customer)]
    if about:
        yield from (_claim_words(claim) for claim in about)
    else:
        yield _("There is no claim of this user on this customer.")
    if user.is_staff:
        yield _("The user is staff; staff make no claims.")
        return
    onboarding = Onboarding.objects.filter(user=user).first()
    if onboarding is None and not about:
        yield _("The user was made by staff or invited: such users make no claim.")
    elif onboarding is not None and onboarding.submitted_at is None:
        yield _("The user has not finished onboarding, so nothing has been matched yet.")
    elif onboarding is not None:
        yield from _onboarding_words(onboarding, customer)
    elsewhere = denials_of(user).exclude(user=user).select_related("user").first()
    if elsewhere is not None:
        yield _("Another user with the same mailbox, %(username)s, was denied before.") % {
            "username": elsewhere.user.username
        }


def _claim_words(claim: AccountClaim) -> str:
    names = {
        "asked": dates.day(claim.created_at),
        "by": claim.decided_by_name or "–",
        "on": dates.day(claim.decided_at) or "–",
        "how": claim.get_decision_display(),
    }
    if claim.is_pending:
        return _("A claim of %(asked)s is pending: staff have not decided yet.") % names
    return _("A claim of %(asked)s was decided by %(by)s on %(on)s: %(how)s.") % names


def _onboarding_words(onboarding: Onboarding, customer: Customer) -> Iterator[str]:
    """Yield what onboarding came to, with the settings and the candidates of that day."""
    told: dict[str, Any] = onboarding.explanation or {}
    day = dates.day(onboarding.submitted_at) or "–"
    yield _("Onboarding of %(day)s as “%(organization)s” ended with: %(outcome)s.") % {
        "day": day,
        "organization": onboarding.organization or onboarding.user.name,
        "outcome": onboarding.get_outcome_display() or "–",
    }
    words = _reason_words(told)
    if words:
        yield words
    if "candidates" in told:
        yield _candidate_words(told["candidates"], customer)


def _reason_words(told: dict[str, Any]) -> str:
    reasons = {
        "no_match": _("What was typed matched no customer on file, so a new one was made and no claim."),
        "denied_before": _("It matched, but this person had been denied there before: no claim was made."),
        "auto_approve_off": _("Auto Approve Users was off, so the match became a claim."),
        "ambiguous": _(
            "Auto Approve Users was on, but more than one customer was plausible: a claim was made."
        ),
        "inactive": _("The matching customer was Inactive: it is matched for review only."),
        "evidence_missing": _(
            "Auto Approve Users was on and asked for %(asked)s; the user had %(held)s only: a claim was made."
        ),
        "uncertain": _(
            "Auto Approve Users was on and the user had %(held)s, but the match left doubt: a claim was made."
        ),
        "evidence_held": _(
            "Auto Approve Users was on and asked for %(asked)s; the user had %(held)s: linked at once, no claim."
        ),
    }
    names = {
        "asked": str(told.get("evidence_asked", "–")).replace("_", " "),
        "held": str(told.get("evidence_held", "–")).replace("_", " "),
    }
    return reasons.get(told.get("reason", ""), "") % names if told.get("reason") in reasons else ""


def _candidate_words(candidates: list[dict[str, Any]], customer: Customer) -> str:
    for rank, candidate in enumerate(candidates, start=1):
        if candidate["customer_id"] == customer.pk:
            return _("This customer was candidate %(rank)s of %(all)s, at %(percent)s.") % {
                "rank": rank,
                "all": len(candidates),
                "percent": percent(round(candidate["probability"] * 100)),
            }
    return _("This customer was not among the %(all)s candidates that the matcher found.") % {
        "all": len(candidates)
    }
