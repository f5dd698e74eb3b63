"""The life of a warranty claim as a picture, drawn from the table that the code obeys (W13).

Where boxes, arrows and words stand is told once here; `as_svg` writes them for pages, a paper draws the same.
"""

from collections.abc import Hashable
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from claimdesk.aftersales.claim_process import ANY_OPEN, CLOSED, STEPS, Step
from claimdesk.aftersales.models import WarrantyClaim
from claimdesk.orders.process.layout import lay_out

HEIGHT, LINE = 34.0, 15.0
LETTER, SMALL_LETTER, MARGIN = 8.2, 6.6, 16.0
SPINE = ("draft", "submit", "submitted", "take", "in_review", "decide", "approved", "settle", CLOSED)
EVENTS = {
    "submit": gettext_lazy("submit"),
    "delete": gettext_lazy("delete"),
    "withdraw": gettext_lazy("withdraw"),
    "take": gettext_lazy("take"),
    "ask": gettext_lazy("ask"),
    "answer": gettext_lazy("answer"),
    "give_up": gettext_lazy("no answer in 30 days"),
    "decide": gettext_lazy("decide"),
    "propose": gettext_lazy("decide above the limit"),
    "confirm": gettext_lazy("confirm"),
    "send_back": gettext_lazy("send back"),
    "appeal": gettext_lazy("appeal, once"),
    "let_lapse": gettext_lazy("time to appeal is over"),
    "settle": gettext_lazy("settle"),
    "mark_duplicate": gettext_lazy("mark as duplicate"),
    "close": pgettext_lazy("an event", "close"),
}
PEOPLE = {
    "customer": gettext_lazy("customer"),
    "agent": gettext_lazy("agent"),
    "approver": gettext_lazy("second person"),
    "finance": gettext_lazy("finance"),
    "timer": gettext_lazy("by itself"),
}
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Box:
    """A state: its middle, its width, its words; whether it stands on the straight way."""

    state: str
    words: str
    at: Point
    width: float
    is_straight: bool


@dataclass(frozen=True, slots=True)
class Label:
    """The events of an arrow, a line each."""

    lines: list[str]
    at: Point
    width: float


@dataclass(frozen=True, slots=True)
class Arrow:
    """A smooth line: its begin, and for each piece two handles and an end. `is_last` bears the head."""

    begin: Point
    pieces: list[tuple[Point, Point, Point]]
    is_last: bool


@dataclass(frozen=True, slots=True)
class Picture:
    """Everything that is drawn, in pixels."""

    width: float
    height: float
    boxes: list[Box]
    labels: list[Label]
    arrows: list[Arrow]


def picture() -> Picture:
    """Return the picture in the reader's language, the straight way from draft to closed going down."""
    names = {str(value): str(label) for value, label in WarrantyClaim.State.choices}
    lines = {step.event: _lines(step) for step in drawn_steps()}
    sizes: dict[Hashable, tuple[float, float]] = {
        state: (len(name) * LETTER + 28, HEIGHT) for state, name in names.items()
    }
    for event, texts in lines.items():
        sizes[event] = (max(map(len, texts)) * SMALL_LETTER + 10, len(texts) * LINE)
    edges: list[tuple[Hashable, Hashable]] = []
    for step in drawn_steps():
        edges += [(state, step.event) for state in step.states] + [(step.event, to) for to in step.to]
    layout = lay_out(sizes, edges, SPINE, gap=36, rank_gap=34)
    return Picture(
        layout.width + 2 * MARGIN,
        layout.height + 2 * MARGIN,
        [Box(key, names[key], layout.centres[key], sizes[key][0], key in SPINE) for key in names],
        [Label(texts, layout.centres[event], sizes[event][0]) for event, texts in lines.items()],
        [_arrow(layout.routes[edge], is_last=edge[1] in names) for edge in edges],
    )


def from_everywhere() -> list[str]:
    """Return what can happen to every claim under way and is told beside the picture, not drawn in it."""
    return [f"{EVENTS[step.event]} ({_people(step)})" for step in STEPS if step.states == ANY_OPEN]


def drawn_steps() -> list[Step]:
    """Return the steps that the picture has: not what leads nowhere, nor what can happen everywhere."""
    return [step for step in STEPS if step.to and step.states != ANY_OPEN]


