"""Tests prove something, on our own code as it is, and do not wait for luck."""

import ast

import pytest

from tests.standing.conftest import Source

PROVING = ("assert", "expect", "raises", "fail")
FEIGNING = ("unittest.mock", "pytest_mock", "mocker")
EXCUSES = {"xfail", "skip", "skipif", "importorskip"}
MAY_BE_EXCUSED = {"tests/orders/test_northwind.py"}  # its data is not ours to keep; whoever has it, tries it


@pytest.fixture(scope="module")
def tests(sources: list[Source]) -> list[Source]:
    return [source for source in sources if source.name.startswith("tests/")]


def name_of(call: ast.Call) -> str:
    """The last name of what is called."""
    return getattr(call.func, "attr", None) or getattr(call.func, "id", "")


def proves(function: ast.FunctionDef) -> bool:
    """Whether a function asserts anything, itself or by a call that says so in its name."""
    return any(
        isinstance(node, ast.Assert) or (isinstance(node, ast.Call) and name_of(node).startswith(PROVING))
        for node in ast.walk(function)
    )


def test_every_test_can_fail(tests: list[Source]):
    """A test that only runs Django's own check fails by an exception of it; such calls are proof too."""
    harmless = [
        f"{source.name}:{function.name}"
        for source in tests
        for function in source.functions()
        if function.name.startswith("test_")
        and not proves(function)
        and "call_command" not in ast.dump(function)
    ]

    assert harmless == []


def test_nothing_of_ours_is_feigned(tests: list[Source]):
    feigned = {
        source.name: [
            word for word in FEIGNING if f"import {word}" in source.text or f"from {word}" in source.text
        ]
        for source in tests
    }

    assert {name: words for name, words in feigned.items() if words} == {}


def test_no_test_is_excused(tests: list[Source]):
    excused = [
        source.name
        for source in tests
        if any(isinstance(node, ast.Attribute) and node.attr in EXCUSES for node in ast.walk(source.tree))
    ]

    assert set(excused) == MAY_BE_EXCUSED


def test_tests_are_named_once(tests: list[Source]):
    """Of two tests with one name in a file, only the last would run."""
    twice = [
        f"{source.name}:{name}"
        for source in tests
        for names in [[node.name for node in source.tree.body if isinstance(node, ast.FunctionDef)]]
        for name in sorted(set(names))
        if names.count(name) > 1
    ]

    assert twice == []
