"""Read an order process from a seller's TOML file; what has the wrong shape is named with its line."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _

from claimdesk.orders.process.definition import (
    KINDS,
    MANUAL,
    PEOPLE,
    STAFF,
    Process,
    ProcessEvent,
    State,
    Transition,
)
from claimdesk.orders.process.durations import parse_duration
from claimdesk.orders.process.problems import NotAProcess, Problem
from claimdesk.orders.process.toml_lines import Path, lines_of

LARGEST = 256 * 1024
LONGEST_NAME = 60
TOP = {"name", "start", "happy_path", "state", "event", "transition"}
OF_STATE = {"label", "customer_label", "flags"}
OF_EVENT = {"kind", "label", "by", "command", "after"}
OF_TRANSITION = {"event", "from", "to", "if"}


def read_process(text: str) -> Process:
    """Return the process that `text` describes; whether it makes sense `validation.problems_of` says.

    Raises: NotAProcess, where something has the wrong shape.
    """
    if len(text) > LARGEST:
        raise NotAProcess([Problem(1, "too_large", _("the file is larger than 256 kB"))])
    text = text.replace("\r\n", "\n")
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        words = _("this is no TOML: %(error)s") % {"error": error}
        raise NotAProcess([Problem(_line_in(str(error), text), "not_toml", words)]) from None
    reader = _Reader(data, lines_of(text))
    process = reader.process()
    if reader.problems:
        raise NotAProcess(sorted(reader.problems))
    return process


def _among(name: str, known: Iterable[str]) -> dict[str, str]:
    """Return the values of a sentence that names something unknown, and what is known."""
    return {"name": repr(name), "known": ", ".join(known)}


def _line_in(message: str, text: str) -> int:
    words = message.replace(",", "").split()
    if "line" in words:
        return int(words[words.index("line") + 1])
    return text.count("\n") + 1


class _Reader:
    """One file being read; problems are gathered, so that all are told at once."""

    def __init__(self, data: dict[str, Any], lines: Mapping[Path, int]) -> None:
        self.data = data
        self.lines = lines
        self.problems: list[Problem] = []

    def process(self) -> Process:
        self._known((), self.data, TOP)
        states = {name: self._state(name, table) for name, table in self._tables("state")}
        events = {name: self._event(name, table) for name, table in self._tables("event")}
        name = self._text((), self.data, "name", required=True)
        if len(name) > LONGEST_NAME or not name.isprintable():
            words = _("the name is one line of at most %(most)s letters")
            self.wrong(("name",), "wrong_name", words % {"most": LONGEST_NAME})
        return Process(
            name=name,
            start=self._text((), self.data, "start", required=True),
            happy_path=self._texts((), self.data, "happy_path"),
            states=states,
            events=events,
            transitions=tuple(self._transitions()),
            lines={key: self.line((key,)) for key in ("name", "start", "happy_path")},
        )

    def line(self, path: Path) -> int:
        """The line of `path`, else that of the nearest table above it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def wrong(self, path: Path, code: str, message: str) -> None:
        self.problems.append(Problem(self.line(path), code, message))

    def _state(self, name: str, table: dict[str, Any]) -> State:
        path: Path = ("state", name)
        self._known(path, table, OF_STATE)
        labels = self._labels(path, table, "label")
        customer_labels = self._labels(path, table, "customer_label") if "customer_label" in table else labels
        flags = frozenset(self._texts(path, table, "flags"))
        return State(name, labels, customer_labels, flags, self.line(path))

    def _event(self, name: str, table: dict[str, Any]) -> ProcessEvent:
        path: Path = ("event", name)
        self._known(path, table, OF_EVENT)
        kind = self._text(path, table, "kind", required=True)
        if kind and kind not in KINDS:
            words = _("kind %(name)s is none of %(known)s")
            self.wrong((*path, "kind"), "unknown_kind", words % _among(kind, KINDS))
        by = self._texts(path, table, "by") or ((STAFF,) if kind == MANUAL else ())
        if strangers := sorted(set(by) - set(PEOPLE)):
            words = _("by %(name)s is none of %(known)s")
            self.wrong((*path, "by"), "unknown_person", words % _among(strangers[0], PEOPLE))
        return ProcessEvent(
            name=name,
            kind=kind,
            labels=self._labels(path, table, "label"),
            by=frozenset(by),
            command=self._text(path, table, "command"),
            after=self._after(path, table),
            line=self.line(path),
        )

    def _after(self, path: Path, table: dict[str, Any]) -> timedelta | None:
        written = self._text(path, table, "after")
        if not written:
            return None
        try:
            return parse_duration(written)
        except ValueError as error:
            self.wrong((*path, "after"), "no_duration", str(error))
            return None

    def _transitions(self) -> Iterator[Transition]:
        tables = self.data.get("transition", [])
        if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
            words = _("write each transition under a line [[transition]]")
            self.wrong(("transition",), "wrong_shape", words)
            return
        for place, table in enumerate(tables):
            path: Path = ("transition", place)
            self._known(path, table, OF_TRANSITION)
            event = self._text(path, table, "event", required=True)
            target = self._text(path, table, "to", required=True)
            guard = self._text(path, table, "if")
            sources = (
                (table["from"],) if isinstance(table.get("from"), str) else self._texts(path, table, "from")
            )
            if "from" not in table or not sources:
                words = _("“from” is missing: the state or states that this leads out of")
                self.wrong((*path, "from"), "missing", words)
            for source in sources:
                yield Transition(source, target, event, guard, self.line(path))

    def _tables(self, key: str) -> Iterator[tuple[str, dict[str, Any]]]:
        tables = self.data.get(key, {})
        if not isinstance(tables, dict):
            words = _("write each under a line [%(key)s.its_name]")
            self.wrong((key,), "wrong_shape", words % {"key": key})
            return
        for name, table in tables.items():
            if not isinstance(table, dict):
                words = _("write this under a line [%(key)s.%(name)s]")
                self.wrong((key, name), "wrong_shape", words % {"key": key, "name": name})
            elif not name.isidentifier() or name != name.lower() or len(name) > 40:
                words = _("%(name)s: names are small letters, digits and _, at most 40")
                self.wrong((key, name), "wrong_name", words % {"name": repr(name)})
            else:
                yield name, table

    def _known(self, path: Path, table: dict[str, Any], keys: set[str]) -> None:
        for key in table:
            if key not in keys:
                words = _("%(name)s means nothing here; known: %(known)s")
                self.wrong((*path, key), "unknown_key", words % _among(key, sorted(keys)))

    def _labels(self, path: Path, table: dict[str, Any], key: str) -> dict[str, str]:
        labels = table.get(key)
        if isinstance(labels, str) and labels.strip():
            return {"en": labels.strip()}
        if (
            isinstance(labels, dict)
            and all(isinstance(text, str) and text.strip() for text in labels.values())
            and "en" in labels
        ):
            return {language.lower(): text.strip() for language, text in labels.items()}
        words = _('%(key)s needs a text, at least in English: %(key)s.en = "…"')
        self.wrong((*path, key), "no_label", words % {"key": key})
        return {"en": str(path[-1])}

    def _text(self, path: Path, table: dict[str, Any], key: str, *, required: bool = False) -> str:
        value = table.get(key, "")
        if not isinstance(value, str):
            words = _("%(key)s must be a text in quotes")
            self.wrong((*path, key), "wrong_shape", words % {"key": key})
            return ""
        if required and not value.strip():
            self.wrong((*path, key), "missing", _("“%(key)s” is missing") % {"key": key})
        return value.strip()

    def _texts(self, path: Path, table: dict[str, Any], key: str) -> tuple[str, ...]:
        values = table.get(key, [])
        if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
            words = _('%(key)s must be a list of texts: ["…", "…"]')
            self.wrong((*path, key), "wrong_shape", words % {"key": key})
            return ()
        return tuple(values)
