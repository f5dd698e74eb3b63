"""The picture of a process: every state and event in it, nothing on top of anything else."""

from itertools import combinations
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings

from claimdesk.orders.process.diagram import draw
from claimdesk.orders.process.layout import lay_out
from claimdesk.orders.process.library import names, text_of
from claimdesk.orders.process.reading import read_process
from tests.orders.process.test_engine import process_texts
from tests.orders.process.test_reading import SMALL

SVG = "{http://www.w3.org/2000/svg}"


def texts(svg: str) -> list[str]:
    return [element.text or "" for element in ElementTree.fromstring(svg).iter(f"{SVG}text")]


def boxes(svg: str) -> list[tuple[float, float, float, float]]:
    rects = ElementTree.fromstring(svg).iter(f"{SVG}rect")
    return [tuple(float(rect.get(key, "")) for key in ("x", "y", "width", "height")) for rect in rects]  # type: ignore[misc]


def overlaps(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    (x, y, w, h), (a, b, c, d) = one, other
    return x < a + c - 0.2 and a < x + w - 0.2 and y < b + d - 0.2 and b < y + h - 0.2


@pytest.mark.parametrize("name", names())
def test_every_state_and_event_stands_in_the_picture(name: str):  # O10
    process = read_process(text_of(name))

    shown = texts(draw(process, language="de"))

    for state in process.states.values():
        assert state.labels["de"] in shown
    for transition in process.transitions:
        assert any(line.startswith(process.events[transition.event].labels["de"]) for line in shown)


@pytest.mark.parametrize("name", names())
def test_nothing_lies_on_top_of_anything_else(name: str):
    found = boxes(draw(read_process(text_of(name))))

    assert not [pair for pair in combinations(found, 2) if overlaps(*pair)]


@settings(max_examples=40)
@given(process_texts())
def test_any_process_is_drawn_and_twice_the_same(text: str):
    svg = draw(read_process(text))

    assert svg == draw(read_process(text))
    assert not [pair for pair in combinations(boxes(svg), 2) if overlaps(*pair)]


def test_the_spine_stands_straight():
    nodes = dict.fromkeys("abcde", (50.0, 20.0))
    edges = [("a", "b"), ("b", "c"), ("a", "d"), ("d", "c"), ("c", "a"), ("a", "e")]

    layout = lay_out(nodes, edges, ["a", "b", "c"])

    assert len({layout.centres[name][0] for name in "abc"}) == 1
    assert layout.centres["a"][1] < layout.centres["b"][1] < layout.centres["c"][1]


def test_counts_stand_in_the_boxes():  # O14
    svg = draw(read_process(SMALL), counts={"new": "3"})

    assert "New · 3" in texts(svg)
    assert "Done · 0" in texts(svg)


def test_hostile_labels_are_words_and_not_markup():
    svg = draw(read_process(SMALL.replace('label = "Done"', 'label = "<script>alert(1)</script>&\\"\'"')))

    assert "<script" not in svg
    assert "<script>alert(1)</script>&\"'" in texts(svg)
