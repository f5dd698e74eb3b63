"""RMAs, as far as the actor may see them (M1)."""

from decimal import Decimal

from django.db.models import QuerySet, Sum

from claimdesk.aftersales.models import Reclamation, ReclamationLine, Rma, RmaLine, WarrantyClaim
from claimdesk.aftersales.permissions import VIEW_OWN_WARRANTY_CLAIMS, VIEW_WARRANTY_CLAIMS
from claimdesk.kernel.actor import Actor
from claimdesk.orders.queries.scope import papers

State = Rma.State
EXPECTED = (State.ISSUED, State.IN_TRANSIT, State.PARTLY_RECEIVED)


def rmas(actor: Actor) -> QuerySet[Rma]:
    """Return the RMAs that `actor` may see: staff all or their customers', others those issued to their account."""
    rows = papers(Rma.objects.all(), actor, staff=VIEW_WARRANTY_CLAIMS, customers=VIEW_OWN_WARRANTY_CLAIMS)
    is_at_the_office = actor.kind == "system" or (actor.is_staff and not actor.is_acting)
    return rows if is_at_the_office else rows.exclude(state=State.DRAFT)


def lines_of_rma(rma: Rma) -> QuerySet[RmaLine]:
    """Return what is to come back, in the order in which it was named."""
    return RmaLine.objects.filter(rma=rma).select_related("unit", "product", "order_line").order_by("pk")


def is_inspection_awaited(claim: WarrantyClaim) -> bool:
    """Tell whether goods of the claim are to be inspected before it is decided."""
    waiting = (State.ISSUED, State.IN_TRANSIT, State.PARTLY_RECEIVED, State.RECEIVED)
    return Rma.objects.filter(claim=claim, inspected_first=True, state__in=waiting).exists()


def returnable(reclamation: Reclamation) -> dict[int, Decimal]:
    """Return by order line what of a reclamation can still be sent back: claimed, shipped, on no other open RMA (R8)."""
    claimed = ReclamationLine.objects.filter(reclamation=reclamation).select_related("line__allotment")
    rows = RmaLine.objects.filter(rma__reclamation=reclamation).exclude(
        rma__state__in=(State.CANCELED, State.EXPIRED)
    )
    taken = dict(rows.values_list("order_line_id").annotate(Sum("quantity")).order_by())
    return {
        each.line_id: min(each.quantity, each.line.allotment.shipped)
        - (taken.get(each.line_id) or Decimal(0))
        for each in claimed
    }
