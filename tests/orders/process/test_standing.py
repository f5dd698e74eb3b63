"""The state that an order shows, of items that stand in several."""

import pytest

from claimdesk.orders.process import library
from claimdesk.orders.process.reading import read_process
from claimdesk.orders.process.standing import state_of_order

DEFAULT = read_process(library.text_of(library.DEFAULT))


@pytest.mark.parametrize(
    ("states", "shown"),
    [
        (["delivered", "exported", "shipped"], "exported"),
        (["canceled", "shipped"], "shipped"),
        (["canceled"], "canceled"),
        (["closed", "delivered"], "delivered"),
        (["closed", "refunded"], "closed"),
        (["canceled", "refunded"], "refunded"),
        (["payment_pending", "confirmed"], "payment_pending"),
        (["waiting_for_return", "delivered"], "waiting_for_return"),
        (["waiting_for_return", "exported"], "exported"),
    ],
)
def test_the_item_furthest_behind_decides_and_canceled_ones_only_where_all_are(states, shown):  # O1
    assert state_of_order(DEFAULT, states) == shown
    assert state_of_order(DEFAULT, reversed(states)) == shown


@pytest.mark.parametrize("name", library.names())
def test_every_state_of_every_process_can_be_shown(name):  # O1
    process = read_process(library.text_of(name))

    assert {state_of_order(process, [state]) for state in process.states} == set(process.states)