def _lines(step: Step) -> list[str]:
    return [str(EVENTS[step.event]), f"({_people(step)})"]


def _people(step: Step) -> str:
    return " / ".join(str(PEOPLE[who]) for who in step.who)


def _arrow(points: list[Point], *, is_last: bool) -> Arrow:
    """A smooth line through the points that leaves and arrives straight (a cardinal spline)."""
    down = 1 if points[-1][1] >= points[0][1] else -1
    first, last = list(points[0]), list(points[-1])
    if is_last:
        last[1] -= down * (HEIGHT / 2 + 1)
    else:
        first[1] += down * (HEIGHT / 2 + 1)
    way: list[Point] = [(first[0], first[1]), *points[1:-1], (last[0], last[1])]
    ends = len(way) - 1
    slopes = []
    for i in range(len(way)):
        before, after = way[max(i - 1, 0)], way[min(i + 1, ends)]
        rise = after[1] - before[1]
        slopes.append((0.0, rise) if i in (0, ends) else ((after[0] - before[0]) / 2, rise / 2))
    pieces = [
        (
            (way[i][0] + slopes[i][0] / 3, way[i][1] + slopes[i][1] / 3),
            (way[i + 1][0] - slopes[i + 1][0] / 3, way[i + 1][1] - slopes[i + 1][1] / 3),
            way[i + 1],
        )
        for i in range(ends)
    ]
    return Arrow(way[0], pieces, is_last)


def as_svg(drawn: Picture) -> str:
    """Return the picture as SVG that stands alone and takes a page's colours there."""
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" class="process-diagram" width="{drawn.width:.0f}"'
        f' height="{drawn.height:.0f}" viewBox="0 0 {drawn.width:.0f} {drawn.height:.0f}" role="img"'
        f' font-family="system-ui, sans-serif"><title>{escape(_("The life of a warranty claim"))}</title>'
        '<defs><marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">'
        '<path class="process-arrow-head" d="M0 0L8 4L0 8z" fill="#667382"/></marker></defs>'
        f'<g transform="translate({MARGIN:.0f} {MARGIN:.0f})">'
    ]
    parts += map(_svg_arrow, drawn.arrows)
    parts += map(_svg_label, drawn.labels)
    parts += map(_svg_box, drawn.boxes)
    return "".join([*parts, "</g></svg>\n"])


def _svg_arrow(arrow: Arrow) -> str:
    curves = "".join(
        "C" + " ".join(f"{value:.1f}" for point in piece for value in point) for piece in arrow.pieces
    )
    head = ' marker-end="url(#arrow)"' if arrow.is_last else ""
    begin = f"M{arrow.begin[0]:.1f} {arrow.begin[1]:.1f}"
    return f'<path class="process-arrow" d="{begin}{curves}" fill="none" stroke="#667382" stroke-width="1.4"{head}/>'


def _svg_label(label: Label) -> str:
    (x, y), height = label.at, len(label.lines) * LINE
    back = (
        f'<rect class="process-words" x="{x - label.width / 2:.1f}" y="{y - height / 2:.1f}"'
        f' width="{label.width:.1f}" height="{height:.1f}" fill="#ffffff"/>'
    )
    return back + "".join(
        f'<text class="process-event" x="{x:.1f}" y="{y - height / 2 + (place + 0.75) * LINE:.1f}" font-size="11"'
        f' text-anchor="middle" fill="#49566c">{escape(line)}</text>'
        for place, line in enumerate(label.lines)
    )


def _svg_box(box: Box) -> str:
    x, y = box.at
    kind = "process-state is-happy" if box.is_straight else "process-state"
    return (
        f"<g class={quoteattr(kind)} data-state={quoteattr(box.state)}>"
        f'<rect x="{x - box.width / 2:.1f}" y="{y - HEIGHT / 2:.1f}" width="{box.width:.1f}" height="{HEIGHT:.0f}"'
        f' rx="{17 if box.state == CLOSED else 6}" fill="#ffffff" stroke="#667382" stroke-width="1.8"/>'
        f'<text x="{x:.1f}" y="{y + 4.5:.1f}" font-size="13" font-weight="600" text-anchor="middle" fill="#182433">'
        f"{escape(box.words)}</text></g>"
    )
