"""How good ranked answers are: F1, recall at a precision, calibration, certain answers."""

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Judged = tuple[float, bool]
BINS = (0.0, 0.2, 0.4, 0.6, 0.8, 0.9, 0.95, 0.99, 0.999, 1.1)


@dataclass(frozen=True)
class Quality:
    """The best F1 and the threshold that reaches it; the greatest recall at each precision asked for."""

    f1: float
    threshold: float
    recall_at: dict[float, float]


def quality_of(judged: Iterable[Judged], positives: int, precisions: Sequence[float]) -> Quality:
    """Return how good scores are that rank answers, of which `positives` could be right."""
    best, threshold, right = 0.0, 1.0, 0
    recall_at = dict.fromkeys(precisions, 0.0)
    ordered = sorted(judged, key=lambda pair: -pair[0])
    for count, (score, is_match) in enumerate(ordered, 1):
        right += is_match
        if count < len(ordered) and ordered[count][0] == score:
            continue
        f1 = 2 * right / (count + positives)
        if f1 > best:
            best, threshold = f1, score
        for precision in precisions:
            if right / count >= precision:
                recall_at[precision] = max(recall_at[precision], right / positives)
    return Quality(best, threshold, recall_at)


def calibration(judged: Sequence[Judged]) -> list[tuple[float, float, int]]:
    """Return, for answers alike in what they say: what they say, how often they are right, and how many they are."""
    found = []
    for low, high in itertools.pairwise(BINS):
        part = [pair for pair in judged if low <= pair[0] < high]
        if part:
            said = sum(score for score, _ in part) / len(part)
            found.append((said, sum(is_match for _, is_match in part) / len(part), len(part)))
    return found


def report(title: str, judged: Sequence[Judged], positives: int, *precisions: float) -> None:
    found = quality_of(judged, positives, precisions)
    recalls = "  ".join(
        f"recall at P {precision} {recall:.3f}" for precision, recall in found.recall_at.items()
    )
    print(f"{title:52} F1 {found.f1:.3f}  {recalls}  threshold {found.threshold:.2f}", flush=True)
