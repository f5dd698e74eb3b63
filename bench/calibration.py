"""The picture of docs/matching.md: of the answers that say p, how many are right."""

from collections.abc import Mapping, Sequence

SIZE, EDGE = 360, 48
COLOURS = ("#0b5394", "#b45f06", "#38761d", "#741b47")
Curve = Sequence[tuple[float, float, int]]


def draw(curves: Mapping[str, Curve]) -> str:
    """Return an SVG with one curve a register; the diagonal is where probabilities hold exactly."""
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIZE + 2 * EDGE} {SIZE + 2 * EDGE + 12 + 24 * len(curves)}" '
        'font-family="sans-serif" font-size="12">',
        "<title>How far probabilities hold</title>",
        f'<rect width="100%" height="100%" fill="#fff"/><rect x="{EDGE}" y="{EDGE}" width="{SIZE}" height="{SIZE}" '
        'fill="none" stroke="#999"/>',
        f'<path d="M{EDGE} {EDGE + SIZE}L{EDGE + SIZE} {EDGE}" stroke="#999" stroke-dasharray="4 4"/>',
    ]
    for tenth in range(0, 11, 2):
        x, y = _at(tenth / 10, tenth / 10)
        lines.append(f'<text x="{x:.0f}" y="{EDGE + SIZE + 18}" text-anchor="middle">{tenth / 10}</text>')
        lines.append(f'<text x="{EDGE - 8}" y="{y + 4:.0f}" text-anchor="end">{tenth / 10}</text>')
    lines.append(
        f'<text x="{EDGE + SIZE / 2}" y="{EDGE + SIZE + 36}" text-anchor="middle">probability said</text>'
    )
    lines.append(f'<text x="{EDGE}" y="{EDGE - 14}">share that was right</text>')
    for number, (title, curve) in enumerate(curves.items()):
        lines += _curve(curve, COLOURS[number % len(COLOURS)])
        y = 2 * EDGE + SIZE + 12 + 24 * number
        lines.append(f'<circle cx="{EDGE + 6}" cy="{y - 4}" r="5" fill="{COLOURS[number % len(COLOURS)]}"/>')
        answers = sum(count for _, _, count in curve)
        lines.append(f'<text x="{EDGE + 18}" y="{y}">{title} ({answers} answers)</text>')
    return "\n".join([*lines, "</svg>", ""])


def _curve(curve: Curve, colour: str) -> list[str]:
    points = [_at(said, right) for said, right, _ in curve]
    path = "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
    dots = [
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{2 + min(count, 1000) ** 0.5 / 8:.1f}" fill="{colour}"/>'
        for (x, y), (_, _, count) in zip(points, curve, strict=True)
    ]
    return [f'<path d="M{path}" fill="none" stroke="{colour}" stroke-width="1.5"/>', *dots]


def _at(said: float, right: float) -> tuple[float, float]:
    return EDGE + said * SIZE, EDGE + (1 - right) * SIZE
