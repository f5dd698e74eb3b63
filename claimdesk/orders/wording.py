"""Codes of orders in words: states and events are called as the seller's process calls them."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from claimdesk.orders.queries.processes import words_of_events, words_of_states


@dataclass(frozen=True, eq=False)
class _AsInProcess(Mapping[str, str]):
    """Words looked up when they are shown, for a seller may change them at any time."""

    word: Callable[[str], str]

    def __getitem__(self, name: str) -> str:
        return self.word(name)

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


STATE_LABELS: Mapping[str, str] = _AsInProcess(words_of_states)
EVENT_LABELS: Mapping[str, str] = _AsInProcess(words_of_events)
