"""What docs/order-process.md says of the file holds."""

import re
from pathlib import Path

import pytest

from claimdesk.orders.process import library
from claimdesk.orders.process.definition import FLAGS
from claimdesk.orders.process.diagram import draw
from claimdesk.orders.process.reading import read_process
from claimdesk.orders.process.validation import problems_of
from claimdesk.orders.process.vocabulary import COMMANDS, GUARDS

DOCS = Path(__file__).resolve().parents[3] / "docs"
PAGE = (DOCS / "order-process.md").read_text()


def example() -> str:
    """The example that is added to the default process."""
    return library.text_of(library.DEFAULT) + "\n" + re.search(r"```toml\n(.*?)```", PAGE, re.DOTALL)[1]


def test_the_worked_example_is_sound():  # O10
    process = read_process(example())

    assert problems_of(process) == []
    assert "backordered" in process.states


def test_the_faults_that_the_page_shows_are_those_that_are_found():  # O10
    first, second, *_forgotten = re.split(r"(?=\[\[transition\]\]\nevent = \"(?:stock))", example())
    shown = re.findall(r"default-1\.toml:(\d+): (.*)", PAGE)

    problems = problems_of(read_process(first.rstrip() + "\n"))

    assert second
    assert [(str(problem.line), problem.message) for problem in problems] == shown


@pytest.mark.parametrize("word", [*FLAGS, *COMMANDS, *GUARDS])
def test_every_word_of_the_file_is_explained(word: str):  # O9
    assert f"| `{word}` |" in PAGE


def test_the_picture_is_that_of_the_default_process():  # O10
    assert (DOCS / "pictures" / "order-process.svg").read_text() == draw(
        read_process(library.text_of(library.DEFAULT))
    )
