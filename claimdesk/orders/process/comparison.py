"""What another version of a process would do otherwise with an item that stands in a state (O11)."""

from dataclasses import dataclass

from claimdesk.orders.process.definition import Process, Transition


@dataclass(frozen=True, slots=True)
class Difference:
    """What changes for items in `state`: whether it `is_gone`; events by name that come, go, or work otherwise."""

    state: str
    is_gone: bool = False
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()

    @property
    def is_any(self) -> bool:
        return self.is_gone or bool(self.added or self.removed or self.changed)


def difference(old: Process, new: Process, state: str) -> Difference:
    """Return what changes for items that stand in `state`, a state of `old`."""
    if state not in new.states:
        return Difference(state, is_gone=True)
    before, after = _ways(old, state), _ways(new, state)
    return Difference(
        state,
        added=tuple(name for name in after if name not in before),
        removed=tuple(name for name in before if name not in after),
        changed=tuple(name for name in before if name in after and before[name] != after[name]),
    )


def _ways(process: Process, state: str) -> dict[str, tuple[object, ...]]:
    """By event, all that it does out of `state`."""
    ways: dict[str, tuple[object, ...]] = {}
    for one in process.leaving[state]:
        ways[one.event] = (*ways.get(one.event, _event(process, one)), one.guard, one.target)
    return ways


def _event(process: Process, transition: Transition) -> tuple[object, ...]:
    event = process.events[transition.event]
    return (event.kind, event.by, event.command, event.after)
