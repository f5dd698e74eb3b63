"""Actions are the only writers, and every one is of the same make."""

import ast
import re

from tests.standing.conftest import Source


def actions(sources: list[Source]) -> list[tuple[Source, ast.FunctionDef]]:
    """Every public function of every room's actions."""
    return [
        (source, function)
        for source in sources
        if re.search(r"/actions(\.py|/.+\.py)$", source.name)
        for function in source.public_functions()
        if not re.search(r"/actions/_", source.name)
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
