"""Of all who share keys with the newcomer, those worth a full comparison: a look at the letters of their names.

Where a word is misspelt, very many of a large register share a key with the newcomer, and each shares as much as the
next. Comparing letters costs a hundredth of weighing evidence, and tells most of them apart.
"""

from collections.abc import Callable, Iterable, Sequence

from rapidfuzz import fuzz

from claimdesk.kernel.text import fold

LOOKED_AT = 300
LONGEST_NAME = 240  # letters of a folded name that are kept on file
LETTERS = 20.0
WORTH_COMPARING = 0.35
Names = Callable[[Sequence[int]], Iterable[tuple[int, str]]]


def shortlist(typed: str, votes: Sequence[tuple[int, float]], names_of: Names, limit: int) -> list[int]:
    """Return up to `limit` of the elected entries, the likeliest first.

    Takes: `votes`, each entry with what it shares, the most first; `names_of`, which gives entries with their folded
    names, an entry as often as it has names.
    """
    if len(votes) < 2:
        return [entry for entry, _ in votes]
    seen = dict(votes[:LOOKED_AT])
    name = fold(typed)[:LONGEST_NAME]
    alike = dict.fromkeys(seen, 0.0)
    for entry, other in names_of(list(seen)):
        ratio = max(fuzz.ratio(name, other), fuzz.token_sort_ratio(name, other)) / 100
        alike[entry] = max(alike[entry], ratio)
    worth = {entry: shared + LETTERS * alike[entry] for entry, shared in seen.items()}
    likely = sorted(worth, key=lambda entry: (-worth[entry], entry))[:limit]
    return [entry for entry in likely if worth[entry] >= WORTH_COMPARING * worth[likely[0]]]
