"""The life of a warranty claim: its states, what leads from one to the next, who may, and on what condition (W13).

This table is the only place that says so: the moves of the model, what a page offers, what timers do and the diagram
are read from it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Who = Literal["customer", "agent", "approver", "finance", "timer"]
ANY_OPEN = (
    "submitted",
    "in_review",
    "information_requested",
    "awaiting_approval",
    "approved",
    "partly_approved",
    "rejected",
)
STATES = ("draft", *ANY_OPEN, "closed")
DECIDED = ("approved", "partly_approved", "rejected")
CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Step:
    """An event, from which states, by whom, where to, and the condition's code. `closing` says how it is closed by it.

    A draft that is deleted leads nowhere: only its trace stays.
    """

    event: str
    states: tuple[str, ...]
    who: tuple[Who, ...]
    to: tuple[str, ...]
    condition: str = ""
    closing: str = ""


STEPS = (
    Step("submit", ("draft",), ("customer", "agent"), ("submitted",), "complete"),
    Step("delete", ("draft",), ("customer", "timer"), (), "untouched"),
    Step("withdraw", ("submitted",), ("customer",), (CLOSED,), closing="withdrawn"),
    Step("take", ("submitted",), ("agent",), ("in_review",)),
    Step("ask", ("in_review",), ("agent",), ("information_requested",), "public_question"),
    Step("answer", ("information_requested",), ("customer",), ("in_review",)),
    Step("give_up", ("information_requested",), ("timer",), (CLOSED,), "reminded", "no_answer"),
    Step("decide", ("in_review",), ("agent",), DECIDED, "every_line_decided"),
    Step("propose", ("in_review",), ("agent",), ("awaiting_approval",), "above_limit"),
    Step("confirm", ("awaiting_approval",), ("approver",), DECIDED, "second_person"),
    Step("send_back", ("awaiting_approval",), ("approver",), ("in_review",)),
    Step("appeal", ("rejected", "partly_approved"), ("customer",), ("in_review",), "once_in_time"),
    Step("let_lapse", ("rejected",), ("timer",), (CLOSED,), "appeal_over", "rejected"),
    Step(
        "settle",
        ("approved", "partly_approved"),
        ("finance", "agent"),
        (CLOSED,),
        "within_approved",
        "settled",
    ),
    Step("mark_duplicate", ANY_OPEN, ("agent",), (CLOSED,), "names_the_other", "duplicate"),
    Step("close", ANY_OPEN, ("agent",), (CLOSED,), "reason", "closed"),
)
STEP = {step.event: step for step in STEPS}


def moves() -> dict[str, tuple[str, ...]]:
    """Return where each state may lead, as `kernel.move` wants it."""
    return {state: tuple(dict.fromkeys(_targets(state))) for state in STATES if any(_targets(state))}


def steps_from(state: str, who: Who) -> list[Step]:
    """Return what may be done with a claim in that state by such a person, in the order of the table."""
    return [step for step in STEPS if state in step.states and who in step.who]


def _targets(state: str) -> Iterator[str]:
    return (target for step in STEPS if state in step.states for target in step.to)
