"""Which of their columns is which of ours: the mapping file."""

import re
import tomllib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from claimdesk.kernel.tables.reading import open_table

Cells = Sequence[str]
NOWHERE = -1
_WORDS = re.compile(r"[^a-z0-9]+")


class MappingError(Exception):
    """A mapping that cannot be used; the message names the place."""


@dataclass(frozen=True, slots=True)
class Mapping:
    """Columns (ours = theirs), constants, lookups (their value = ours) and rows to skip.

    As data it is what the mapping file says, with lookups from files read in.
    """

    columns: dict[str, str]
    constants: dict[str, str] = field(default_factory=dict)
    lookups: dict[str, dict[str, str]] = field(default_factory=dict)
    skip_when_empty: list[str] = field(default_factory=list)

    @classmethod
    def from_file(cls, path: Path, *, data_file: Path | None = None) -> "Mapping":
        """Read a mapping file (TOML). Raises MappingError.

        Files that it names are looked for beside it, then beside the data.
        """
        try:
            data = tomllib.loads(path.read_text(encoding="utf-8"))
        except FileNotFoundError as error:
            raise MappingError(_("There is no file %(path)s.") % {"path": path}) from error
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise MappingError(f"{path}: {error}") from error
        return cls.from_data(data, beside=[path.parent, *([data_file.parent] if data_file else [])])

    @classmethod
    def from_text(cls, content: bytes) -> "Mapping":
        """Read an uploaded mapping file; it may name no other files. Raises MappingError."""
        try:
            return cls.from_data(tomllib.loads(content.decode("utf-8")))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise MappingError(str(error)) from error

    @classmethod
    def from_data(cls, data: dict[str, Any], *, beside: Sequence[Path] = ()) -> "Mapping":
        """Make a mapping from a mapping file's content. Raises MappingError."""
        unknown = sorted(set(data) - {"columns", "constants", "lookups", "skip"})
        if unknown:
            raise MappingError(_("Unknown section [%(name)s].") % {"name": unknown[0]})
        lookups = {
            name: _lookup_from_file(name, values, beside)
            if set(values) == {"file", "key", "value"}
            else values
            for name, values in _tables(data.get("lookups", {}), "lookups").items()
        }
        skip = data.get("skip", {})
        return cls(
            columns=_texts(data.get("columns", {}), "columns"),
            constants=_texts(data.get("constants", {}), "constants"),
            lookups={name: _texts(values, f"lookups.{name}") for name, values in lookups.items()},
            skip_when_empty=[str(name) for name in skip.get("when_empty", [])],
        )

    def as_data(self) -> dict[str, Any]:
        """Return the mapping as JSON values, as `from_data` takes it."""
        return {
            "columns": self.columns,
            "constants": self.constants,
            "lookups": self.lookups,
            "skip": {"when_empty": self.skip_when_empty},
        }

    def compile(self, header: list[str], ours: Iterable[str]) -> "Compiled":
        """Bind the mapping to a file's header. Raises MappingError naming a column that is not there."""
        known = list(ours)
        for name in (*self.columns, *self.constants, *self.lookups):
            if name not in known:
                raise MappingError(
                    _("We have no column %(name)s; ours are %(ours)s.")
                    % {"name": name, "ours": ", ".join(known)}
                )
        for theirs in (*self.columns.values(), *self.skip_when_empty):
            if theirs not in header:
                raise MappingError(
                    _("The file has no column %(name)s; it has %(theirs)s.")
                    % {"name": theirs, "theirs": ", ".join(header)}
                )
        names = [name for name in known if name in self.columns or name in self.constants]
        return Compiled(
            names=tuple(names),
            places=tuple(header.index(self.columns[n]) if n in self.columns else NOWHERE for n in names),
            lookups=tuple(self.lookups.get(name, {}) for name in names),
            constants=tuple(self.constants.get(name, "") for name in names),
            skip=tuple(header.index(name) for name in self.skip_when_empty),
            width=len(header),
            signature=repr(sorted(self.as_data().items())),
        )


@dataclass(frozen=True, slots=True)
class Compiled:
    """A mapping bound to a header of `width` columns; plain data, so that other processes can have it.

    `names` are our columns; the others say, in their order, where each one comes from.
    """

    names: tuple[str, ...]
    places: tuple[int, ...]
    lookups: tuple[dict[str, str], ...]
    constants: tuple[str, ...]
    skip: tuple[int, ...]
    width: int
    signature: str

    def fitted(self, cells: list[str]) -> list[str] | None:
        """Return a row's cells, as many as the header has, or None for a row to skip."""
        if len(cells) < self.width:
            cells = [*cells, *([""] * (self.width - len(cells)))]
        for place in self.skip:
            if not cells[place].strip():
                return None
        return cells

    def picker(self, names: Sequence[str]) -> Callable[[Cells], list[str]]:
        """Return what picks some of our columns of a fitted row; empty where the mapping has them not."""
        at = [self.names.index(name) if name in self.names else NOWHERE for name in names]
        sources = [
            (self.places[n], self.lookups[n], self.constants[n]) if n != NOWHERE else (NOWHERE, {}, "")
            for n in at
        ]
        return lambda cells: [self._value(cells, *source) for source in sources]

    def values(self, cells: Cells) -> list[str]:
        """Return our columns of a fitted row, in the order of `names`."""
        return [
            self._value(cells, place, lookup, constant)
            for place, lookup, constant in zip(self.places, self.lookups, self.constants, strict=True)
        ]

    @staticmethod
    def _value(cells: Cells, place: int, lookup: dict[str, str], constant: str) -> str:
        if place == NOWHERE:
            return constant
        value = cells[place].strip()
        return (lookup.get(value, value) if lookup else value) or constant


def suggest(header: list[str], ours: dict[str, tuple[str, ...]]) -> dict[str, str]:
    """Return which of their columns is probably which of ours.

    Takes: `ours`, our columns and other words for each ("postcode": ("zip", "postal_code")).
    """
    folded = {_WORDS.sub("", name.casefold()): name for name in header}
    found: dict[str, str] = {}
    for name, words in ours.items():
        for word in (name, *words):
            theirs = folded.get(_WORDS.sub("", word.casefold()))
            if theirs and theirs not in found.values():
                found[name] = theirs
                break
    return found


def _tables(value: Any, place: str) -> dict[str, dict[str, Any]]:
    if not isinstance(value, dict) or any(not isinstance(table, dict) for table in value.values()):
        raise MappingError(_("[%(place)s] must hold tables.") % {"place": place})
    return value


def _texts(value: Any, place: str) -> dict[str, str]:
    if not isinstance(value, dict) or any(isinstance(text, dict | list) for text in value.values()):
        raise MappingError(_("[%(place)s] must hold names and texts.") % {"place": place})
    return {str(name): str(text) for name, text in value.items()}


def _lookup_from_file(name: str, values: dict[str, Any], beside: Sequence[Path]) -> dict[str, str]:
    file_name = str(values["file"])
    if not beside or Path(file_name).name != file_name:
        raise MappingError(
            _("[lookups.%(name)s]: the file must stand beside the mapping file or the data.") % {"name": name}
        )
    paths = [folder / file_name for folder in beside]
    table = open_table(next((path for path in paths if path.exists()), paths[0]))
    try:
        key, value = table.header.index(str(values["key"])), table.header.index(str(values["value"]))
    except ValueError as error:
        raise MappingError(
            _("[lookups.%(name)s]: %(file)s has no such column.") % {"name": name, "file": file_name}
        ) from error
    return {cells[key]: cells[value] for _line, cells in table.rows() if len(cells) > max(key, value)}
