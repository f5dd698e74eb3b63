"""The word lists of `data/`, read once: legal forms, spellings that stand for one word, common words.

A seller adds spellings by a file like `data/words.toml` that CLAIMDESK_MATCHING_WORDS names.
"""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any
from zlib import crc32

from anyascii import anyascii
from django.conf import settings

DATA = Path(__file__).parent / "data"
OF_A_SELLER = ("abbreviations", "towns", "streets")
LONGEST_GLUED = 5
_WORD = re.compile(r"[0-9a-z]+")
_PICTURES = re.compile("[\u2600-\u27bf\U0001f000-\U0001faff\ufe0f\u200d]+")
_DOTTED = re.compile(r"\b([a-z])\.\s*(?=[a-z]\b)")


def tokens_of(text: str) -> list[str]:
    """Return the words of `text` in small Latin letters and digits; dotted initials become one word."""
    if not text.isascii():
        text = anyascii(_PICTURES.sub(" ", text))
    text = text.lower().replace("'", "").replace("`", "").replace("&", " and ")
    return _WORD.findall(_DOTTED.sub(r"\1", text) if "." in text else text)


def merge_initials(tokens: list[str]) -> list[str]:
    """Join neighbouring single letters: `s a de c v` becomes `sa de cv`."""
    merged: list[str] = []
    open_run = False
    for token in tokens:
        is_letter = len(token) == 1 and token.isalpha()
        if is_letter and open_run:
            merged[-1] += token
        else:
            merged.append(token)
        open_run = is_letter
    return merged


def read(name: str) -> dict[str, Any]:
    """Read a TOML file of `data/`."""
    return tomllib.loads((DATA / name).read_text(encoding="utf-8"))


@dataclass(frozen=True)
class LegalForms:
    """Spellings of legal forms as words in Latin letters, and those that are recognised before transliteration.

    `kinds` says what a code is: a company with limited liability, one with shares, a partnership; `parts` holds
    words that are a form, and short ones that are part of one. `by_first` and `by_last` lead from a spelling's first and last word to the spellings, longest first; `long_ones`
    from its length and first letter to it, for misspelt ones; `glued` holds short ones that may end a
    word written in one with them.
    """

    codes: dict[tuple[str, ...], frozenset[str]]
    by_first: dict[str, list[tuple[str, ...]]]
    by_last: dict[str, list[tuple[str, ...]]]
    long_ones: dict[tuple[int, str], list[str]]
    leading: frozenset[str]
    anywhere: frozenset[str]
    end_only: frozenset[tuple[str, ...]]
    native: re.Pattern[str]
    native_codes: dict[str, frozenset[str]]
    glued: frozenset[str]
    kinds: dict[str, frozenset[str]]
    parts: frozenset[str]

    def stands_inside(self, spelling: tuple[str, ...]) -> bool:
        """Tell whether the spelling is a legal form also in the middle of a name."""
        if spelling in self.end_only:
            return False
        return len(spelling) > 1 or len(spelling[0]) > 3 or spelling[0] in self.anywhere

    def may_lead(self, spelling: tuple[str, ...]) -> bool:
        return self.stands_inside(spelling) or spelling[0] in self.leading


def _is_native(spelling: str) -> bool:
    return any(ord(letter) > 0x0590 and letter.isalpha() for letter in spelling) or spelling in "㈱㈲㈜"


@lru_cache(maxsize=1)
def legal_forms() -> LegalForms:
    """Return the legal forms of `data/legal_forms.toml`."""
    countries = read("legal_forms.toml")
    anywhere = countries.pop("anywhere")
    kinds = countries.pop("kinds")
    codes: dict[tuple[str, ...], set[str]] = {}
    native: dict[str, set[str]] = {}
    glued: set[str] = set()
    for forms in countries.values():
        for code, spellings in forms.items():
            for spelling in spellings:
                if _is_native(spelling):
                    native.setdefault(spelling, set()).add(code)
                    continue
                words = tuple(merge_initials(tokens_of(spelling)))
                codes.setdefault(words, set()).add(code)
                if spelling.isalpha() and len(spelling) <= LONGEST_GLUED:
                    glued.add(spelling)
    by_first, by_last = _by_ends(codes)
    long_ones: dict[tuple[int, str], list[str]] = {}
    for spelling in map(" ".join, sorted(codes)):
        long_ones.setdefault((len(spelling), spelling[0]), []).append(spelling)
    longest = sorted(native, key=len, reverse=True)
    return LegalForms(
        codes={words: frozenset(found) for words, found in codes.items()},
        by_first=by_first,
        by_last=by_last,
        long_ones=long_ones,
        leading=frozenset(anywhere["leading"]),
        anywhere=frozenset(anywhere["leading_or_inner"]),
        end_only=frozenset(tuple(tokens_of(form)) for form in anywhere["end_only"]),
        native=re.compile("|".join(map(re.escape, longest))),
        native_codes={spelling: frozenset(found) for spelling, found in native.items()},
        parts=frozenset(word for words in codes for word in words if len(words) == 1 or len(word) < 4),
        kinds=_kinds_by_code(kinds),
        glued=frozenset(glued),
    )


