"""What an agent wants to know before he decides a warranty claim: the dealer's record."""

from dataclasses import dataclass

from django.db.models import Count, Q, Sum

from claimdesk.aftersales.models import WarrantyClaim

State = WarrantyClaim.State
LATEST = 1000


@dataclass(frozen=True, slots=True)
class DealerRecord:
    """How a customer's latest claims went. Sums are minor units of the claim's currency, of what was decided."""

    claims: int
    decided: int
    approved_claims: int
    claimed: int
    approved: int

    @property
    def share_approved(self) -> int | None:
        """Hundredths of the decided claims of which anything was approved; None where none was decided."""
        return round(100 * self.approved_claims / self.decided) if self.decided else None

    @property
    def average_cut(self) -> int | None:
        """Hundredths of what was claimed that were not approved; None where nothing was claimed."""
        return round(100 * (self.claimed - self.approved) / self.claimed) if self.claimed else None


def record_of(claim: WarrantyClaim) -> DealerRecord:
    """Return how the other claims of the claim's customer went, of the latest thousand; one query."""
    latest = WarrantyClaim.objects.filter(customer_id=claim.customer_id).exclude(pk=claim.pk)
    latest = latest.exclude(state=State.DRAFT).order_by("-changed_at", "-pk")[:LATEST]
    decided = Q(decided_at__isnull=False) & ~Q(state=State.AWAITING_APPROVAL)
    in_currency = decided & Q(currency=claim.currency)
    good = Q(approved__gt=0) | Q(state__in=(State.APPROVED, State.PARTLY_APPROVED)) | Q(closing="settled")
    found = latest.aggregate(
        claims=Count("pk"),
        decided=Count("pk", filter=decided),
        approved_claims=Count("pk", filter=decided & good),
        claimed=Sum("claimed", filter=in_currency, default=0),
        approved=Sum("approved", filter=in_currency, default=0),
    )
    return DealerRecord(**found)
