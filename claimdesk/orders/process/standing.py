"""Which state an order shows whose items stand in several (O1): that of the item furthest behind."""

from collections.abc import Iterable, Mapping
from functools import lru_cache

from claimdesk.orders.process.definition import CANCELED, Process, State

Place = tuple[int, float, int]


def state_of_order(process: Process, states: Iterable[str]) -> str:
    """Return the state that an order shows whose items stand in `states` (at least one).

    Items that are still on their way decide, else those that have come to an end, and canceled ones only where there
    are no others. Of these it is the one furthest behind on the happy path; what left the path stands right behind
    the state that it left. Among items that have come to an end, those that went well count first.
    """
    places = _places(process)
    return min(set(states), key=lambda state: places[state])


@lru_cache(maxsize=64)
def _places(process: Process) -> Mapping[str, Place]:
    behind = _steps(process)
    return {
        state.name: (_kind(process, state), behind[state.name], order)
        for order, state in enumerate(process.states.values())
    }


def _kind(process: Process, state: State) -> int:
    if CANCELED in state.flags:
        return 3
    if not state.is_final:
        return 0
    return 1 if state.name in process.happy_path else 2


def _steps(process: Process) -> dict[str, float]:
    """Return how far along the happy path each state stands; off it, half a step after the state that leads there."""
    steps: dict[str, float] = {name: float(step) for step, name in enumerate(process.happy_path)}
    for step, begin in enumerate(process.happy_path):
        waiting = [begin]
        while waiting:
            for transition in process.leaving[waiting.pop()]:
                if transition.target not in steps:
                    steps[transition.target] = step + 0.5
                    waiting.append(transition.target)
    return {name: steps.get(name, float(len(process.happy_path))) for name in process.states}