def _by_ends(
    spellings: Iterable[tuple[str, ...]],
) -> tuple[dict[str, list[tuple[str, ...]]], dict[str, list[tuple[str, ...]]]]:
    by_first: dict[str, list[tuple[str, ...]]] = {}
    by_last: dict[str, list[tuple[str, ...]]] = {}
    for words in sorted(spellings, key=len, reverse=True):
        by_first.setdefault(words[0], []).append(words)
        by_last.setdefault(words[-1], []).append(words)
    return by_first, by_last


def _kinds_by_code(codes_by_kind: dict[str, list[str]]) -> dict[str, frozenset[str]]:
    codes = {code for listed in codes_by_kind.values() for code in listed}
    return {
        code: frozenset(kind for kind, listed in codes_by_kind.items() if code in listed) for code in codes
    }


@dataclass(frozen=True)
class Words:
    """Spellings that mean one word: `one[spelling] = word`; `phrases` for spellings of several words."""

    one: dict[str, str]
    phrases: dict[str, list[tuple[tuple[str, ...], str]]]
    numbers: dict[str, int]
    dropped: frozenset[str]
    sisters: frozenset[str]
    streets: dict[str, str]
    street_kinds: frozenset[str]
    towns: dict[str, str]
    countries: dict[str, list[str]]


class NotWords(Exception):
    """A seller's file of spellings that cannot be used; the message names file and place."""


def read_extra(path: Path) -> dict[str, dict[str, list[str]]]:
    """Return the spellings of a seller's own file: sections of OF_A_SELLER, each word = [other spellings].

    Raises: NotWords.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise NotWords(f"{path}: {error}") from None
    for section, entries in data.items():
        if section not in OF_A_SELLER or not isinstance(entries, dict):
            raise NotWords(f"{path}: there is no section [{section}]; known are {', '.join(OF_A_SELLER)}")
        for word, spellings in entries.items():
            is_list = isinstance(spellings, list) and all(
                isinstance(each, str) and tokens_of(each) for each in spellings
            )
            if not is_list or not tokens_of(word):
                raise NotWords(f'{path}: [{section}] {word}: write {word} = ["a spelling", "another"]')
    return data


def extra_mark() -> int:
    """Return a number that changes with the seller's file, nought without one: keys are made of its words."""
    if not settings.MATCHING_EXTRA_WORDS:
        return 0
    return (
        crc32(repr(sorted(read_extra(Path(settings.MATCHING_EXTRA_WORDS)).items())).encode()) % 1_000_000 + 1
    )


@lru_cache(maxsize=1)
def words() -> Words:
    """Return the spellings of `data/words.toml` and of the seller's own file."""
    data = read("words.toml")
    if settings.MATCHING_EXTRA_WORDS:
        for section, entries in read_extra(Path(settings.MATCHING_EXTRA_WORDS)).items():
            data[section].update(entries)
    one: dict[str, str] = {}
    phrases: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for word, spellings in data["abbreviations"].items():
        for spelling in spellings:
            found = tuple(merge_initials(tokens_of(spelling)))
            if len(found) == 1:
                one[found[0]] = word
            else:
                phrases.setdefault(found[0], []).append((found, word))
    for found_phrases in phrases.values():
        found_phrases.sort(key=lambda entry: -len(entry[0]))
    return Words(
        one=one,
        phrases=phrases,
        numbers={spelling: int(n) for n, spellings in data["numbers"].items() for spelling in spellings},
        dropped=frozenset(data["dropped"]["words"]),
        sisters=frozenset(data["sisters"]["words"]),
        street_kinds=frozenset(data["street_kinds"]["words"]),
        towns={spelling: town for town, spellings in data["towns"].items() for spelling in spellings},
        countries=data["countries"],
        streets={spelling: short for short, spellings in data["streets"].items() for spelling in spellings},
    )


@lru_cache(maxsize=1)
def common_words() -> dict[str, float]:
    """Return the share of organizations' names that bear a common word, as a fraction of one."""
    shares: dict[str, float] = {}
    for count, listed in read("common_words.toml")["per_ten_thousand"].items():
        for word in listed:
            shares.setdefault(word, int(count) / 10_000)
    return shares
