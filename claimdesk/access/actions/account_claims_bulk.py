"""Deciding many account claims at once: the single action per row, skipping with a reason (A55)."""

from collections.abc import Callable, Iterable
from copy import copy
from dataclasses import dataclass

from django.db import transaction

from claimdesk.access.actions.account_claims import approve_account_claim, deny_account_claim
from claimdesk.access.models import AccountClaim
from claimdesk.access.permissions import DECIDE_ACCOUNT_CLAIMS
from claimdesk.kernel.actor import Actor
from claimdesk.kernel.refused import Refused


@dataclass(frozen=True, slots=True)
class Result:
    """What came, or would come, of one account claim. `refusal` says why nothing did."""

    claim: AccountClaim
    refusal: Refused | None = None

    @property
    def is_done(self) -> bool:
        return self.refusal is None


@transaction.atomic
def approve_account_claims(
    claims: Iterable[AccountClaim], *, note: str = "", is_dry_run: bool = False, by: Actor
) -> list[Result]:
    """Approve each claim for the customer it asks for, or say why not.

    A dry run does the same and takes it back, so that it promises nothing that would then be refused.
    Records: what approve_account_claim records, for each that is approved.
    """
    by.require(DECIDE_ACCOUNT_CLAIMS)
    return [
        _try(claim, is_dry_run, lambda one: approve_account_claim(one, note=note, by=by)) for claim in claims
    ]


@transaction.atomic
def deny_account_claims(
    claims: Iterable[AccountClaim], *, words: str = "", note: str = "", is_dry_run: bool = False, by: Actor
) -> list[Result]:
    """Deny each claim, or say why not; a dry run as in approve_account_claims.

    Records: what deny_account_claim records, for each that is denied.
    """
    by.require(DECIDE_ACCOUNT_CLAIMS)
    return [
        _try(claim, is_dry_run, lambda one: deny_account_claim(one, words=words, note=note, by=by))
        for claim in claims
    ]


def _try(claim: AccountClaim, is_dry_run: bool, decide: Callable[[AccountClaim], object]) -> Result:
    try:
        with transaction.atomic():
            decide(copy(claim) if is_dry_run else claim)
            transaction.set_rollback(is_dry_run)
    except Refused as refusal:
        return Result(claim, refusal)
    return Result(claim)
