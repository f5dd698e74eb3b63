"""Pairs of customers that may be one, as far as the actor may see them; and the search for them."""

from django.db.models import QuerySet

from claimdesk.customers.models import Customer, DuplicatePair
from claimdesk.customers.queries.customers import customers
from claimdesk.kernel.actor import Actor
from claimdesk.ledger.models import Job

SEARCH = "find_duplicates"


def duplicate_pairs(actor: Actor) -> QuerySet[DuplicatePair]:
    """Return the pairs whose two customers `actor` may both see."""
    pairs = DuplicatePair.objects.select_related("first", "second")
    if actor.kind == "system" or (actor.is_staff and not actor.only_own_customers and not actor.is_acting):
        return pairs
    seen = customers(actor)
    return pairs.filter(first__in=seen, second__in=seen)


def in_state(pairs: QuerySet[DuplicatePair], state: str) -> QuerySet[DuplicatePair]:
    """Return the pairs in `state`; open ones only while both customers still stand."""
    found = pairs.filter(state=state)
    if state == DuplicatePair.State.OPEN:
        return found.filter(first__merged_into=None, second__merged_into=None)
    return found


def pair_of(one: Customer, other: Customer) -> DuplicatePair | None:
    """Return the pair of two customers, if the search found them alike."""
    first, second = sorted((one.pk, other.pk))
    return DuplicatePair.objects.filter(first=first, second=second).first()


def last_search() -> Job | None:
    """Return the search for duplicates that was asked for last."""
    return Job.objects.filter(key=SEARCH).order_by("-pk").first()


def open_pairs_count(actor: Actor, *, at_most: int = 1000) -> int:
    """Return how many pairs wait for somebody to look at them, counted up to one more than `at_most`."""
    pairs = in_state(duplicate_pairs(actor), DuplicatePair.State.OPEN)
    return pairs.order_by()[: at_most + 1].count()
