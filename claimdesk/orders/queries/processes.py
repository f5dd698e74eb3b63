"""Reads of the order process: its versions, and what its states and events are called."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from time import monotonic

from django.core.cache import cache
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.lookups import IsNull
from django.utils.translation import get_language

from claimdesk.kernel.actor import Actor
from claimdesk.orders.models import Order, OrderItem, OrderProcess
from claimdesk.orders.permissions import EDIT_PROCESS
from claimdesk.orders.process import library
from claimdesk.orders.process.comparison import Difference, difference
from claimdesk.orders.process.definition import Labels, Process, in_language
from claimdesk.orders.process.reading import read_process

DIGESTS = "orders.process_digests"
REMEMBERED_SECONDS = 60
AT_HAND_SECONDS = 5.0
MOST_FOLLOWERS = 5_000


def process_of(stored: OrderProcess) -> Process:
    """Return the process that a stored version describes; each is read once."""
    known = _read_before(stored.digest)
    return known or _remember(stored.digest, stored.text)


def active_process() -> OrderProcess | None:
    """Return the version that new orders follow, None before the first order or visit of its settings."""
    return OrderProcess.objects.exclude(activated_at=None).order_by("-activated_at", "-id").first()


def versions(actor: Actor) -> QuerySet[OrderProcess]:
    """Return all versions, the newest first, each with whether any order follows it (`is_followed`)."""
    actor.require(EDIT_PROCESS)
    # Sorted as the index: else PostgreSQL reads all orders, of which each seems to follow, for a version without any.
    follower = Order.objects.filter(process=OuterRef("pk")).order_by("process_id", "state").values("pk")[:1]
    return OrderProcess.objects.annotate(is_followed=IsNull(Subquery(follower), False)).order_by("-id")


@dataclass(frozen=True, slots=True)
class TouchedState:
    """Items on their way in one state of a version in use, and what another version would do otherwise with them."""

    process: OrderProcess
    state: str
    items: int
    difference: Difference
    new: Process

    @property
    def label(self) -> str:
        """What the state is called in its own version."""
        return state_label(self.process, self.state)

    @property
    def added(self) -> str:
        """The events that come, as the other version calls them."""
        return _labels(self.new, self.difference.added)

    @property
    def removed(self) -> str:
        """The events that go, as its own version calls them."""
        return _labels(process_of(self.process), self.difference.removed)

    @property
    def changed(self) -> str:
        """The events that work otherwise."""
        return _labels(self.new, self.difference.changed)


@dataclass(frozen=True, slots=True)
class Touched:
    """The items on their way under versions other than the one that is looked at; they keep to theirs (O11).

    `is_capped` where a version has more than MOST_FOLLOWERS orders on their way: then only the items of these are told.
    """

    states: tuple[TouchedState, ...]
    is_capped: bool = False

    @property
    def items(self) -> int:
        return sum(each.items for each in self.states)

    @property
    def more(self) -> str:
        """What to write behind the number of items."""
        return "+" if self.is_capped else ""


def touched_by(stored: OrderProcess) -> Touched:
    """Return the items on their way that stand otherwise in this version than in the one they follow.

    An order with such an item shows a state that is not final either, by which an index finds the order.
    """
    new = process_of(stored)
    touched: list[TouchedState] = []
    is_capped = False
    for other in OrderProcess.objects.exclude(pk=stored.pk).exclude(activated_at=None).order_by("-id"):
        old = process_of(other)
        live = [state.name for state in old.states.values() if not state.is_final]
        followers = Order.objects.filter(process=other, state__in=live).values_list("pk", flat=True)
        keys = list(followers[: MOST_FOLLOWERS + 1])
        is_capped = is_capped or len(keys) > MOST_FOLLOWERS
        items = OrderItem.objects.filter(order__in=keys[:MOST_FOLLOWERS], state__in=live).order_by()
        counts = items.values_list("state").annotate(items=Count("id")).order_by("-items", "state")
        touched += [
            TouchedState(other, state, count, difference(old, new, state), new) for state, count in counts
        ]
    return Touched(tuple(touched), is_capped)


def state_label(stored: OrderProcess, state: str, *, for_customer: bool = False) -> str:
    """Return what a state of this version is called in the reader's language."""
    known = process_of(stored).states.get(state)
    if known is None:
        return state
    return in_language(known.customer_labels if for_customer else known.labels, get_language() or "en")


def state_choices(*, for_customer: bool = False) -> list[tuple[str, str]]:
    """Return the states of all versions in use, for a filter: names and labels, the newest version's first."""
    found: dict[str, str] = {}
    for process in processes_in_use():
        for state in process.states.values():
            labels = state.customer_labels if for_customer else state.labels
            found.setdefault(state.name, in_language(labels, get_language() or "en"))
    return list(found.items())


def words_of_states(name: str) -> str:
    """Return what staff call the state `name`, by the newest version that has it; for lines of the timeline."""
    return _word(name, lambda process: {each.name: each.labels for each in process.states.values()})


def words_of_events(name: str) -> str:
    """Return what staff call the event `name`, by the newest version that has it; for lines of the timeline."""
    return _word(name, lambda process: {each.name: each.labels for each in process.events.values()})


def forget_versions() -> None:
    """Have the versions in use asked anew; for the action that adds one."""
    put_away()
    cache.delete(DIGESTS)


def put_away() -> None:
    """Let this process ask anew which versions are in use."""
    global _at_hand
    _at_hand = None


def _labels(process: Process, events: tuple[str, ...]) -> str:
    return ", ".join(in_language(process.events[name].labels, get_language() or "en") for name in events)


def _word(name: str, labels_of: Callable[[Process], Mapping[str, Labels]]) -> str:
    for process in processes_in_use():
        if labels := labels_of(process).get(name):
            return in_language(labels, get_language() or "en")
    return name


def processes_in_use() -> list[Process]:
    """Return the versions that were ever switched on, the latest first, else the one that comes along.

    A timeline asks for each of its lines, so they are kept at hand for some seconds.
    """
    global _at_hand
    if _at_hand is None or monotonic() - _at_hand[0] > AT_HAND_SECONDS:
        _at_hand = monotonic(), _asked()
    return _at_hand[1]


def _asked() -> list[Process]:
    digests = cache.get(DIGESTS)
    if digests is None or not all(map(_read_before, digests)):
        rows = OrderProcess.objects.exclude(activated_at=None).order_by("-activated_at", "-id")
        digests = [row.digest for row in rows if process_of(row)]
        cache.set(DIGESTS, digests, REMEMBERED_SECONDS)
    found = [process for digest in digests if (process := _read_before(digest))]
    return found or [_default()]


@lru_cache(maxsize=1)
def _default() -> Process:
    return read_process(library.text_of(library.DEFAULT))


_at_hand: tuple[float, list[Process]] | None = None
_by_digest: dict[str, Process] = {}


def _read_before(digest: str) -> Process | None:
    return _by_digest.get(digest)


def _remember(digest: str, text: str) -> Process:
    return _by_digest.setdefault(digest, read_process(text))
