"""Auto-approval looked at from the queue: who would have got in, and on what evidence (A54)."""

from dataclasses import dataclass

from claimdesk.access.models import AccountClaim
from claimdesk.access.queries.account_claims import account_claims
from claimdesk.access.queries.denials import was_denied
from claimdesk.access.queries.onboarding import evidence_held, is_enough
from claimdesk.company.models import Company
from claimdesk.company.queries.company import company
from claimdesk.customers.models import Customer
from claimdesk.kernel.actor import Actor

MOST = 200


@dataclass(frozen=True, slots=True)
class WouldGetIn:
    """A pending account claim, and whether its evidence would have let it in."""

    claim: AccountClaim
    held: str
    gets_in: bool


def who_would_get_in(evidence: str, *, actor: Actor) -> list[WouldGetIn]:
    """Return the pending account claims, those first that `evidence` would have let in at once; at most MOST."""
    pending = account_claims(actor).filter(state=AccountClaim.State.PENDING).order_by("created_at")[:MOST]
    seller = company()
    looked_at = [_look_at(claim, evidence, seller) for claim in pending]
    return sorted(looked_at, key=lambda each: not each.gets_in)


def _look_at(claim: AccountClaim, evidence: str, seller: Company) -> WouldGetIn:
    held = evidence_held(claim.user, claim.customer, seller=seller)
    may = not claim.is_ambiguous and claim.customer.state != Customer.Status.INACTIVE
    gets_in = may and is_enough(held, evidence) and not was_denied(claim.user, claim.customer)
    return WouldGetIn(claim, str(held.label), gets_in)
