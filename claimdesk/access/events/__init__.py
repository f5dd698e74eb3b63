"""Events of access: facts in the past tense, one file per noun."""

from claimdesk.access.events import (
    account_claims,
    acting,
    customers,
    email_changes,
    invitations,
    memberships,
    onboarding,
    password_links,
    registrations,
    users,
    verification,
)

__all__ = [
    "account_claims",
    "acting",
    "customers",
    "email_changes",
    "invitations",
    "memberships",
    "onboarding",
    "password_links",
    "registrations",
    "users",
    "verification",
]
