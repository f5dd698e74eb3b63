"""The hashed keys of an organization, under which the index finds it again, misspelt or not.

Kinds: words; the two rarest with one of some parts left out (a word with one typing error meets its right spelling
there, for the error lies in one part); pairs of words; start and end of the name without blanks; its initials; a
word's start with the postcode or town; street and house; and exact keys of tax number, phones, e-mail addresses and
domains.

A key is a CRC of its kind and text. Those of words have 31 bits and are negative, for how many bear a word weighs in
scores. All others are folded to FOLDED values, so that some customers share each and the index packs them closely:
two that meet by chance only cost a comparison.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, pairwise
from math import log
from zlib import crc32

from claimdesk.customers.matching import dictionaries
from claimdesk.customers.matching.normalise import Name
from claimdesk.customers.matching.records import Profile

# Whoever changes keys, or how what they are made of is normalised, counts this up: workers then file everybody anew.
VERSION = 4
FOLDED = 1 << 21
WORDS_WITH_PARTS = 2
WORDS_ASKED_WITH_PARTS = 4
WORDS_IN_PAIRS = 4
WORDS_WITH_PLACE = 2
SHORTEST_WITH_PARTS = 4
LETTERS_OF_WORD = 24
ENDS = 8
FEWEST_INITIALS, MOST_INITIALS = 3, 6
START = 3
END = STREET = 6.0
RARE = 1 / 50_000
_FOLD = FOLDED - 1
_WORDS = 1 << 31

_PART, _PAIR, _START, _END, _POSTCODE, _TOWN, _STREET, _TAX, _PHONE, _EMAIL, _DOMAIN, _INITIALS = range(
    101, 113
)


@dataclass(frozen=True, slots=True)
class Key:
    """A key to look up: what it is worth if it meets, and the part of the newcomer that it speaks for.

    `is_word`: it is a word of the name, or such a word misspelt; `part` is the word.
    """

    value: int
    part: str
    worth: float
    is_word: bool = False


def _hash(kind: int, text: str) -> int:
    return crc32(text.encode(), kind)


def word_key(word: str) -> int:
    """Return the key of a word, under which the register's rarity of it is counted too."""
    return (crc32(word.encode()) | _WORDS) - 2 * _WORDS


@lru_cache(maxsize=100_000)
def _telling(word: str) -> tuple[float, str]:
    """Return by what words are sorted, the most telling first; the same on every machine and day."""
    return -information_of(word), word


@lru_cache(maxsize=200_000)
def information_of(word: str) -> float:
    """Return what it says that two names share `word`, in nats, before the register is asked."""
    share = dictionaries.common_words().get(word, RARE)
    return -log(share) * min(1.0, 0.25 + len(word) / 6)


def rarest(words: tuple[str, ...]) -> list[str]:
    """Return the words once each, the most telling first."""
    return sorted(set(words), key=_telling) if len(words) > 1 else list(words)


