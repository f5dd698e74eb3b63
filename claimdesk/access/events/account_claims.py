"""Events of account claims, in the past tense."""

from django.utils.translation import gettext_lazy as _

from claimdesk.access.models import AccountClaim
from claimdesk.ledger.event_types import event

DECISIONS = dict(AccountClaim.Decision.choices)


@event("account_claim.made", _("{user} asked for access to {customer}"), personal=("user",))
class AccountClaimMade:
    claim_id: int
    user: str
    customer: str
    probability: float


@event(
    "account_claim.approved",
    _("{actor} let {user} into {customer}"),
    personal=("user",),
    words={"decision": DECISIONS},
)
class AccountClaimApproved:
    """`decision` is how (AccountClaim.Decision); `has_access` tells whether the customer was Active."""

    claim_id: int
    user: str
    customer: str
    decision: str = "approved"
    has_access: bool = True


@event("account_claim.denied", _("{actor} denied {user} access to {customer}"), personal=("user", "words"))
class AccountClaimDenied:
    """`words` are what the applicant reads."""

    claim_id: int
    user: str
    customer: str
    words: str = ""


@event(
    "account_claim.undone",
    _("{actor} took back the decision on {user} and {customer}"),
    personal=("user",),
    words={"decision": DECISIONS},
)
class AccountClaimUndone:
    """`decision` is the one that was taken back (AccountClaim.Decision)."""

    claim_id: int
    user: str
    customer: str
    decision: str


@event("account_claim.asked", _("{actor} asked {user} for information"), personal=("user", "body"))
class AccountClaimAsked:
    claim_id: int
    user: str
    customer: str
    body: str


@event("account_claim.answered", _("{user} answered"), personal=("user", "body"))
class AccountClaimAnswered:
    claim_id: int
    user: str
    customer: str
    body: str


@event("account_claim.ticked", _("{actor} ticked “{line}”"))
class ChecklistTicked:
    claim_id: int
    line: str


@event("account_claim.unticked", _("{actor} took the tick from “{line}”"))
class ChecklistUnticked:
    claim_id: int
    line: str


@event(
    "account_claim.reminded",
    _("Staff were reminded that {user} waits for {customer}, and {others} more"),
    personal=("user",),
)
class AccountClaimReminded:
    """`hours` is how long it has waited, `others` how many more wait too long.

    `is_escalated` is set the second time, when those named in the settings hear of it too.
    """

    claim_id: int
    user: str
    customer: str
    hours: int
    others: int = 0
    is_escalated: bool = False
