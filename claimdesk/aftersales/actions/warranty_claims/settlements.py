"""Approved warranty claims settled by credit, replacement or repair (W12)."""

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from claimdesk.aftersales.actions.warranty_claims.writing import require_claim, write_closed, write_entry
from claimdesk.aftersales.claim_process import STEP
from claimdesk.aftersales.events.warranty_claims import WarrantyClaimSettled
from claimdesk.aftersales.models import ClaimEntry, WarrantyClaim
from claimdesk.aftersales.permissions import SETTLE_WARRANTY_CLAIMS
from claimdesk.kernel.actor import Actor
from claimdesk.kernel.refused import Refused
from claimdesk.kernel.text import tidy
from claimdesk.ledger.record import record

Method = ClaimEntry.Method


@transaction.atomic
def settle_claim(
    claim: WarrantyClaim,
    *,
    method: str,
    amount: int | None = None,
    reference: str = "",
    key: str = "",
    by: Actor,
) -> WarrantyClaim:
    """Settle what is approved, which closes the claim. The same `key` again returns it as it is.

    Takes: `amount` in minor units, all that is approved unless told; only a credit has one.
    Refuses: `unknown_method`, `above_approved`, and what `refuse_move` says.
    Records: WarrantyClaimSettled.
    """
    require_claim(claim, SETTLE_WARRANTY_CLAIMS, by=by)
    if key and ClaimEntry.objects.filter(key=f"{claim.pk}/{key}").exists():
        return claim
    if claim.state not in STEP["settle"].states:
        raise claim.refuse_move(WarrantyClaim.State.CLOSED)
    if method not in Method.values:
        raise Refused("unknown_method", _("There is no such way to settle it."))
    paid = (claim.approved if amount is None else amount) if method == Method.CREDIT else 0
    open_for_it = WarrantyClaim.objects.filter(pk=claim.pk, approved__gte=F("settled") + paid)
    if paid < 0 or not open_for_it.update(settled=F("settled") + paid):
        raise Refused("above_approved", _("At most what is approved can be credited."))
    claim.refresh_from_db()
    write_closed(claim, "settle", by=by)
    words = tidy(reference)[:80]
    write_entry(claim, ClaimEntry.Kind.SETTLEMENT, paid, key=key, by=by, method=method, reference=words)
    fact = WarrantyClaimSettled(
        claim.pk, claim.number, method=method, amount=paid, currency=claim.currency, reference=words
    )
    record(fact, about=claim, by=by)
    return claim
