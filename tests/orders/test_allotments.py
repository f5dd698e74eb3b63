"""The one ledger of a line's quantity: nothing is claimed or shipped twice."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimdesk.kernel.refused import Refused
from claimdesk.orders.actions import allotments
from claimdesk.orders.models import Allotment, OrderLine
from tests import make

pytestmark = pytest.mark.django_db

QUANTITY_VERBS = {
    "hold": allotments.hold,
    "free": allotments.free,
    "settle": allotments.settle,
    "unsettle": allotments.unsettle,
    "cancel": allotments.cancel,
    "ship": allotments.ship,
    "deliver": allotments.deliver,
}


def lines_of(*quantities: Decimal | int) -> list[int]:
    """The keys of the lines of an order of these quantities."""
    order = make.order(quantities=quantities)
    return list(OrderLine.objects.filter(order=order).order_by("position").values_list("pk", flat=True))


def test_the_last_piece_is_claimed_once():  # R8
    (line,) = lines_of(2)
    allotments.hold({line: Decimal(2)})

    with pytest.raises(Refused) as refusal:
        allotments.hold({line: Decimal("0.001")})

    assert refusal.value.code == "quantity_taken"
    assert Allotment.objects.get(pk=line).held == 2


def test_many_lines_are_held_in_one_statement(django_assert_max_num_queries):  # R8
    keys = lines_of(1, Decimal("2.5"), 3)

    with django_assert_max_num_queries(4):
        allotments.hold(dict(zip(keys, (Decimal(1), Decimal("2.5"), Decimal(1)), strict=True)))

    held = dict(Allotment.objects.values_list("pk", "held"))
    assert [held[key] for key in keys] == [1, Decimal("2.5"), 1]


def test_one_line_without_room_leaves_all_as_they_were():  # R8
    first, second = lines_of(1, 1)
    allotments.cancel({second: Decimal(1)})

    with pytest.raises(Refused):
        allotments.hold({first: Decimal(1), second: Decimal(1)})

    assert list(Allotment.objects.values_list("held", flat=True)) == [0, 0]


def test_what_is_freed_can_be_claimed_anew_but_is_freed_once():  # R8
    (line,) = lines_of(1)
    allotments.hold({line: Decimal(1)})
    allotments.free({line: Decimal(1)})

    with pytest.raises(Refused) as refusal:
        allotments.free({line: Decimal(1)})

    assert refusal.value.code == "not_held"
    assert Allotment.objects.get(pk=line).free == 1


def test_no_more_is_shipped_than_was_ordered_and_not_canceled():  # O16
    (line,) = lines_of(3)
    allotments.cancel({line: Decimal(1)})
    allotments.ship({line: Decimal(2)})

    with pytest.raises(Refused) as refusal:
        allotments.ship({line: Decimal(1)})

    assert refusal.value.code == "already_shipped"


def test_a_line_that_does_not_exist_is_refused():
    with pytest.raises(Refused):
        allotments.hold({987_654: Decimal(1)})


def test_amounts_are_not_negative():
    (line,) = lines_of(1)

    with pytest.raises(ValueError, match="not negative"):
        allotments.free({line: Decimal(-1)})


def test_three_hundred_lines_are_changed_at_once():
    keys = lines_of(*[1] * 300)

    allotments.hold({key: Decimal(1) for key in keys})

    assert Allotment.objects.filter(held=1).count() == 300


@settings(max_examples=40, deadline=None)
@given(
    deeds=st.lists(
        st.tuples(
            st.sampled_from(list(QUANTITY_VERBS)),
            st.lists(st.integers(0, 7), min_size=2, max_size=2),
        ),
        max_size=25,
    )
)
def test_no_order_of_deeds_breaks_the_bounds(deeds: list[tuple[str, list[int]]]):  # R8
    keys = lines_of(Decimal("2.5"), Decimal("0.7"))

    for verb, amounts in deeds:
        before = list(Allotment.objects.filter(pk__in=keys).order_by("pk").values())
        try:
            QUANTITY_VERBS[verb]({key: Decimal(n) / 10 * 3 for key, n in zip(keys, amounts, strict=True)})
        except Refused:
            assert list(Allotment.objects.filter(pk__in=keys).order_by("pk").values()) == before

        for row in Allotment.objects.filter(pk__in=keys):
            assert row.canceled + row.held + row.settled <= row.ordered
            assert 0 <= row.delivered <= row.shipped <= row.ordered
            assert min(row.canceled, row.held, row.settled) >= 0
