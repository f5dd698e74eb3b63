"""Event types: frozen dataclasses in the past tense, registered by kind."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, TypeVar, dataclass_transform

from django.utils.functional import Promise

Words = Mapping[str, str | Promise]


@dataclass(frozen=True, slots=True)
class EventType:
    """What is known of one kind of event.

    `sentence` is its line in the timeline, translated at display, with the data and names as placeholders.
    `personal` names the fields that erasure overwrites. `words` says for a field how its codes are shown:
    `price_group` is kept, “Price group” is read.
    """

    kind: str
    sentence: str | Promise
    version: int
    personal: tuple[str, ...]
    words: Mapping[str, Words]
    type: type

    def shown(self, values: Mapping[str, object]) -> dict[str, object]:
        """Return `values` as the sentence shows them, in the reader's language."""
        return {name: _in_words(value, self.words.get(name)) for name, value in values.items()}


def _in_words(value: object, words: Words | None) -> object:
    """Return codes, several separated by commas, in words; those without a word as they are."""
    if words is None or not isinstance(value, str):
        return value
    codes = [code.strip() for code in value.split(",")]
    return ", ".join(str(words.get(code.replace(" ", "_"), code)) for code in codes)


_by_kind: dict[str, EventType] = {}
_by_type: dict[type, EventType] = {}
T = TypeVar("T")


@dataclass_transform(frozen_default=True)
def event(
    kind: str,
    sentence: str | Promise,
    *,
    version: int = 1,
    personal: tuple[str, ...] = (),
    words: Mapping[str, Words] | None = None,
) -> Callable[[type[T]], type[T]]:
    """Register a dataclass as the event `kind`."""

    def register(cls: type[T]) -> type[T]:
        fact = dataclass(frozen=True)(cls)
        unknown = {*personal, *(words or {})} - {field.name for field in fields(fact)}  # type: ignore[arg-type]  # made one above
        if kind in _by_kind or unknown:
            raise TypeError(f"event {kind} is registered twice or names unknown fields {unknown}")
        _by_kind[kind] = _by_type[fact] = EventType(kind, sentence, version, personal, words or {}, fact)
        return fact

    return register


def type_of(fact: Any) -> EventType:
    """Return the event type of a fact, an instance of a registered dataclass."""
    return _by_type[type(fact)]


def type_named(kind: str) -> EventType | None:
    """Return the event type of that kind, or None for one that no room knows any more."""
    return _by_kind.get(kind)


def all_types() -> list[EventType]:
    """Return all registered event types by kind."""
    return [_by_kind[kind] for kind in sorted(_by_kind)]


def split(fact: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return a fact's plain data and its personal names."""
    personal = type_of(fact).personal
    values = asdict(fact)
    return (
        {name: value for name, value in values.items() if name not in personal},
        {name: values[name] for name in personal},
    )