@lru_cache(maxsize=64)
def parts_of(length: int) -> tuple[tuple[int, int], ...]:
    """Return where the parts of a word of so many letters begin and end, each of which is left out once."""
    count = length if length < 6 else 3 if length < 9 else 4
    bounds = [length * part // count for part in range(count + 1)]
    return tuple(pairwise(bounds))


def _without_parts(word: str) -> Iterable[str]:
    """Return what a word is filed under beside itself: its length and what is left without each part."""
    length = len(word)
    return [f"{length} {word[:start]} {word[end:]}" for start, end in parts_of(length)]


def _has_parts(word: str) -> bool:
    return SHORTEST_WITH_PARTS <= len(word) <= LETTERS_OF_WORD and not word.isdigit()


@lru_cache(maxsize=100_000)
def _filed_under(word: str) -> tuple[int, ...]:
    """Return the keys of a telling word on file."""
    if not _has_parts(word):
        return (word_key(word),)
    return (word_key(word), *[crc32(left.encode(), _PART) & _FOLD for left in _without_parts(word)])


def spellings(word: str) -> list[int]:
    """Return the keys under which those stand who bear `word` with one letter missing, added, changed or swapped."""
    if not _has_parts(word):
        return []
    length = len(word)
    found = [
        _hash(_PART, f"{right} {word[:start]} {word[length - right + end :]}") & _FOLD
        for right in (length, length + 1, length - 1)
        if SHORTEST_WITH_PARTS <= right <= LETTERS_OF_WORD
        for start, end in parts_of(right)
    ]
    # Two letters swapped across the bound of two parts are in neither.
    swapped = [
        word[: start - 1] + word[start] + word[start - 1] + word[start + 1 :]
        for start, _ in parts_of(length)[1:]
    ]
    return found + [word_key(other) for other in swapped]


def keys_of(profile: Profile) -> set[int]:
    """Return all keys under which a customer is filed."""
    found = [value for value, _, _ in _exact(profile)]
    found += _streets(profile)
    words_met: list[int] = []
    for name in profile.names:
        words = rarest(name.words)
        for word in words[:WORDS_WITH_PARTS]:
            words_met += _filed_under(word)
        words_met += map(word_key, words[WORDS_WITH_PARTS:])
        found += [value for value, _ in _pairs(words)]
        found += _ends(name)
        if len(name.words) >= FEWEST_INITIALS:
            found.append(_hash(_INITIALS, "".join([word[0] for word in name.words])))
        found += [value for value, _ in _with_places(words, profile)]
    return {*words_met, *[value & _FOLD for value in found]}


def blocks_of(profile: Profile) -> dict[int, float]:
    """Return the keys that a duplicate of the customer is likely to share, unfolded, and what sharing is worth.

    Words that are misspelt are not among them: two firms that are one share a place, or other words.
    """
    found = {value: worth for value, _, worth in _exact(profile)}
    found |= dict.fromkeys(_streets(profile), STREET)
    for name in profile.names:
        words = rarest(name.words)
        found |= {crc32(word.encode()): information_of(word) for word in words}
        found |= {value: sum(map(information_of, pair)) / 2 for value, pair in _pairs(words)}
        found |= dict.fromkeys(_ends(name), END)
        found |= {value: information_of(word) * 0.8 for value, word in _with_places(words, profile)}
    return found


def keys_to_ask(profile: Profile) -> list[Key]:
    """Return the keys under which a newcomer may be found, each once, with what a meeting is worth."""
    found: dict[int, Key] = {}

    def add(value: int, part: str, worth: float, *, is_word: bool = False) -> None:
        value = value if is_word else value & _FOLD
        if value not in found or found[value].worth < worth:
            found[value] = Key(value, part, worth, is_word)

    for value, part, worth in _exact(profile):
        add(value, part, worth)
    for name in profile.names:
        words = rarest(name.words)
        for place, word in enumerate(words):
            information = information_of(word)
            add(word_key(word), word, information, is_word=True)
            for value in spellings(word) if place < WORDS_ASKED_WITH_PARTS else ():
                add(value, word, information * 0.7, is_word=True)
        for value, pair in _pairs(words):
            add(value, " ".join(pair), sum(map(information_of, pair)) / 2)
        for value in _ends(name):
            add(value, "ends", END)
        if len(words) == 1 and FEWEST_INITIALS <= len(words[0]) <= MOST_INITIALS:
            add(_hash(_INITIALS, words[0]), "ends", 5.0)
        for value, word in _with_places(words, profile):
            add(value, "place", information_of(word) * 0.8)
    for value in _streets(profile):
        add(value, "street", STREET)
    return list(found.values())


def _pairs(words: list[str]) -> list[tuple[int, tuple[str, str]]]:
    if len(words) < 2:
        return []
    pairs = combinations(sorted(words[:WORDS_IN_PAIRS]), 2)
    return [(crc32(" ".join(pair).encode(), _PAIR), pair) for pair in pairs]


def _ends(name: Name) -> tuple[int, int]:
    joined = name.joined
    return _hash(_START, joined[:ENDS]), _hash(_END, joined[-ENDS:])


def _with_places(words: list[str], profile: Profile) -> list[tuple[int, str]]:
    where = [(_POSTCODE, place.postcode) for place in profile.places if place.postcode]
    where += [(_TOWN, place.town) for place in profile.places if place.town]
    return [
        (crc32(f"{text} {word[:START]}".encode(), kind), word)
        for word in words[:WORDS_WITH_PLACE]
        for kind, text in where
    ]


def _streets(profile: Profile) -> Iterator[int]:
    for place in profile.places:
        if place.street and place.numbers:
            letters = max(place.street.split(), key=len)[: START + 2]
            numbers = sorted(place.numbers) if len(place.numbers) > 1 else place.numbers
            yield _hash(_STREET, f"{letters} {' '.join(numbers)}")


def _exact(profile: Profile) -> Iterator[tuple[int, str, float]]:
    if profile.tax_number:
        yield _hash(_TAX, profile.tax_number), "tax_number", 14.0
    for phone in profile.phone_tails:
        yield _hash(_PHONE, phone), "phone", 10.0
    for address in profile.emails:
        yield _hash(_EMAIL, address), "email", 14.0
    for domain in profile.domains:
        yield _hash(_DOMAIN, domain), "domain", 9.0
