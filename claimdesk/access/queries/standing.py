"""Where somebody stands who is not inside: what he asked for, and what it waits for (A56)."""

from dataclasses import dataclass

from claimdesk.access.models import AccountClaim, Membership, Onboarding
from claimdesk.access.queries.access import memberships_that_count
from claimdesk.access.queries.onboarding import onboarding_of
from claimdesk.customers.models import Customer
from claimdesk.people.models import User


@dataclass(frozen=True, slots=True)
class Standing:
    """What the waiting page says.

    `state` is one of: unverified, claim_pending, claim_denied, denied_before, account_new, account_closed, removed,
    nothing, or inside, for whom access was granted since the page began. `account_claim` is the latest one, if it is still what counts.
    """

    state: str
    onboarding: Onboarding | None = None
    account_claim: AccountClaim | None = None


def standing(user: User) -> Standing:
    """Return where `user` stands. It never names a customer whom he did not name himself (A32)."""
    onboarding = onboarding_of(user)
    claim = AccountClaim.objects.filter(user=user).order_by("-pk").first()
    if not user.is_verified:
        return Standing("unverified", onboarding)
    if claim is not None and claim.state == AccountClaim.State.PENDING:
        return Standing("claim_pending", onboarding, claim)
    held = Membership.objects.filter(user=user, state=Membership.State.ACTIVE)
    if any(memberships_that_count(user)):
        return Standing("inside", onboarding)
    if held.filter(customer__state__in=(Customer.Status.NEW, Customer.Status.ADMIN)).exists():
        return Standing("account_new", onboarding)
    if held.exists():
        return Standing("account_closed", onboarding)
    if claim is not None and claim.state == AccountClaim.State.DENIED:
        return Standing("claim_denied", onboarding, claim)
    if onboarding is not None and onboarding.outcome == Onboarding.Outcome.DENIED_BEFORE:
        return Standing("denied_before", onboarding)
    if Membership.objects.filter(user=user).exists():
        return Standing("removed", onboarding)
    return Standing("nothing", onboarding)
