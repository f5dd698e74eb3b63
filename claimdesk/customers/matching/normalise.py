"""A name as people write it, made comparable: case, accents, script, punctuation and legal form gone (A30)."""

import re
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache

from rapidfuzz.distance import OSA

from claimdesk.customers.matching import dictionaries

LONGEST_NAME = 300
MOST_WORDS = 16
LONGEST_PART = 4
SHORTEST_MISSPELT_FORM = 12
_UMLAUTS = re.compile(r"(?<=[b-df-hj-np-tv-z])([aou])e(?=[b-df-hj-np-tv-z])|^([aou])e(?=[b-df-hj-np-tv-z])")
_PARTS = re.compile(r"[^\s/–-]+")
_ORDINAL = re.compile(r"^0*(\d+)(?:st|nd|rd|th)?$")
_ROMAN = {
    "ii": "2",
    "iii": "3",
    "iv": "4",
    "vi": "6",
    "vii": "7",
    "viii": "8",
    "ix": "9",
    "xi": "11",
    "xii": "12",
}
_ROMAN_AT_END = {"i": "1", "v": "5", "x": "10", "xiii": "13", "xiv": "14", "xv": "15", "xx": "20"}


@dataclass(frozen=True, slots=True)
class Name:
    """A name made comparable: its words in their order, the codes of its legal forms, all words in one."""

    words: tuple[str, ...]
    legal_forms: frozenset[str]
    text: str = field(default="", compare=False)

    @property
    def joined(self) -> str:
        return "".join(self.words)


@lru_cache(maxsize=100_000)
def normalise_name(text: str) -> Name:
    """Return `text` comparable. A name that is nothing but a legal form has no words."""
    typed = text = text[:LONGEST_NAME]
    forms = dictionaries.legal_forms()
    codes: set[str] = set()
    if not text.isascii():
        text = _without_native_forms(unicodedata.normalize("NFKC", text), codes)
    text = _with_form_apart(text.rstrip(), forms.glued)
    tokens = dictionaries.merge_initials(_without_conjunctions(dictionaries.tokens_of(text)))
    tokens = _without_legal_forms(tokens, codes)
    if not codes:
        tokens = _without_misspelt_form(tokens, codes)
    words = tuple(_spell(word) for word in _one_spelling(_with_numbers(tokens)))
    return Name(words[:MOST_WORDS], frozenset(codes), typed)


def spell_word(text: str) -> str:
    """Return a single word, of a town or a person, as it is compared."""
    return " ".join(_spell(token) for token in dictionaries.tokens_of(text[:LONGEST_NAME]))


def as_typed(words: str, text: str) -> str:
    """Return the part of `text` that is compared as `words`; `words` themselves where none is."""
    typed = _PARTS.findall(text)
    parts = [
        " ".join(typed[start : start + length]).strip(',;.()"')
        for length in range(1, LONGEST_PART + 1)
        for start in range(len(typed) - length + 1)
    ]
    for spelt in (spell_word, lambda part: " ".join(normalise_name(part).words)):
        found = next((part for part in parts if spelt(part) == words), None)
        if found:
            return found
    return words


def _with_form_apart(text: str, forms: frozenset[str]) -> str:
    """Write a legal form that ends a word apart from it: `MeierGmbH` becomes `Meier GmbH`."""
    for length in range(dictionaries.LONGEST_GLUED, 0, -1):
        if text[-length:] in forms:
            before = text[-length - 1 : -length]
            is_glued = before.isalpha() and not before.isupper()
            return f"{text[:-length]} {text[-length:]}" if is_glued else text
    return text


def _without_native_forms(text: str, codes: set[str]) -> str:
    forms = dictionaries.legal_forms()

    def note(found: re.Match[str]) -> str:
        codes.update(forms.native_codes[found[0]])
        return " "

    return forms.native.sub(note, text)


