"""Rivals at one line's quantity."""

from decimal import Decimal
from functools import partial

import pytest

from claimdesk.kernel.refused import Refused
from claimdesk.orders.actions import allotments
from claimdesk.orders.models import Allotment, OrderLine
from tests import make

pytestmark = pytest.mark.race

ROUNDS = 6


def codes(results):
    """The refusals' codes; anything else that went wrong fails the test."""
    errors = [one for one in results if isinstance(one, Exception) and not isinstance(one, Refused)]
    assert errors == []
    return [one.code for one in results if isinstance(one, Refused)]


def lines_of(*quantities):
    order = make.order(quantities=quantities)
    return list(OrderLine.objects.filter(order=order).order_by("position").values_list("pk", flat=True))


def test_the_last_piece_goes_to_one_of_many(race):  # R8
    for _ in range(ROUNDS):
        (line,) = lines_of(1)

        results = race(*[partial(allotments.hold, {line: Decimal(1)})] * 4)

        assert codes(results) == ["quantity_taken"] * 3
        assert Allotment.objects.get(pk=line).held == 1


def test_rivals_over_the_same_lines_in_other_orders_never_wait_for_each_other(race):  # R8
    for _ in range(ROUNDS):
        keys = lines_of(5, 5, 5)
        forwards, backwards = dict.fromkeys(keys, Decimal(3)), dict.fromkeys(keys[::-1], Decimal(3))

        results = race(
            partial(allotments.hold, forwards),
            partial(allotments.hold, backwards),
            partial(allotments.cancel, dict.fromkeys(keys[1::-1], Decimal(3))),
        )

        assert codes(results) == ["quantity_taken"] * 2
        assert Allotment.objects.get(pk=keys[1]).free == 2
