"""What is remembered is written down."""

import re

import pytest

from claimdesk.ledger.event_types import EventType, all_types
from scripts.events import PAGE, page


def test_the_page_of_events_is_that_of_the_code():
    assert PAGE.read_text() == page(), "run `make events`"


@pytest.mark.parametrize("known", all_types(), ids=lambda known: known.kind)
def test_a_sentence_names_only_what_its_event_holds(known: EventType):
    named = set(re.findall(r"\{(\w+)\}", str(known.sentence)))

    assert named <= set(known.type.__dataclass_fields__) | {"actor"}