def _without_conjunctions(tokens: list[str]) -> list[str]:
    """Drop "and", "the" and their like; single letters only between longer words, lest initials break."""
    dropped = dictionaries.words().dropped
    if dropped.isdisjoint(tokens):
        return tokens
    last = len(tokens) - 1
    kept = [
        token
        for place, token in enumerate(tokens)
        if token not in dropped
        or (
            len(token) == 1 and not (0 < place < last and len(tokens[place - 1]) > 1 < len(tokens[place + 1]))
        )
    ]
    return kept or tokens


def _without_legal_forms(tokens: list[str], codes: set[str]) -> list[str]:
    """Take legal forms off the end, then off the front, then from inside; note their codes."""
    forms = dictionaries.legal_forms()
    while ending := _matching(tokens, forms.by_last.get(tokens[-1], []) if tokens else [], at_end=True):
        codes.update(forms.codes[ending])
        tokens = tokens[: -len(ending)]
    while leading := _matching(tokens, forms.by_first.get(tokens[0], []) if tokens else [], at_end=False):
        if not forms.may_lead(leading) or (len(leading) == len(tokens) and codes):
            break
        codes.update(forms.codes[leading])
        tokens = tokens[len(leading) :]
    place = 1
    while place < len(tokens):
        inner = _matching(tokens[place:], forms.by_first.get(tokens[place], []), at_end=False)
        if inner and forms.stands_inside(inner):
            codes.update(forms.codes[inner])
            tokens = tokens[:place] + tokens[place + len(inner) :]
        else:
            place += 1
    return tokens


def _without_misspelt_form(tokens: list[str], codes: set[str]) -> list[str]:
    """Take a long legal form with one or two wrong letters off the end."""
    forms = dictionaries.legal_forms()
    for start in range(1, len(tokens)):
        ending = " ".join(tokens[start:])
        if len(ending) < SHORTEST_MISSPELT_FORM:
            break
        for length in range(len(ending) - 1, len(ending) + 2):
            for spelling in forms.long_ones.get((length, ending[0]), []):
                if OSA.distance(ending, spelling, score_cutoff=2) <= 2:
                    codes.update(forms.codes[tuple(spelling.split())])
                    return tokens[:start]
    return tokens


def _matching(tokens: list[str], spellings: list[tuple[str, ...]], *, at_end: bool) -> tuple[str, ...] | None:
    for spelling in spellings:
        part = tokens[-len(spelling) :] if at_end else tokens[: len(spelling)]
        if tuple(part) == spelling:
            return spelling
    return None


def _with_numbers(tokens: list[str]) -> list[str]:
    """Write Roman numbers as others; those that may be initials only at the end."""
    last = len(tokens) - 1
    return [
        _ROMAN.get(token) or (_ROMAN_AT_END.get(token, token) if place == last > 0 else token)
        for place, token in enumerate(tokens)
    ]


def _one_spelling(tokens: list[str]) -> list[str]:
    """Replace spellings of several words and words for numbers: `forty four` becomes `44`."""
    known = dictionaries.words()
    result: list[str] = []
    place = 0
    open_tens = False
    while place < len(tokens):
        token = tokens[place]
        for phrase, word in known.phrases.get(token, []):
            if tuple(tokens[place : place + len(phrase)]) == phrase:
                result.append(word)
                place += len(phrase)
                open_tens = False
                break
        else:
            number = known.numbers.get(token)
            if open_tens and number is None and len(token) == 1 and token.isdigit():
                number = int(token)
            if open_tens and number is not None and 0 < number < 10:
                result[-1] = str(int(result[-1]) + number)
                open_tens = False
            else:
                result.append(token if number is None else str(number))
                open_tens = number is not None and 20 <= number < 100 and number % 10 == 0
            place += 1
    return result


@lru_cache(maxsize=200_000)
def _spell(token: str) -> str:
    """Return the one spelling of a word: abbreviations written out, `ue` as `u`, ordinals as numbers."""
    token = dictionaries.words().one.get(token, token)
    ordinal = _ORDINAL.match(token)
    if ordinal:
        return ordinal[1]
    return _UMLAUTS.sub(lambda found: found[1] or found[2], token)
