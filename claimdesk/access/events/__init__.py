"""Events of access: facts in the past tense, one file per noun."""

from claimdesk.access.events import (
    account_claims,
    customers,
    email_changes,
    memberships,
    onboarding,
    password_links,
    registrations,
    verification,
)

__all__ = [
    "account_claims",
    "customers",
    "email_changes",
    "memberships",
    "onboarding",
    "password_links",
    "registrations",
    "verification",
]
