"""The matrix: how many items of all orders stand in which state, and for how long (O14)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet, Subquery
from django.utils.translation import get_language

from claimdesk.kernel.actor import Actor
from claimdesk.kernel.clock import now
from claimdesk.kernel.counting import capped_counts
from claimdesk.orders.models import OrderItem
from claimdesk.orders.permissions import EDIT_PROCESS
from claimdesk.orders.process.definition import State, in_language
from claimdesk.orders.queries.processes import processes_in_use

AGES = (timedelta(days=1), timedelta(days=7), timedelta(days=30))
MOST = 10_000


@dataclass(frozen=True, slots=True)
class Standing:
    """How many items stand in a state.

    `ages` counts those that came in within each of AGES but not within the one before, and last the older ones; `since`
    is when the first came. Where items come to rest there are no ages. Nothing is counted beyond MOST, and one more for
    “more”.
    """

    state: str
    label: str
    is_final: bool
    count: int
    ages: tuple[int, ...] = ()
    since: datetime | None = None

    @property
    def is_capped(self) -> bool:
        return any(number > MOST for number in self.ages or (self.count,))


def matrix(actor: Actor) -> list[Standing]:
    """Return a standing for every state of the versions in use, in their order, the newest version's first.

    However many items there are, it reads so many entries of the index of states as are counted, and no items but the
    first of each state.
    """
    actor.require(EDIT_PROCESS)
    states: dict[str, State] = {}
    for process in processes_in_use():
        for state in process.states.values():
            states.setdefault(state.name, state)
    counts = capped_counts(_counted(states.values()), most=MOST)
    first = _first_entries([state.name for state in states.values() if not state.is_final])
    return [_standing(state, counts, first.get(state.name)) for state in states.values()]


def _counted(states: Iterable[State]) -> dict[str, QuerySet[OrderItem]]:
    """Return the items to count: by the state's name where it is final, else by its name and the place of an age."""
    at = now()
    limits = [at - age for age in AGES]
    counted = {}
    for state in states:
        items = OrderItem.objects.filter(state=state.name)
        if state.is_final:
            counted[state.name] = items
            continue
        for place, since in enumerate(limits):
            until = {"entered_at__lte": limits[place - 1]} if place else {}
            counted[f"{state.name}/{place}"] = items.filter(entered_at__gt=since, **until)
        counted[f"{state.name}/{len(AGES)}"] = items.filter(entered_at__lte=limits[-1])
    return counted


def _first_entries(states: Sequence[str]) -> dict[str, datetime]:
    """Return when the first item came into each state that holds any."""
    first: list[Any] = [
        Subquery(OrderItem.objects.filter(state=state).order_by("entered_at", "id").values("pk")[:1])
        for state in states
    ]
    return dict(OrderItem.objects.filter(pk__in=first).values_list("state", "entered_at"))


def _standing(state: State, counts: Mapping[str, int], since: datetime | None) -> Standing:
    label = in_language(state.labels, get_language() or "en")
    if state.is_final:
        return Standing(state.name, label, True, counts[state.name])
    ages = tuple(counts[f"{state.name}/{place}"] for place in range(len(AGES) + 1))
    return Standing(state.name, label, False, sum(ages), ages, since)
