"""Places of points in a diagram that a template draws as SVG."""

from collections.abc import Iterable
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
