"""Shipments from other people's files: what the ERP has shipped stands as shipped here."""

import pytest

from claimdesk.ledger.models import Timer
from claimdesk.orders.models import Allotment, Order, OrderItem, Shipment
from tests import make
from tests.customers.test_import_customers import counts, take
from tests.orders.test_import_orders import exported

pytestmark = pytest.mark.django_db
HEAD = "number,order,carrier,tracking,shipped_on,delivered_on,lines"


@pytest.fixture(autouse=True)
def order(tmp_path) -> Order:
    """An imported order of two lines, of ten and of five."""
    make.company(return_days=14)
    make.customer(number="K1")
    take(tmp_path, "number,customer,ordered_on\nA-1,K1,2026-03-01\n", "orders")
    lines = "order,line,product,quantity,unit_price\nA-1,1,P1,10,1\nA-1,2,P2,5,1\n"
    take(tmp_path, lines, "order-lines")
    return Order.objects.get()


def items() -> list[tuple[str, str, float]]:
    """Where the order's items stand."""
    rows = OrderItem.objects.order_by("line__position", "state")
    return [
        (item.line.product_number, item.state, float(item.quantity)) for item in rows.select_related("line")
    ]


def test_a_shipment_without_lines_ships_the_whole_order(tmp_path, order):  # O16 O21
    text = f"{HEAD}\nS1,A-1,DHL,123,2026-03-03,,\n"

    result, again = take(tmp_path, text, "shipments"), take(tmp_path, text, "shipments")

    order.refresh_from_db()
    shipment = Shipment.objects.get()
    assert (counts(result), counts(again)) == ((1, 1, 0, 0, 0), (1, 0, 0, 1, 0))
    assert (shipment.carrier, shipment.tracking_number, shipment.items.count()) == ("DHL", "123", 2)
    assert items() == [("P1", "shipped", 10), ("P2", "shipped", 5)]
    assert order.state == "shipped"
    assert sorted(Allotment.objects.values_list("shipped", "delivered")) == [(5, 0), (10, 0)]


def test_a_part_of_a_line_is_split_off(tmp_path, order):  # O12 O16 O21
    take(tmp_path, f"{HEAD}\nS1,A-1,DHL,,2026-03-03,,1:4\nS2,A-1,DHL,,2026-03-04,,1:6; 2:1.5\n", "shipments")

    order.refresh_from_db()
    assert items() == [
        ("P1", "shipped", 10),
        ("P2", "exported", 3.5),
        ("P2", "shipped", 1.5),
    ]
    assert order.state == "exported"


def test_a_delivered_shipment_may_come_back_until_a_day(tmp_path, order):  # O16 O21
    take(tmp_path, f"{HEAD}\nS1,A-1,DHL,,2026-03-03,,\n", "shipments")

    result = take(tmp_path, f"{HEAD}\nS1,A-1,DHL,,2026-03-03,2026-03-05,\n", "shipments")

    order.refresh_from_db()
    assert counts(result) == (1, 0, 1, 0, 0)
    assert str(Shipment.objects.get().return_by_on) == "2026-03-19"
    assert order.state == "delivered"
    assert sorted(Allotment.objects.values_list("shipped", "delivered")) == [(5, 5), (10, 10)]
    assert Timer.objects.filter(kind="order_item.timeout", state=Timer.State.DUE).count() == 2


def test_an_order_whose_status_told_it_already_is_not_counted_twice(tmp_path):  # R8 O21
    take(tmp_path, "number,customer,ordered_on,status\nA-2,K1,2026-03-01,delivered\n", "orders")
    take(tmp_path, "order,line,product,quantity,unit_price\nA-2,1,P1,3,1\n", "order-lines")

    result = take(tmp_path, f"{HEAD}\nS1,A-2,DHL,,2026-03-03,2026-03-05,\n", "shipments")

    held = Allotment.objects.get(line__order__number="A-2")
    assert counts(result) == (1, 1, 0, 0, 0)
    assert (held.shipped, held.delivered) == (3, 3)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("S1,A-9,,,2026-03-03,,", "order: there is no order A-9"),
        ("S1,A-3,,,2026-03-03,,", "order: has no lines yet; take its lines first"),
        ("S1,A-1,,,2026-03-03,2026-03-01,", "delivered_on: is before it was shipped"),
        ("S1,A-1,,,2026-03-03,,1:11", "lines: of line 1 less is left to ship than that"),
        ("S1,A-1,,,2026-03-03,,7:1", "lines: of line 7 less is left to ship than that"),
        ("S1,A-1,,,2026-03-03,,one", "lines: 'one' is no line and quantity as in 1:5"),
        ("S1,A-1,,,2026-03-03,,1:1;1:1", "lines: '1:1' is no line and quantity as in 1:5"),
        ("S1,A-1,,,,,", "shipped_on: must not be empty"),
    ],
)
def test_a_wrong_shipment_is_refused_and_why(tmp_path, row, reason):  # O21
    take(tmp_path, "number,customer,ordered_on\nA-3,K1,2026-03-01\n", "orders")

    result = take(tmp_path, f"{HEAD}\n{row}\n", "shipments")

    assert (counts(result), result.reasons) == ((1, 0, 0, 0, 1), [(2, reason)])
    assert not Shipment.objects.exists()
    assert {state for _product, state, _quantity in items()} == {"exported"}


def test_nothing_is_shipped_twice(tmp_path):  # O16 O21
    text = f"{HEAD}\nS1,A-1,,,2026-03-03,,1:6\nS2,A-1,,,2026-03-03,,1:6\nS3,A-1,,,2026-03-03,,\nS4,A-1,,,2026-03-03,,\n"

    result = take(tmp_path, text, "shipments")

    assert counts(result) == (4, 2, 0, 0, 2)
    assert [reason for _line, reason in result.reasons] == [
        "lines: of line 1 less is left to ship than that",
        "order: is shipped already",
    ]
    assert sorted(Allotment.objects.values_list("shipped", flat=True)) == [5, 10]


def test_shipments_that_were_exported_can_be_taken_again(tmp_path):  # O21
    take(tmp_path, f"{HEAD}\nS1,A-1,DHL,,2026-03-03,2026-03-05,1:4\n", "shipments")

    assert counts(take(tmp_path, exported("shipments"), "shipments")) == (1, 0, 0, 1, 0)
    assert sorted(Allotment.objects.values_list("shipped", flat=True)) == [0, 4]
