"""The agents' queue of warranty claims: who is awaited, how many, and which a word means."""

from django.db.models import Q, QuerySet

from claimdesk.aftersales.claim_process import CLOSED
from claimdesk.aftersales.models import WarrantyClaim
from claimdesk.aftersales.queries.warranty_claims import warranty_claims
from claimdesk.customers.search import customers_named
from claimdesk.customers.search.prefix import beginning_with
from claimdesk.kernel.actor import Actor
from claimdesk.kernel.counting import capped_counts
from claimdesk.kernel.partial_indexes import as_in_the_index
from claimdesk.kernel.text import fold_number
from claimdesk.warranty.serials import fold_serial

State, Awaited = WarrantyClaim.State, WarrantyClaim.Awaited
TO_SETTLE = (State.APPROVED, State.PARTLY_APPROVED)
MOST_HITS = 1000


def queued(rows: QuerySet[WarrantyClaim]) -> QuerySet[WarrantyClaim]:
    """Return those that are under way, in the words of the queue's indexes."""
    return rows.exclude(state__in=[as_in_the_index(State.DRAFT.value), as_in_the_index(CLOSED)])


def waiting_for(rows: QuerySet[WarrantyClaim], awaited: str) -> QuerySet[WarrantyClaim]:
    """Return those under way that wait for `us` or for `them`, the customer."""
    return queued(rows).filter(awaited=awaited)


def with_agent(rows: QuerySet[WarrantyClaim], agent_id: int | None) -> QuerySet[WarrantyClaim]:
    """Return those under way that are with a person of staff, or with nobody."""
    return queued(rows).filter(assigned_to_id=agent_id)


def to_approve(rows: QuerySet[WarrantyClaim]) -> QuerySet[WarrantyClaim]:
    """Return those that wait for a second person."""
    return waiting_for(rows, Awaited.US).filter(state=State.AWAITING_APPROVAL)


def to_settle(rows: QuerySet[WarrantyClaim]) -> QuerySet[WarrantyClaim]:
    """Return those that are approved, wholly or in part, and not settled."""
    return waiting_for(rows, Awaited.US).filter(state__in=TO_SETTLE)


def queue_counts(actor: Actor) -> dict[str, int]:
    """Return how many claims wait for whom; capped, in one statement."""
    rows = warranty_claims(actor).order_by()
    return capped_counts(
        {
            "us": waiting_for(rows, Awaited.US),
            "them": waiting_for(rows, Awaited.THEM),
            "mine": with_agent(rows, actor.id),
            "to_approve": to_approve(rows),
            "to_settle": to_settle(rows),
            "all": rows,
        }
    )


def search_warranty_claims(rows: QuerySet[WarrantyClaim], text: str) -> list[int]:
    """Return the keys of those among `rows` that hit, newest first.

    They hit by the beginning of their number or of the serial number, or by the customer's name or number.
    """
    keys = {*_numbered(text), *_of_customers(customers_named(text, most=MOST_HITS))}
    return list(rows.filter(pk__in=keys).order_by("-pk").values_list("pk", flat=True)[: MOST_HITS + 1])


def _numbered(text: str) -> list[int]:
    """The keys of up to a thousand claims with such a number or serial number, each by its index."""
    number, serial = fold_number(text), fold_serial(text)
    if not serial or not any(character.isdigit() for character in text):
        return []
    wholes = WarrantyClaim.objects.order_by()
    found = wholes.filter(beginning_with("serial_folded", serial)).values("pk")
    for prefix in (number, f"w{number}") if number else ():
        found = found.union(wholes.filter(beginning_with("number_folded", prefix)).values("pk"), all=True)
    return [row["pk"] for row in found[:MOST_HITS]]


def _of_customers(keys: list[int]) -> list[int]:
    if not keys:
        return []
    rows = WarrantyClaim.objects.filter(Q(customer_id__in=keys)).order_by("-changed_at", "-pk")
    return list(rows.values_list("pk", flat=True)[:MOST_HITS])


def claim_numbered(number: str, *, customer_id: int, actor: Actor) -> WarrantyClaim | None:
    """Return the customer's claim with that number, if `actor` may see it."""
    folded = fold_number(number)
    rows = warranty_claims(actor).filter(customer_id=customer_id)
    return rows.filter(number_folded=folded).first() if folded else None
