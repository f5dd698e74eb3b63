"""Events of access: facts in the past tense, one file per noun."""

from claimdesk.access.events import account_claims, memberships

__all__ = ["account_claims", "memberships"]
