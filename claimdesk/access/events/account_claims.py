"""Events of account claims, in the past tense."""

from django.utils.translation import gettext_lazy as _

from claimdesk.ledger.event_types import event


@event("account_claim.made", _("{user} asked for access to {customer}"), personal=("user",))
class AccountClaimMade:
    claim_id: int
    user: str
    customer: str
    probability: float


@event("account_claim.approved", _("{actor} let {user} into {customer}"), personal=("user",))
class AccountClaimApproved:
    claim_id: int
    user: str
    customer: str
    decision: str = "approved"


@event("account_claim.denied", _("{actor} denied {user} access to {customer}"), personal=("user",))
class AccountClaimDenied:
    claim_id: int
    user: str
    customer: str
