"""Actions are the only writers, and every one is of the same make."""

import ast
import re

from tests.standing.conftest import Source

WRITERS = {"writing", "sequences", "timers", "allotments", "balances"}


def actions(sources: list[Source]) -> list[tuple[Source, ast.FunctionDef]]:
    """Every public function of every room's actions."""
    return [
        (source, function)
        for source in sources
        if re.search(r"/actions(\.py|/.+\.py)$", source.name)
        if source.path.stem not in WRITERS
        for function in source.public_functions()
        if not function.name.startswith("write_")
    ]


def decorators(function: ast.FunctionDef) -> set[str]:
    """A function's decorators as written."""
    return {ast.unparse(node) for node in function.decorator_list}


def test_every_action_is_one_transaction(sources: list[Source]):
    open_ended = [
        f"{source.name}:{function.name}"
        for source, function in actions(sources)
        if "transaction.atomic" not in decorators(function)
    ]

    assert open_ended == []


def test_every_action_ends_in_who_acts(sources: list[Source]):
    anonymous = [
        f"{source.name}:{function.name}"
        for source, function in actions(sources)
        if not function.args.kwonlyargs or function.args.kwonlyargs[-1].arg != "by"
    ]

    assert anonymous == []


def test_every_action_says_what_it_records(sources: list[Source]):
    silent = [
        f"{source.name}:{function.name}"
        for source, function in actions(sources)
        if "Records:" not in (ast.get_docstring(function) or "")
    ]

    assert silent == []


def test_writers_that_actions_share_never_record(sources: list[Source]):
    recording = [
        source.name
        for source in sources
        if "/actions/" in source.name
        and source.path.stem in WRITERS
        and re.search(r"\brecord\(", source.text)
    ]

    assert recording == []


def test_no_action_records_twice_in_a_row(sources: list[Source]):
    """One deed is one line in history."""
    twice = [
        f"{source.name}:{function.name}"
        for source, function in actions(sources)
        if sum(is_record(statement) for statement in function.body) > 1
    ]

    assert twice == []


def is_record(statement: ast.stmt) -> bool:
    """Whether a statement is a call of `record()`."""
    call = getattr(statement, "value", None)
    return isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "record"
