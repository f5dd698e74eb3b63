"""Places of points in a diagram that a template draws as SVG."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

SIDE = 240.0


@dataclass(frozen=True, slots=True)
class Point:
    """A point in pixels from the upper left of a square of SIDE, with its size and words."""

    x: float
    y: float
    size: float
    words: str


def point(across: float, up: float, words: str, *, weight: float = 0.0) -> Point:
    """Return the place of shares from 0 to 1; `weight`, from 0 to 1, makes the dot larger."""
    return Point(round(across * SIDE, 1), round((1 - up) * SIDE, 1), round(4 + 8 * weight**0.5, 1), words)


def line(points: Iterable[Point]) -> str:
    """Return the points as SVG's `points` of a polyline."""
    return " ".join(f"{each.x},{each.y}" for each in points)


BAR_WIDTH, BAR_HEIGHT = 16, 48


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar in pixels from the upper left, its words, and whether there is anything to show."""

    x: int
    y: float
    width: int
    height: float
    words: str
    count: int


def bars(counts: Sequence[int], most: int, words: Sequence[str]) -> list[Bar]:
    """Return a bar for each count, as high as its share of `most`; the least there is can still be clicked."""
    heights = [max(3.0, round(count / most * BAR_HEIGHT, 1)) if count else 0.0 for count in counts]
    return [
        Bar(place * BAR_WIDTH + 1, BAR_HEIGHT - height, BAR_WIDTH - 2, height, text, count)
        for place, (count, height, text) in enumerate(zip(counts, heights, words, strict=True))
    ]
