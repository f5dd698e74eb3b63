"""Words that differ by a typing error: a letter wrong, too many, left out, or two swapped.

Two such words meet under a spelling with one letter left out of either.
Source: https://doi.org/10.1007/978-3-540-74549-8_19 (deletion neighbourhoods), for one letter.
"""

from rapidfuzz.distance import OSA

SHORTEST = 4
LONG = 8


def spellings(word: str) -> set[str]:
    """Return a word and what is left of it without any one of its letters; short words only themselves."""
    if len(word) < SHORTEST:
        return {word}
    return {word, *(word[:place] + word[place + 1 :] for place in range(len(word)))}


def is_misspelt(typed: str, word: str) -> bool:
    """Tell whether `typed` is probably meant as `word`: one error, two in a long word, none in a number."""
    allowed = 2 if len(typed) >= LONG else 1
    if len(typed) < SHORTEST or typed.isdigit():
        allowed = 0
    return OSA.distance(typed, word, score_cutoff=allowed) <= allowed
