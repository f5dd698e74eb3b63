"""A seller's own spellings (A30)."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from claimdesk.config.checkup import surroundings
from claimdesk.customers.matching import dictionaries
from claimdesk.customers.matching.candidates import candidates
from claimdesk.customers.matching.dictionaries import NotWords, read_extra
from claimdesk.customers.matching.normalise import normalise_name
from claimdesk.customers.matching.records import Newcomer
from claimdesk.customers.matching.writing import is_outdated, rebuild
from tests import make


@pytest.fixture
def file(tmp_path: Path, settings) -> Iterator[Path]:
    path = tmp_path / "words.toml"
    path.write_text('[abbreviations]\nswitchgear = ["swgr"]\n', encoding="utf-8")
    settings.MATCHING_EXTRA_WORDS = str(path)
    forget()
    yield path
    settings.MATCHING_EXTRA_WORDS = ""
    forget()


def forget() -> None:
    dictionaries.words.cache_clear()
    normalise_name.cache_clear()


@pytest.mark.django_db
def test_a_spelling_of_the_seller_finds_and_a_change_files_everybody_anew(file: Path):  # A30
    make.customer(name="Zwickau Switchgear Ltd")
    assert is_outdated()
    rebuild()

    found = candidates(Newcomer(name="Zwickau Swgr"))

    assert [candidate.name for candidate in found] == ["Zwickau Switchgear Ltd"]
    assert not is_outdated()
    file.write_text('[abbreviations]\nswitchgear = ["swg"]\n', encoding="utf-8")
    assert is_outdated()


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("[abbreviations]\nx = oops\n", "line 2"),
        ("[verbs]\nx = ['y']", "verbs"),
        ("abbreviations = 3", "abbreviations"),
        ("[abbreviations]\nx = 'y'", "x = ["),
        ("[abbreviations]\nx = [7]", "x = ["),
        ("[abbreviations]\nx = ['...']", "x = ["),
        ("[abbreviations]\n'--' = ['y']", "--"),
    ],
)
def test_a_file_that_is_wrong_is_named_with_the_place(file: Path, text: str, word: str):
    file.write_text(text, encoding="utf-8")

    with pytest.raises(NotWords) as refusal:
        read_extra(file)

    assert word in str(refusal.value)
    assert [found.grade for found in surroundings.matching_words()] == ["fail"]


def test_a_good_file_is_counted_and_a_missing_one_told(file: Path):
    assert [found.grade for found in surroundings.matching_words()] == ["ok"]

    file.unlink()

    assert [found.grade for found in surroundings.matching_words()] == ["fail"]
