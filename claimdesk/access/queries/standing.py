"""Where somebody stands who is not inside: what he asked for, and what it waits for (A56)."""

from dataclasses import dataclass

from claimdesk.access.models import AccountClaim, Membership, Onboarding
from claimdesk.access.queries.onboarding import onboarding_of
from claimdesk.customers.models import Customer
from claimdesk.people.models import User


@dataclass(frozen=True, slots=True)
class Standing:
    """What the waiting page says.

    `state` is one of: unverified, claim_pending, claim_denied, denied_before, account_new, account_admin,
    account_closed, removed,
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
    memberships = list(Membership.objects.filter(user=user).select_related("customer", "contact"))
    if state := _of_account([each for each in memberships if each.state == Membership.State.ACTIVE]):
        return Standing(state, onboarding)
    if claim is not None and claim.state == AccountClaim.State.DENIED:
        return Standing("claim_denied", onboarding, claim)
    if onboarding is not None and onboarding.outcome == Onboarding.Outcome.DENIED_BEFORE:
        return Standing("denied_before", onboarding)
    return Standing("removed" if memberships else "nothing", onboarding)


def _of_account(held: list[Membership]) -> str:
    """Return where the accounts of active memberships stand, read at one moment; nothing without any."""
    if any(_counts(each) for each in held):
        return "inside"
    states = {each.customer.state for each in held}
    if Customer.Status.ADMIN in states:
        return "account_admin"
    if Customer.Status.NEW in states:
        return "account_new"
    return "account_closed" if held else ""


def _counts(membership: Membership) -> bool:
    customer, contact = membership.customer, membership.contact
    is_open = customer.state == Customer.Status.ACTIVE and customer.merged_into_id is None
    return is_open and (contact is None or contact.is_enabled)
