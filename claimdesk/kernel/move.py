"""The guarded move of a row from one state to another, the same on both databases."""

from typing import Any, ClassVar, Protocol, cast

from django.db import models

from claimdesk.kernel.refused import Refused


class HasState(Protocol):
    """A model with a `state` column, its allowed moves, and words for a move that is refused."""

    MOVES: ClassVar[dict[str, tuple[str, ...]]]
    state: str
    pk: Any

    def refresh_from_db(self) -> None: ...

    def refuse_move(self, to: str) -> Refused: ...


def move(row: HasState, *, to: str, expect: tuple[str, ...] | None = None, **fields: Any) -> None:
    """Move `row` to state `to` and set `fields`, if the database still holds a state that allows it.

    `select_for_update` does nothing on SQLite; an UPDATE that names the states it expects lets one of two
    rivals win on either database. The loser sees the row as the winner left it.

    Takes: `expect`, the states to move from; without it, those whose MOVES list `to`.
    Refuses: what the row's `refuse_move` says.
    """
    model = cast(type[models.Model], row.__class__)
    allowed = expect or tuple(state for state, targets in row.MOVES.items() if to in targets)
    changed = model._default_manager.filter(pk=row.pk, state__in=allowed).update(state=to, **fields)
    if not changed:
        row.refresh_from_db()
        raise row.refuse_move(to)
    row.state = to
    for name, value in fields.items():
        setattr(row, name, value)
