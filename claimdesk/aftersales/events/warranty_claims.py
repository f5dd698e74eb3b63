"""Events of warranty claims, in the past tense (W7)."""

from django.utils.translation import gettext_lazy as _

from claimdesk.aftersales.models import ClaimEntry, WarrantyClaim
from claimdesk.ledger.event_types import event

STATES = dict(WarrantyClaim.State.choices)
CLOSINGS = dict(WarrantyClaim.Closing.choices)
METHODS = dict(ClaimEntry.Method.choices)


@event("warranty_claim.drafted", _("{actor} began a warranty claim"))
class WarrantyClaimDrafted:
    claim_id: int
    follows: str


@event("warranty_claim.draft_deleted", _("{actor} deleted the draft of a warranty claim for {serial}"))
class WarrantyClaimDraftDeleted:
    claim_id: int
    serial: str


@event(
    "warranty_claim.draft_warned",
    _("{actor} warned that the draft of a claim for {serial} ends in seven days"),
)
class WarrantyClaimDraftWarned:
    claim_id: int
    serial: str


@event("warranty_claim.submitted", _("{actor} submitted the claim {number}"))
class WarrantyClaimSubmitted:
    claim_id: int
    number: str
    serial: str
    verdict: str
    claimed: int
    currency: str


@event("warranty_claim.withdrawn", _("{actor} withdrew the claim {number}"))
class WarrantyClaimWithdrawn:
    claim_id: int
    number: str


@event("warranty_claim.taken", _("{actor} took the claim {number} into review"))
class WarrantyClaimTaken:
    claim_id: int
    number: str


@event("warranty_claim.assigned", _("{actor} gave the claim {number} to {agent}"), personal=("agent",))
class WarrantyClaimAssigned:
    claim_id: int
    number: str
    agent: str


@event("warranty_claim.asked", _("{actor} asked about the claim {number}"))
class WarrantyClaimAsked:
    claim_id: int
    number: str
    message_id: int


@event("warranty_claim.answered", _("{actor} answered about the claim {number}"))
class WarrantyClaimAnswered:
    claim_id: int
    number: str
    message_id: int


@event("warranty_claim.reminded", _("A reminder of the question about the claim {number} was due"))
class WarrantyClaimReminded:
    claim_id: int
    number: str
    days: int


@event(
    "warranty_claim.proposed",
    _("{actor} decided the claim {number}, above the limit: a second person is asked"),
)
class WarrantyClaimProposed:
    claim_id: int
    number: str
    approved: int
    currency: str


@event(
    "warranty_claim.sent_back",
    _("{actor} sent the claim {number} back to review: {words}"),
    personal=("words",),
)
class WarrantyClaimSentBack:
    claim_id: int
    number: str
    words: str


@event(
    "warranty_claim.decided", _("{actor} decided the claim {number}: {outcome}"), words={"outcome": STATES}
)
class WarrantyClaimDecided:
    claim_id: int
    number: str
    outcome: str
    claimed: int
    approved: int
    currency: str
    is_second_person: bool


@event(
    "warranty_claim.corrected",
    _("{actor} corrected what is approved of the claim {number}: {words}"),
    personal=("words",),
)
class WarrantyClaimCorrected:
    claim_id: int
    number: str
    amount: int
    currency: str
    words: str


@event("warranty_claim.appealed", _("{actor} appealed against the decision about the claim {number}"))
class WarrantyClaimAppealed:
    claim_id: int
    number: str
    message_id: int


@event(
    "warranty_claim.settled", _("{actor} settled the claim {number} by {method}"), words={"method": METHODS}
)
class WarrantyClaimSettled:
    claim_id: int
    number: str
    method: str
    amount: int
    currency: str
    reference: str


@event(
    "warranty_claim.closed",
    _("{actor} closed the claim {number} ({closing}): {reason}"),
    personal=("reason",),
    words={"closing": CLOSINGS},
)
class WarrantyClaimClosed:
    claim_id: int
    number: str
    closing: str
    reason: str
