"""A statement for or against an account claim."""

from dataclasses import dataclass

FOR, AGAINST, OPEN = "for", "against", "open"
MUCH, SOME = 2.0, 0.8


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence of evidence in the reader's language.

    `code` is stable. `speaks` is FOR, AGAINST or OPEN. `strength` goes from 1 (a hint) to 3 (as good as proof).
    """

    code: str
    speaks: str
    strength: int
    sentence: str


def strength_of(weight: float) -> int:
    """Return the strength that a weight in log-odds has."""
    return 3 if abs(weight) >= MUCH else 2 if abs(weight) >= SOME else 1
