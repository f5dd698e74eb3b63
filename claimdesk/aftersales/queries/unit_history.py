"""What was claimed on a unit: neutrally for everybody, whole for those whose claims they are (U1, U2)."""

from dataclasses import dataclass
from datetime import datetime

from claimdesk.aftersales.models import WarrantyClaim
from claimdesk.aftersales.queries.warranty_claims import warranty_claims
from claimdesk.kernel.actor import Actor

MOST_CLAIMS = 50
NO_UNIT = 0


@dataclass(frozen=True, slots=True)
class ClaimOnUnit:
    """A warranty claim of which anybody may know that there was one; `claim` is there for those who may see it."""

    submitted_at: datetime | None
    is_open: bool
    claim: WarrantyClaim | None = None


def claims_on_unit(unit_id: int | None, actor: Actor) -> list[ClaimOnUnit]:
    """Return the claims on a unit, newest first, drafts left out; of others' no more than the day and whether it is open.

    The same statements run where there is no such unit.
    """
    rows = WarrantyClaim.objects.filter(unit_id=unit_id or NO_UNIT).exclude(state=WarrantyClaim.State.DRAFT)
    claims = list(rows.order_by("-id")[:MOST_CLAIMS])
    seen = set(
        warranty_claims(actor)
        .filter(pk__in=[each.pk for each in claims] or [NO_UNIT])
        .values_list("pk", flat=True)
    )
    return [
        ClaimOnUnit(
            each.submitted_at,
            each.state != WarrantyClaim.State.CLOSED,
            each if each.pk in seen else None,
        )
        for each in claims
    ]
