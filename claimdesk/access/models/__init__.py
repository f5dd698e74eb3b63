"""Tables of access."""

from claimdesk.access.models.account_claim import AccountClaim, ChecklistTick
from claimdesk.access.models.membership import ActingSession, Invitation, Membership
from claimdesk.access.models.registration import (
    ConnectionRight,
    EmailChange,
    InvoiceProof,
    Onboarding,
    PasswordLink,
    Registration,
)

__all__ = [
    "AccountClaim",
    "ActingSession",
    "ChecklistTick",
    "ConnectionRight",
    "EmailChange",
    "Invitation",
    "InvoiceProof",
    "Membership",
    "Onboarding",
    "PasswordLink",
    "Registration",
]
