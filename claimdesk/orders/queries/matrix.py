"""The matrix: how many items of all orders stand in which state, and for how long (O14)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Min, Q
from django.utils.translation import get_language

from claimdesk.kernel.actor import Actor
from claimdesk.kernel.clock import now
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
    is when the first came. Where items come to rest there are no ages, and `count` goes to MOST, and one more for
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
        return self.is_final and self.count > MOST


def matrix(actor: Actor) -> list[Standing]:
    """Return a standing for every state of the versions in use, in their order, the newest version's first.

    One query counts all items on their way by an index; those at rest are counted state by state, up to MOST.
    """
    actor.require(EDIT_PROCESS)
    states: dict[str, State] = {}
    for process in processes_in_use():
        for state in process.states.values():
            states.setdefault(state.name, state)
    on_their_way = _on_their_way([state.name for state in states.values() if not state.is_final])
    return [_standing(state, on_their_way.get(state.name)) for state in states.values()]


def _on_their_way(states: Sequence[str]) -> Mapping[str, Mapping[str, Any]]:
    at = now()
    limits = [at - age for age in AGES]
    columns = {
        f"within_{place}": Count("id", filter=Q(entered_at__gt=limit, entered_at__lte=until))
        for place, (until, limit) in enumerate(zip([at, *limits], limits, strict=False))
    }
    rows = OrderItem.objects.filter(state__in=states).values("state")
    return {row["state"]: row for row in rows.annotate(count=Count("id"), since=Min("entered_at"), **columns)}


def _standing(state: State, row: Mapping[str, Any] | None) -> Standing:
    label = in_language(state.labels, get_language() or "en")
    if state.is_final:
        count = OrderItem.objects.filter(state=state.name)[: MOST + 1].count()
        return Standing(state.name, label, True, count)
    if row is None:
        return Standing(state.name, label, False, 0, (0,) * (len(AGES) + 1))
    ages = [row[f"within_{place}"] for place in range(len(AGES))]
    return Standing(state.name, label, False, row["count"], (*ages, row["count"] - sum(ages)), row["since"])
