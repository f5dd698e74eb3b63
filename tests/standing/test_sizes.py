"""Files, functions and views end before they need a table of contents."""

import ast

from tests.standing.conftest import HOUSE, VENDORED, Source

LINES_OF_A_FILE = 400
LINES_OF_A_FUNCTION = 40
LINES_OF_A_VIEW = 25
GATES = {"office_page", "portal_page", "public_page"}


def length(function: ast.FunctionDef) -> int:
    """Lines from `def` to the last; decorators do not count."""
    return (function.end_lineno or function.lineno) - function.lineno + 1


def is_view(function: ast.FunctionDef) -> bool:
    """Whether a gate stands before the function."""
    calls = (node.func if isinstance(node, ast.Call) else node for node in function.decorator_list)
    return any(isinstance(node, ast.Name) and node.id in GATES for node in calls)


def test_python_files_end_before_400_lines(sources: list[Source]):
    too_long = {source.name: source.text.count("\n") for source in sources}

    assert {name: lines for name, lines in too_long.items() if lines >= LINES_OF_A_FILE} == {}


def test_templates_styles_and_scripts_end_before_400_lines():
    files = [path for kind in ("html", "css", "js") for path in (HOUSE / "claimdesk").rglob(f"*.{kind}")]
    own = [path for path in files if VENDORED not in path.parts]
    lines = {str(path.relative_to(HOUSE)): path.read_text().count("\n") for path in own}

    assert {name: number for name, number in lines.items() if number >= LINES_OF_A_FILE} == {}


def test_functions_end_before_40_lines(sources: list[Source]):
    lengths = {
        f"{source.name}:{function.name}": length(function)
        for source in sources
        for function in source.functions()
    }

    assert {name: lines for name, lines in lengths.items() if lines >= LINES_OF_A_FUNCTION} == {}


def test_views_end_before_25_lines(sources: list[Source]):
    lengths = {
        f"{source.name}:{function.name}": length(function)
        for source in sources
        for function in source.functions()
        if is_view(function)
    }

    assert {name: lines for name, lines in lengths.items() if lines >= LINES_OF_A_VIEW} == {}
