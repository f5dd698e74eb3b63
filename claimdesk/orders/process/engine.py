"""Which transition an item takes: pure choices, that `orders/actions/` makes true in one transaction (O13)."""

from collections.abc import Callable, Iterator

from claimdesk.orders.process.definition import AUTOMATIC, MANUAL, TIMEOUT, Process, ProcessEvent, Transition

Passes = Callable[[str], bool]


def next_transition(process: Process, state: str, event: str, passes: Passes) -> Transition | None:
    """Return the transition that `event` takes out of `state`: the first whose guard `passes`; None where none does."""
    return _first((one for one in process.leaving[state] if one.event == event), passes)


def next_automatic(process: Process, state: str, passes: Passes) -> Transition | None:
    """Return the transition that happens by itself in `state`, or None."""
    return _first(process.of_kind(state, AUTOMATIC), passes)


def timeouts(process: Process, state: str) -> list[ProcessEvent]:
    """Return the timeouts that begin to run when an item comes into `state`, the soonest first."""
    names = dict.fromkeys(one.event for one in process.of_kind(state, TIMEOUT))
    return sorted((process.events[name] for name in names), key=lambda event: (event.after, event.name))


def offered(process: Process, state: str, *, to: str, passes: Passes) -> list[ProcessEvent]:
    """Return the manual events that `to` (staff, customer, system) may trigger in `state` now, in the file's order."""
    names = dict.fromkeys(
        one.event for one in process.of_kind(state, MANUAL) if not one.guard or passes(one.guard)
    )
    return [process.events[name] for name in names if to in process.events[name].by]


def _first(transitions: Iterator[Transition] | tuple[Transition, ...], passes: Passes) -> Transition | None:
    return next((one for one in transitions if not one.guard or passes(one.guard)), None)
