"""The doors under test, with mail kept and nothing left behind."""

import pytest

from tests.doors.world import World, build


@pytest.fixture
def world(db: None) -> World:
    """The customer, its people and its things."""
    return build()
