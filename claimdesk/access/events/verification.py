"""Events of verification by three facts, in the past tense."""

from django.utils.translation import gettext_lazy as _

from claimdesk.ledger.event_types import event


@event("verification.passed", _("Somebody knew account number, postcode and an invoice of {customer}"))
class VerificationPassed:
    customer_id: int
    customer: str
    invoice: str
    address: str


@event(
    "verification.failed", _("Somebody named three facts that do not belong together (account: {customer})")
)
class VerificationFailed:
    """`customer_id` is None when no account has the number."""

    customer_id: int | None
    customer: str
    address: str


@event("verification.needs_review", _("Somebody named {customer}, which has no {missing} to prove it by"))
class VerificationNeedsReview:
    """Staff are to look (A23). `missing` is invoice or postcode."""

    customer_id: int
    customer: str
    missing: str
    address: str


@event(
    "verification.connected",
    _("{user} proved to belong to {customer}; this gave: {gave}"),
    personal=("user",),
)
class VerificationConnected:
    """The contacts of the account are told (contact_added, A24). `gave` is access or account_claim."""

    user_id: int
    user: str
    customer_id: int
    customer: str
    invoice: str
    gave: str
    account_claim_id: int | None = None
