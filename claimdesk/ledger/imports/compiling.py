"""What is done with every row of a file, bound to its columns once: by what it is recognised, its digest, its values."""

import hashlib
from collections.abc import Callable, Sequence
from operator import itemgetter
from typing import Any

from claimdesk.kernel.tables.mapping import NOWHERE, Compiled
from claimdesk.ledger.imports.importer import Column, Importer, RowRefused

Cells = Sequence[str]
_EMPTY = "must not be empty"
_MOST_KEPT = 200


def keyer(importer: Importer, compiled: Compiled) -> Callable[[Cells], str]:
    """Return what makes of a row's cells by what it is recognised."""
    pick, key_of = compiled.picker(importer.key_columns), importer.key_of
    return lambda cells: key_of(*pick(cells))


def digester(compiled: Compiled) -> Callable[[Cells], str]:
    """Return what makes the digest of a source row: of the cells that the mapping reads, and of the mapping."""
    start = hashlib.blake2b(compiled.signature.encode(), digest_size=16)
    places = sorted({place for place in compiled.places if place != NOWHERE})
    pick = itemgetter(*places) if len(places) > 1 else lambda cells: [cells[place] for place in places]

    def digest_of(cells: Cells) -> str:
        digest = start.copy()
        digest.update("\x1f".join(pick(cells)).encode())
        return digest.hexdigest()

    return digest_of


class Cleaner:
    """Makes the values of a row, by our names in the order of the mapping's; keeps those that come again and again."""

    def __init__(self, columns: tuple[Column, ...], compiled: Compiled) -> None:
        by_name = {column.name: column for column in columns}
        self.missing = next((c.name for c in columns if c.is_required and c.name not in compiled.names), "")
        self.sources: list[tuple[str, int, dict[str, str], str, Column, dict[str, Any]]] = [
            (name, place, lookup if place != NOWHERE else {}, constant, by_name[name], {})
            for name, place, lookup, constant in zip(
                compiled.names, compiled.places, compiled.lookups, compiled.constants, strict=True
            )
        ]

    def __call__(self, cells: Cells) -> dict[str, Any]:
        """Return the cleaned values. Raises RowRefused naming the column and the reason."""
        if self.missing:
            raise RowRefused(f"{self.missing}: {_EMPTY}")
        cleaned: dict[str, Any] = {}
        name = ""
        try:
            for name, place, lookup, constant, column, kept in self.sources:
                value = cells[place].strip() if place != NOWHERE else ""
                if lookup:
                    value = lookup.get(value, value)
                value = value or constant
                if value in kept:
                    cleaned[name] = kept[value]
                    continue
                if column.is_required and not value.strip():
                    raise ValueError(_EMPTY)
                cleaned[name] = made = column.clean(value)
                if len(kept) < _MOST_KEPT:
                    kept[value] = made
        except ValueError as error:
            raise RowRefused(f"{name}: {error}") from error
        return cleaned
