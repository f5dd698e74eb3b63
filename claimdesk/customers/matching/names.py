"""How alike two names are: which words meet, exactly or misspelt, what is left on either side, what that says."""

from dataclasses import dataclass

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from claimdesk.customers.matching import dictionaries
from claimdesk.customers.matching.normalise import Name
from claimdesk.customers.matching.rarity import Rarity

ABBREVIATED = 0.6
INITIAL = 0.3
INITIALS = 0.5
LONGEST_ABBREVIATION = 6
SAYS_LITTLE = 0.25


@dataclass(frozen=True, slots=True)
class Pairing:
    """Two spellings taken for one word or run of words, how alike they are, and the letters that differ."""

    one: str
    other: str
    alike: float
    edits: int


@dataclass(frozen=True, slots=True)
class NameComparison:
    """What two names share, in nats of information, and what each has alone."""

    shared: float
    missing: tuple[str, ...]
    extra: tuple[str, ...]
    missing_information: float
    extra_information: float
    altered: tuple[Pairing, ...]
    joined: float
    reordered: bool
    is_acronym: bool
    same_form: bool
    kindred_form: bool
    other_form: bool
    typed: str
    on_file: str

    @property
    def edits(self) -> int:
        return sum(pairing.edits for pairing in self.altered)

    @property
    def exact(self) -> bool:
        """All words meet in one spelling; blanks may stand elsewhere."""
        return not self.missing and not self.extra and all(pairing.alike == 1 for pairing in self.altered)

    @property
    def numbers_differ(self) -> bool:
        """Both names have a number that the other lacks."""
        return any(map(str.isdigit, self.missing)) and any(map(str.isdigit, self.extra))

    @property
    def number_left(self) -> bool:
        """One name has a small number where the other has none: another fund, another branch."""
        return any(map(_is_small_number, self.missing)) != any(map(_is_small_number, self.extra))

    @property
    def names_a_sister(self) -> bool:
        """One name has a word that tells firms of a group apart where the other has none: Holding, Finance, North."""
        typed, on_file = self.sister_words
        return bool(typed) != bool(on_file)

    @property
    def sister_words(self) -> tuple[list[str], list[str]]:
        """The words that tell firms of a group apart which one name has alone: as typed, on file."""
        sisters = dictionaries.words().sisters
        return [word for word in self.extra if word in sisters], [
            word for word in self.missing if word in sisters
        ]

    @property
    def coverage(self) -> float:
        """The share of the fuller name's information that meets, from 0 to 1."""
        lost = sum((1 - pairing.alike) for pairing in self.altered)
        total = self.shared + max(self.missing_information, self.extra_information) + lost
        return self.shared / total if total else 0.0


def compare_names(
    one: Name, other: Name, rarity: Rarity, places: frozenset[str] = frozenset()
) -> NameComparison:
    """Compare the newcomer's name with one on file; both have words. The order of words does not matter.

    Takes: `places`, words of their towns and countries: a name that has one more than the other says little by it,
    as with a part of a legal form.
    """
    common, rest_one, rest_other = _split(one.words, other.words)
    altered = _initials(one.words, other.words)
    is_acronym = bool(altered)
    if is_acronym:
        rest_one, rest_other = [], []
    elif rest_one and rest_other:
        altered = _glued(rest_one, rest_other) + _glued(rest_other, rest_one, swapped=True)
        altered += _misspelt(rest_one, rest_other)
    same, kindred, differs = compare_forms(one.legal_forms, other.legal_forms)
    return NameComparison(
        shared=sum(map(rarity.information, common)) + sum(_information(each, rarity) for each in altered),
        missing=tuple(rest_other),
        extra=tuple(rest_one),
        missing_information=_left(rest_other, rarity, places),
        extra_information=_left(rest_one, rarity, places),
        altered=tuple(altered),
        joined=_same_letters(common, altered, rest_one, rest_other),
        reordered=one.words != other.words and len(common) == len(one.words) == len(other.words),
        is_acronym=is_acronym,
        same_form=same,
        kindred_form=kindred,
        other_form=differs,
        typed=one.text,
        on_file=other.text,
    )


def _left(words: list[str], rarity: Rarity, places: frozenset[str]) -> float:
    parts_of_forms = dictionaries.legal_forms().parts
    return sum(
        rarity.information(word) * (SAYS_LITTLE if word in places or word in parts_of_forms else 1.0)
        for word in words
    )


