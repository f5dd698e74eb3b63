"""A process as an SVG picture: states as boxes, events on the arrows between them, the happy path straight down.

Without styles of its own but for plain attributes, so that it stands alone as a file and takes a page's colours there.
"""

from collections import defaultdict
from collections.abc import Mapping
from xml.sax.saxutils import escape, quoteattr

from django.utils.translation import gettext as _

from claimdesk.orders.process.definition import AUTOMATIC, TIMEOUT, Process, Transition, in_language
from claimdesk.orders.process.durations import name_of_span
from claimdesk.orders.process.layout import Layout, lay_out
from claimdesk.orders.process.vocabulary import Vocabulary

STATE_HEIGHT, LINE_HEIGHT = 34.0, 15.0
LETTER, SMALL_LETTER = 7.6, 6.3
MARGIN = 16.0
Label = tuple[str, str]


def draw(process: Process, *, language: str = "en", counts: Mapping[str, str] | None = None) -> str:
    """Return the diagram of `process` as SVG, in `language`.

    Takes: `counts`, how many items sit in each state; shown in the boxes.
    """
    texts = _texts(process, language)
    sizes: dict[object, tuple[float, float]] = {}
    for name in process.states:
        sizes[name] = (len(_title(process, name, language, counts)) * LETTER + 28, STATE_HEIGHT)
    for pair, lines in texts.items():
        sizes[pair] = (max(map(len, lines)) * SMALL_LETTER + 10, len(lines) * LINE_HEIGHT)
    edges = [step for pair in texts for step in ((pair[0], pair), (pair, pair[1]))]
    spine = [node for pair in _pairs(process) for node in (pair[0], pair)] + list(process.happy_path[-1:])
    layout = lay_out(sizes, edges, spine)
    parts = [_head(process, layout)]
    parts += [_arrow(layout, edge, edge[1] in process.states) for edge in edges]
    parts += [_words(layout.centres[pair], lines, sizes[pair][0]) for pair, lines in texts.items()]
    parts += [
        _box(process, name, layout, sizes[name][0], _title(process, name, language, counts))
        for name in process.states
    ]
    return "".join([*parts, "</g></svg>\n"])


def _pairs(process: Process) -> list[Label]:
    return list(zip(process.happy_path, process.happy_path[1:], strict=False))


def _texts(process: Process, language: str) -> dict[Label, list[str]]:
    """Return for each pair of states the events that lead from one to the other, a line each."""
    texts: dict[Label, list[str]] = defaultdict(list)
    for transition in process.transitions:
        texts[transition.source, transition.target] += _lines(process, transition, language)
    return texts


def _lines(process: Process, transition: Transition, language: str) -> list[str]:
    event = process.events[transition.event]
    text = in_language(event.labels, language)
    if event.kind == TIMEOUT and event.after is not None:
        text = _("{event}, after {span}").format(event=text, span=name_of_span(event.after))
    elif event.kind == AUTOMATIC:
        text = _("{event}, by itself").format(event=text)
    if not transition.guard:
        return [text]
    return [
        text,
        _("if {condition}").format(condition=Vocabulary().guards.get(transition.guard, transition.guard)),
    ]


def _title(process: Process, name: str, language: str, counts: Mapping[str, str] | None) -> str:
    title = in_language(process.states[name].labels, language)
    return f"{title} · {counts.get(name, '0')}" if counts is not None else title


def _head(process: Process, layout: Layout) -> str:
    width, height = layout.width + 2 * MARGIN, layout.height + 2 * MARGIN
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="process-diagram" viewBox="0 0 {width:.0f} {height:.0f}"'
        f' width="{width:.0f}" height="{height:.0f}" role="img" font-family="system-ui, sans-serif">'
        f"<title>{escape(process.name)}</title>"
        '<defs><marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">'
        '<path class="process-arrow-head" d="M0 0L8 4L0 8z" fill="#667382"/></marker></defs>'
        f'<g transform="translate({MARGIN:.0f} {MARGIN:.0f})">'
    )


def _arrow(layout: Layout, edge: tuple[object, object], ends: bool) -> str:
    points = layout.routes[edge]
    down = 1 if points[-1][1] >= points[0][1] else -1
    half = {True: STATE_HEIGHT / 2 + 1, False: 0.0}
    first_is_state, last_is_state = not ends, ends
    points = [
        (points[0][0], points[0][1] + down * half[first_is_state]),
        *points[1:-1],
        (points[-1][0], points[-1][1] - down * half[last_is_state]),
    ]
    path = _curve(points)
    marker = ' marker-end="url(#arrow)"' if ends else ""
    return f'<path class="process-arrow" d="{path}" fill="none" stroke="#667382" stroke-width="1.4"{marker}/>'


def _curve(points: list[tuple[float, float]]) -> str:
    """A smooth line through the points that leaves and arrives straight down (a cardinal spline, tension 0.5)."""
    last = len(points) - 1
    tangents = [
        (0.0, points[min(i + 1, last)][1] - points[max(i - 1, 0)][1])
        if i in (0, last)
        else ((points[i + 1][0] - points[i - 1][0]) / 2, (points[i + 1][1] - points[i - 1][1]) / 2)
        for i in range(last + 1)
    ]
    path = [f"M{points[0][0]:.1f} {points[0][1]:.1f}"]
    for i in range(last):
        (x1, y1), (x2, y2) = points[i], points[i + 1]
        (u1, v1), (u2, v2) = tangents[i], tangents[i + 1]
        handles = (x1 + u1 / 3, y1 + v1 / 3, x2 - u2 / 3, y2 - v2 / 3)
        path.append("C" + " ".join(f"{value:.1f}" for value in (*handles, x2, y2)))
    return "".join(path)


def _words(centre: tuple[float, float], lines: list[str], width: float) -> str:
    x, y = centre
    top = y - len(lines) * LINE_HEIGHT / 2
    back = (
        f'<rect class="process-words" x="{x - width / 2:.1f}" y="{top:.1f}" width="{width:.1f}"'
        f' height="{len(lines) * LINE_HEIGHT:.1f}" fill="#ffffff"/>'
    )
    texts = [
        f'<text class="process-event" x="{x:.1f}" y="{top + (place + 0.75) * LINE_HEIGHT:.1f}" font-size="11"'
        f' text-anchor="middle" fill="#49566c">{escape(line)}</text>'
        for place, line in enumerate(lines)
    ]
    return back + "".join(texts)


def _box(process: Process, name: str, layout: Layout, width: float, title: str) -> str:
    x, y = layout.centres[name]
    kinds = ["process-state"]
    kinds += ["is-happy"] if name in process.happy_path else []
    kinds += ["is-final"] if process.states[name].is_final else []
    stroke = "#0b7285" if name in process.happy_path else "#667382"
    return (
        f"<g class={quoteattr(' '.join(kinds))} data-state={quoteattr(name)}>"
        f'<rect x="{x - width / 2:.1f}" y="{y - STATE_HEIGHT / 2:.1f}" width="{width:.1f}" height="{STATE_HEIGHT:.0f}"'
        f' rx="{17 if process.states[name].is_final else 6}" fill="#ffffff" stroke="{stroke}" stroke-width="1.8"/>'
        f'<text x="{x:.1f}" y="{y + 4.5:.1f}" font-size="13" font-weight="600" text-anchor="middle" fill="#182433">'
        f"{escape(title)}</text></g>"
    )
