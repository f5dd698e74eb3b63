"""The picture of a warranty claim's life is the table that the code obeys."""

import re

import pytest
from django.utils.translation import override

from claimdesk.aftersales.claim_diagram import EVENTS, PEOPLE, as_svg, drawn_steps, from_everywhere, picture
from claimdesk.aftersales.claim_process import ANY_OPEN, STATES, STEPS
from claimdesk.web.documents.claim_process import claim_process_as_pdf
from tests import make


def test_every_state_and_step_is_drawn_or_told_beside():  # W13
    svg = as_svg(picture())
    drawn = {step.event for step in drawn_steps()}
    told = {step.event for step in STEPS if step.states == ANY_OPEN}

    assert set(re.findall(r'data-state="(\w+)"', svg)) == set(STATES)
    assert drawn | told | {"delete"} == {step.event for step in STEPS}
    assert len(picture().labels) == len(drawn)
    assert len(from_everywhere()) == sum(step.states == ANY_OPEN for step in STEPS)
    assert {step.event for step in STEPS} == EVENTS.keys()
    assert {who for step in STEPS for who in step.who} == PEOPLE.keys()


def test_no_box_stands_on_another():  # W13
    boxes = picture().boxes

    for one in boxes:
        for other in boxes:
            apart = abs(one.at[0] - other.at[0]) >= (one.width + other.width) / 2
            assert one is other or apart or abs(one.at[1] - other.at[1]) >= 34


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "de"])
def test_it_is_downloaded_as_pdf(language: str):  # W13
    with override(language):
        paper = claim_process_as_pdf(make.company(name="Northwind"))

    assert paper.startswith(b"%PDF")
    assert paper.count(b"/Type /Page\n") == 1