def compare_forms(one: frozenset[str], other: frozenset[str]) -> tuple[bool, bool, bool]:
    """Tell whether two sets of legal forms have one in common, else one of a kind, else none though both have some."""
    if not one or not other:
        return False, False, False
    if one & other:
        return True, False, False
    kinds = dictionaries.legal_forms().kinds
    empty: frozenset[str] = frozenset()
    kindred = bool(
        empty.union(*(kinds.get(code, empty) for code in one))
        & empty.union(*(kinds.get(code, empty) for code in other))
    )
    return False, kindred, not kindred


def allowed_edits(length: int) -> int:
    """Return how many letters may differ in a word of `length` letters that is still taken for the same."""
    return 0 if length < 4 else 1 if length < 7 else 2 if length < 12 else 3 + (length - 12) // 8


def _split(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[list[str], list[str], list[str]]:
    """Return the words in common, those of `one` alone and those of `other` alone."""
    if one == other:
        return list(one), [], []
    common, rest_one, rest_other = [], [], list(other)
    for word in one:
        if word in rest_other:
            rest_other.remove(word)
            common.append(word)
        else:
            rest_one.append(word)
    return common, rest_one, rest_other


def _same_letters(
    common: list[str], altered: list[Pairing], rest_one: list[str], rest_other: list[str]
) -> float:
    """Return how alike the letters are if what meets stands side by side, from 0 to 1."""
    if not altered and not rest_one and not rest_other:
        return 1.0
    common = sorted(common)
    one = common + [pairing.one for pairing in altered] + sorted(rest_one)
    other = common + [pairing.other for pairing in altered] + sorted(rest_other)
    return fuzz.ratio("".join(one), "".join(other)) / 100


def _information(pairing: Pairing, rarity: Rarity) -> float:
    spellings = [rarity.information(word) for word in (pairing.one, pairing.other)]
    return min(spellings) * pairing.alike


def _glued(parts: list[str], wholes: list[str], *, swapped: bool = False) -> list[Pairing]:
    """Pair two or three neighbouring words with one that is written without blanks; take them off both lists."""
    found = []
    for length in (3, 2):
        place = 0
        while place + length <= len(parts):
            glued = "".join(parts[place : place + length])
            whole = next((word for word in wholes if _is_glued(glued, word)), None)
            if whole:
                edits = OSA.distance(glued, whole)
                spelt = " ".join(parts[place : place + length])
                alike = 1 - edits / len(whole)
                found.append(Pairing(*((whole, spelt) if swapped else (spelt, whole)), alike, edits))
                wholes.remove(whole)
                del parts[place : place + length]
            else:
                place += 1
    return found


def _is_glued(glued: str, word: str) -> bool:
    if abs(len(glued) - len(word)) > 1 or len(word) < 4:
        return glued == word
    return bool(OSA.distance(glued, word, score_cutoff=1) <= (len(word) > 7))


def _misspelt(rest_one: list[str], rest_other: list[str]) -> list[Pairing]:
    """Pair the words that are left, the most alike first; take them off both lists."""
    pairings = [
        pairing for word in dict.fromkeys(rest_one) for mate in rest_other if (pairing := _alike(word, mate))
    ]
    pairings.sort(key=lambda pairing: (-pairing.alike, pairing.one, pairing.other))
    taken = []
    for pairing in pairings:
        if pairing.one in rest_one and pairing.other in rest_other:
            rest_one.remove(pairing.one)
            rest_other.remove(pairing.other)
            taken.append(pairing)
    return taken


def _alike(one: str, other: str) -> Pairing | None:
    """Return the two words as one if they differ by few letters, or one shortens the other."""
    if one[0].isdigit() or other[0].isdigit():
        return None
    shorter, longer = sorted((one, other), key=len)
    allowed = allowed_edits(len(longer))
    edits = OSA.distance(one, other, score_cutoff=allowed)
    if edits <= allowed:
        return Pairing(one, other, 1 - 1.5 * edits / len(longer), edits)
    if len(shorter) <= LONGEST_ABBREVIATION and longer.startswith(shorter):
        return Pairing(one, other, ABBREVIATED if len(shorter) > 2 else INITIAL, 0)
    return None


def _initials(one: tuple[str, ...], other: tuple[str, ...]) -> list[Pairing]:
    """Pair a name of one word with one whose initials it is made of."""
    short, words = sorted((one, other), key=len)
    if len(short) != 1 or len(words) < 3 or short[0] != "".join(word[0] for word in words):
        return []
    return [Pairing(" ".join(one), " ".join(other), INITIALS, 0)]


def _is_small_number(word: str) -> bool:
    return len(word) < 3 and word.isdigit()
