"""RMAs, as far as the actor may see them (M1)."""

from decimal import Decimal

from django.db.models import Case, F, Q, QuerySet, Sum, When

from claimdesk.access.queries.members import reads_papers_of
from claimdesk.aftersales.models import Reclamation, ReclamationLine, Rma, RmaLine, RmaMismatch, WarrantyClaim
from claimdesk.aftersales.permissions import VIEW_OWN_WARRANTY_CLAIMS, VIEW_WARRANTY_CLAIMS
from claimdesk.customers.search import customers_named
from claimdesk.customers.search.prefix import beginning_with
from claimdesk.kernel.actor import Actor
from claimdesk.kernel.counting import capped_counts
from claimdesk.kernel.text import fold_number
from claimdesk.orders.queries.scope import papers
from claimdesk.people.models import User
from claimdesk.people.queries.users import user_with_id
from claimdesk.warranty.serials import fold_serial

State = Rma.State
MOST_HITS = 1000
COUNTED = (State.IN_TRANSIT, State.RECEIVED, State.INSPECTED)
EXPECTED = (State.ISSUED, State.IN_TRANSIT, State.PARTLY_RECEIVED)


def rmas(actor: Actor) -> QuerySet[Rma]:
    """Return the RMAs that `actor` may see: staff all or their customers', others those issued to their account."""
    rows = papers(Rma.objects.all(), actor, staff=VIEW_WARRANTY_CLAIMS, customers=VIEW_OWN_WARRANTY_CLAIMS)
    is_at_the_office = actor.kind == "system" or (actor.is_staff and not actor.is_acting)
    return rows if is_at_the_office else rows.exclude(state=State.DRAFT)


def lines_of_rma(rma: Rma) -> QuerySet[RmaLine]:
    """Return what is to come back, in the order in which it was named."""
    return RmaLine.objects.filter(rma=rma).select_related("unit", "product", "order_line").order_by("pk")


def about_of(rma: Rma) -> str:
    """Return the number of the claim or reclamation that an RMA was issued from."""
    of = rma.claim or rma.reclamation
    return of.number if of else ""


def rma_lines(actor: Actor) -> QuerySet[RmaLine]:
    """Return the lines of the RMAs that `actor` may see."""
    return RmaLine.objects.select_related("rma", "unit", "order_line").filter(rma__in=rmas(actor))


def rma_mismatches(actor: Actor) -> QuerySet[RmaMismatch]:
    """Return the mismatches of the RMAs that `actor` may see."""
    return RmaMismatch.objects.select_related("rma").filter(rma__in=rmas(actor))


def rma_with_id(key: int) -> Rma | None:
    """Return an RMA with its customer and what it was issued from, for the system's own work."""
    return Rma.objects.select_related("customer", "claim__assigned_to", "reclamation").filter(pk=key).first()


def reader_of(rma: Rma) -> User | None:
    """Return the person who claimed, if he is still of the customer."""
    if rma.claim:
        claimed = rma.claim.created_by_id
    else:
        of = rma.reclamation
        claimed = of.opened_by_id if of and of.is_by_customer else None
    person = user_with_id(claimed) if claimed else None
    reads = person is not None and not person.is_staff and reads_papers_of(person, rma.customer)
    return person if reads else None


def usual_ship_to(actor: Actor) -> str:
    """Return where the last RMA let goods be sent, or nothing."""
    last = rmas(actor).exclude(ship_to="").order_by("-created_at", "-pk")
    return last.values_list("ship_to", flat=True).first() or ""


def counts_of_rmas(actor: Actor) -> dict[str, int]:
    """Return how many RMAs there are by each state of COUNTED, and in all under the empty name; capped."""
    rows = rmas(actor).order_by()
    return capped_counts({"": rows, **{str(state): rows.filter(state=state) for state in COUNTED}})


def search_rmas(rows: QuerySet[Rma], text: str) -> list[int]:
    """Return the keys of those among `rows` that hit, newest first.

    They hit by the beginning of their number, by a unit's whole serial number, or by the customer's name or number.
    """
    number = fold_number(text)
    hits = Q(customer_id__in=customers_named(text, most=MOST_HITS))
    if any(character.isdigit() for character in number):
        hits |= beginning_with("number_folded", number) | beginning_with("number_folded", f"rma{number}")
    if serial := fold_serial(text):
        of_unit = RmaLine.objects.filter(unit__serial_folded=serial)
        hits |= Q(pk__in=list(of_unit.values_list("rma_id", flat=True)[:MOST_HITS]))
    return list(rows.filter(hits).order_by("-pk").values_list("pk", flat=True)[: MOST_HITS + 1])


def is_received(rma: Rma) -> bool:
    """Tell whether all that was to come has come."""
    return rma.state in (State.RECEIVED, State.INSPECTED, State.CLOSED)


def is_inspection_awaited(claim: WarrantyClaim) -> bool:
    """Tell whether goods of the claim are to be inspected before it is decided."""
    waiting = (State.ISSUED, State.IN_TRANSIT, State.PARTLY_RECEIVED, State.RECEIVED)
    return Rma.objects.filter(claim=claim, inspected_first=True, state__in=waiting).exists()


def returnable(reclamation: Reclamation) -> dict[int, Decimal]:
    """Return by order line what of a reclamation can still be sent back: claimed, shipped, on no other RMA (R8).

    On one that nothing more is expected for stands what came of it.
    """
    claimed = ReclamationLine.objects.filter(reclamation=reclamation).select_related("line__allotment")
    rows = RmaLine.objects.filter(rma__reclamation=reclamation).exclude(
        rma__state__in=(State.CANCELED, State.EXPIRED)
    )
    is_over = Q(rma__state__in=(State.RECEIVED, State.INSPECTED, State.CLOSED))
    held = Case(When(is_over, then=F("good") + F("damaged")), default=F("quantity"))
    taken = dict(rows.values_list("order_line_id").annotate(held=Sum(held)).order_by())
    return {
        each.line_id: min(each.quantity, each.line.allotment.shipped)
        - (taken.get(each.line_id) or Decimal(0))
        for each in claimed
    }
