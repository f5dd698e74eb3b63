"""What an order process is made of: states, events, and transitions between them, all immutable."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property

FLAGS = {
    "changeable": "the customer may still change the order",
    "canceled": "will not be delivered: frees the quantity and asks for no money",
    "shipped": "has left the house",
    "delivered": "has arrived",
    "returned": "has come back",
    "refunded": "its price was paid back or credited",
    "final": "nothing follows",
}
CANCELED, SHIPPED, DELIVERED = "canceled", "shipped", "delivered"
MANUAL, AUTOMATIC, TIMEOUT = KINDS = ("manual", "automatic", "timeout")
STAFF, CUSTOMER, SYSTEM = PEOPLE = ("staff", "customer", "system")

Labels = Mapping[str, str]


def in_language(labels: Labels, language: str) -> str:
    """Return the label in `language` ("de", "de-at"), else in English."""
    return labels.get(language) or labels.get(language.partition("-")[0]) or labels["en"]


@dataclass(frozen=True, slots=True)
class State:
    """Where an item may be: `labels` for staff, `customer_labels` for the customer; `line` of the file."""

    name: str
    labels: Labels
    customer_labels: Labels
    flags: frozenset[str]
    line: int

    @property
    def is_final(self) -> bool:
        return "final" in self.flags


@dataclass(frozen=True, slots=True)
class ProcessEvent:
    """What may happen to an item.

    `kind`: manual (somebody of `by` triggers it), automatic (as soon as a guard lets it), timeout (`after` the item
    came into the state). `command` names what is written in the same transaction, or is empty.
    """

    name: str
    kind: str
    labels: Labels
    by: frozenset[str]
    command: str
    after: timedelta | None
    line: int


@dataclass(frozen=True, slots=True)
class Transition:
    """From `source` to `target` on `event`, if the guard (empty: always) lets it."""

    source: str
    target: str
    event: str
    guard: str
    line: int


@dataclass(frozen=True, eq=False)
class Process:
    """A whole order process, known by itself; several transitions of one state and event are tried in the file's order."""

    name: str
    start: str
    happy_path: tuple[str, ...]
    states: Mapping[str, State]
    events: Mapping[str, ProcessEvent]
    transitions: tuple[Transition, ...]
    lines: Mapping[str, int]

    @cached_property
    def leaving(self) -> Mapping[str, tuple[Transition, ...]]:
        """The transitions that lead out of each state, in the file's order."""
        return {
            name: tuple(transition for transition in self.transitions if transition.source == name)
            for name in self.states
        }

    def of_kind(self, state: str, kind: str) -> tuple[Transition, ...]:
        """Return the transitions out of `state` whose event is of `kind`."""
        return tuple(one for one in self.leaving[state] if self.events[one.event].kind == kind)
