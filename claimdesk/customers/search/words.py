"""The words under which a row is filed, and those that somebody types; both sides fold alike."""

import re
from collections.abc import Collection, Iterable
from functools import lru_cache

from claimdesk.kernel.text import fold, fold_number, tidy

LONGEST = 60
MOST_WORDS = 8
_PARTS = re.compile(r"[^0-9a-z]+")
_BETWEEN = re.compile("[\\s\"'\x00]+")
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe", "æ": "ae"})


def words_of_text(text: str) -> list[str]:
    """Return the words of a name or place: the pieces, what stands between blanks as one, and ü as ue."""
    found: list[str] = []
    for spelling in _spellings(text):
        for chunk in spelling.split():
            if not (chunk.isascii() and chunk.isalnum()):
                found += [part for part in _PARTS.split(chunk) if part]
                found.append(fold_number(chunk))
                continue
            if chunk[0] == "0":
                found.append(chunk)
            found.append(chunk.lstrip("0"))
    return found


def words_of_customer(
    *, name: str, email: str, numbers: Iterable[str], places: Iterable[tuple[str, str]]
) -> list[str]:
    """Return the words of a customer: `numbers` folded, of each place the folded postcode and the town."""
    found = [*words_of_text(name), *words_of_email(email), *numbers]
    for postcode, town in places:
        found += (postcode, *_words_of_town(town))
    return found


@lru_cache(maxsize=20_000)  # thousands of customers share a town
def _words_of_town(town: str) -> tuple[str, ...]:
    return tuple(words_of_text(town))


def words_of_email(email: str) -> list[str]:
    """Return an address as a word, and its domain."""
    return [email, email.rpartition("@")[2]] if email else []


def cut(words: Collection[str]) -> set[str]:
    """Return the words once each, as the index keeps them: not too long, without blanks and quotes."""
    if _BETWEEN.search("".join(words)):
        words = list(map(_plain, words))
    return {word[:LONGEST] for word in words if word}


def asked(text: str) -> list[list[str]]:
    """Return what was typed: for each word, the beginnings any of which may be meant."""
    found = []
    for chunk in tidy(text).split()[:MOST_WORDS]:
        meant = [fold(chunk)] if "@" in chunk or "." in chunk.strip(".") else []
        if "@" not in chunk:
            meant += [fold_number(spelling) for spelling in _spellings(chunk)]
        meant = list(dict.fromkeys(word[:LONGEST] for word in map(_plain, meant) if word))
        if meant:
            found.append(meant)
    return found


def _spellings(text: str) -> list[str]:
    if text.isascii():
        return [fold(text)]
    spelled_out = tidy(text).casefold().translate(_UMLAUTS)
    return list(dict.fromkeys((fold(text), fold(spelled_out))))


def _plain(word: str) -> str:
    return _BETWEEN.sub("", word) if _BETWEEN.search(word) else word
