"""Who may come in where, who writes, and what each file is called."""

import ast
import re

import pytest
from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

from tests.standing.conftest import HOUSE, Source

EVERYBODYS = {"kernel", "ledger"}
DOORS = {"office", "portal", "mail"}
NAMES_THAT_SAY_NOTHING = {"utils", "util", "helpers", "helper", "common", "misc", "services", "managers"}
WRITING = {"save", "bulk_create", "bulk_update", "get_or_create", "update_or_create"}


def attributes(source: Source) -> set[str]:
    """Every name after a dot."""
    return {node.attr for node in ast.walk(source.tree) if isinstance(node, ast.Attribute)}


def test_rooms_look_downwards_only(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(HOUSE)

    assert lint_imports(no_cache=True) == EXIT_STATUS_SUCCESS


def test_every_room_says_what_lives_there_and_who_may_come_in():
    rooms = sorted(path for path in (HOUSE / "claimdesk").iterdir() if (path / "__init__.py").exists())
    docstrings = {
        room.name: ast.get_docstring(ast.parse((room / "__init__.py").read_text())) for room in rooms
    }

    assert rooms
    assert [name for name, docstring in docstrings.items() if not docstring or "\n" not in docstring] == []


def test_doors_have_no_tables(sources: list[Source]):
    tables = [s.name for s in sources if s.room in DOORS and re.search(r"models(\.py|/)|migrations/", s.name)]

    assert tables == []


def test_doors_ask_queries_and_never_write(sources: list[Source]):
    reached_through = {
        source.name: sorted(attributes(source) & (WRITING | {"objects", "_default_manager"}))
        for source in sources
        if source.room in DOORS
    }

    assert {name: used for name, used in reached_through.items() if used} == {}


def test_there_are_no_signals(sources: list[Source]):
    """allauth's few are met in one file."""
    hearing = [
        source.name
        for source in sources
        if source.room
        and source.name != "claimdesk/access/allauth.py"
        and re.search(r"django\.dispatch|\bsignals\b import|import .*\bsignals\b", source.text)
    ]

    assert hearing == []


def test_modules_and_functions_have_names_that_say_something(sources: list[Source]):
    modules = [source.name for source in sources if source.path.stem in NAMES_THAT_SAY_NOTHING]
    functions = [
        f"{source.name}:{function.name}"
        for source in sources
        for function in source.functions()
        if function.name.startswith(("do_", "handle_"))
    ]

    assert modules + functions == []


def test_every_module_says_what_it_is_for(sources: list[Source]):
    silent = [
        source.name
        for source in sources
        if source.text.strip() and not source.name.startswith("tests/") and not ast.get_docstring(source.tree)
    ]

    assert silent == []


def test_every_query_and_action_and_all_that_everybody_uses_says_what_it_is_for(sources: list[Source]):
    silent = [
        f"{source.name}:{function.name}"
        for source in sources
        if source.room in EVERYBODYS or re.search(r"/(actions|queries)(\.py|/)", source.name)
        for function in source.public_functions()
        if not ast.get_docstring(function)
    ]

    assert silent == []
