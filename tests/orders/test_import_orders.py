"""Orders and their lines from other people's files: recognised, summed, standing where the ERP says they stand."""

from decimal import Decimal

import pytest

from claimdesk.ledger.models import Event, Timer
from claimdesk.orders.models import Allotment, Order, OrderItem, OrderLine
from tests import make
from tests.customers.test_import_customers import counts, take

pytestmark = pytest.mark.django_db

ORDERS = "number,customer,ordered_on,freight,po_number\nA-1,K1,2026-03-01,5.00,PO 7\nA-2,K1,2026-03-02,,\n"
LINES = (
    "order,line,product,quantity,unit_price,discount,tax_rate\n"
    "A-1,1,P1,3,9.80,10,19\nA-1,2,P2,0.5,1.01,,\nA-2,1,P1,1,10,,\n"
)


@pytest.fixture(autouse=True)
def customer():
    """The customer that the files name."""
    return make.customer(number="K1")


def both(folder, lines: str = LINES):
    """Take the orders and then their lines."""
    return take(folder, ORDERS, "orders"), take(folder, lines, "order-lines")


def test_orders_and_lines_come_in_and_add_up(tmp_path):  # O8 O21
    orders, lines = both(tmp_path)

    order = Order.objects.get(number="A-1")
    assert counts(orders) == (2, 2, 0, 0, 0)
    assert counts(lines) == (3, 3, 0, 0, 0)
    assert [(line.amount, line.tax) for line in order.lines.order_by("position")] == [(2646, 503), (51, 0)]
    assert (order.subtotal, order.freight, order.tax, order.total) == (2697, 500, 503, 3700)
    assert (order.po_number, str(order.ordered_on), order.currency) == ("PO 7", "2026-03-01", "EUR")


def test_running_it_twice_changes_nothing(tmp_path):  # O21
    both(tmp_path)
    before = [
        list(model.objects.order_by("pk").values()) for model in (Order, OrderLine, Allotment, OrderItem)
    ]
    events = Event.objects.count()

    orders, lines = both(tmp_path)

    assert (counts(orders), counts(lines)) == ((2, 0, 0, 2, 0), (3, 0, 0, 3, 0))
    assert before == [
        list(model.objects.order_by("pk").values()) for model in (Order, OrderLine, Allotment, OrderItem)
    ]
    assert Event.objects.count() == events


def test_what_was_exported_can_be_taken_again_and_is_the_same(tmp_path):  # O21
    both(tmp_path)

    for kind, count in (("orders", 2), ("order-lines", 3)):
        assert counts(take(tmp_path, exported(kind), kind)) == (count, 0, 0, count, 0)


def exported(kind: str) -> str:
    """The file that an export writes."""
    from claimdesk.ledger.imports import importer_of

    importer = importer_of(kind)
    rows = [[column.name for column in importer.columns], *importer.export()]
    return "\n".join(",".join(f'"{cell}"' for cell in row) for row in rows)


def test_exports_begin_with_the_columns_that_others_hold_on_to(tmp_path):  # O21
    both(tmp_path)

    orders, lines = exported("orders").splitlines(), exported("order-lines").splitlines()

    assert orders[0].startswith('"number","customer","ordered_on","currency","total"')
    assert orders[1].startswith('"A-1","K1","2026-03-01","EUR","37.00"')
    assert lines[0].startswith('"order","line","product","quantity","unit_price","discount","total"')
    assert lines[1].startswith('"A-1","1","P1","3","9.80","10","26.46"')


@pytest.mark.parametrize(
    ("status", "state", "allotted"),
    [
        ("", "exported", (0, 0, 0)),
        ("Shipped", "shipped", (0, 3, 0)),
        ("Geliefert", "delivered", (0, 3, 3)),
        ("closed", "closed", (0, 3, 3)),
        ("canceled", "canceled", (3, 0, 0)),
    ],
)
def test_an_order_stands_where_the_file_says(tmp_path, status, state, allotted):  # O21 R8
    take(tmp_path, f"number,customer,ordered_on,status\nA-1,K1,2026-03-01,{status}\n", "orders")
    take(tmp_path, "order,line,product,quantity,unit_price\nA-1,1,P1,3,1\n", "order-lines")

    held = Allotment.objects.get()
    assert Order.objects.get().state == OrderItem.objects.get().state == state
    assert (held.canceled, held.shipped, held.delivered) == allotted


def test_delivered_items_close_when_their_time_is_over(tmp_path):  # O13 O21
    take(tmp_path, "number,customer,ordered_on,status\nA-1,K1,2026-03-01,delivered\n", "orders")
    take(tmp_path, "order,line,product,quantity,unit_price\nA-1,1,P1,3,1\n", "order-lines")

    timer = Timer.objects.get(kind="order_item.timeout")
    assert timer.subject == f"order_item/{OrderItem.objects.get().pk}"
    assert str(timer.due_at.date()) == "2026-04-30"


def test_lines_without_numbers_are_recognised_by_their_product(tmp_path):  # O21
    take(tmp_path, ORDERS, "orders")
    text = "order_id,product_id,quantity,unit_price\nA-1,11,1,1\nA-1,12,1,1\nA-2,11,1,1\n"

    first, second = take(tmp_path, text, "order-lines"), take(tmp_path, text, "order-lines")

    assert (counts(first), counts(second)) == ((3, 3, 0, 0, 0), (3, 0, 0, 3, 0))
    assert list(OrderLine.objects.order_by("pk").values_list("position", flat=True)) == [1, 2, 1]


def test_prices_of_fractions_of_a_cent_are_told_for_more(tmp_path):  # O8
    take(tmp_path, ORDERS, "orders")

    take(tmp_path, "order,line,product,quantity,unit_price\nA-1,1,P1,1000,0.0275\n", "order-lines")

    line = OrderLine.objects.get()
    assert (line.unit_price, line.per, line.amount) == (275, 100, 2750)


def test_an_order_that_came_without_lines_shows_its_total(tmp_path):  # O21
    take(tmp_path, "number,customer,ordered_on,total,freight\nA-1,K1,2026-03-01,100.50,10\n", "orders")

    order = Order.objects.get()
    assert (order.subtotal, order.freight, order.total) == (9050, 1000, 10050)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("A-9,1,P1,1,1,,", "order: there is no order A-9"),
        ("A-1,1,P1,0,1,,", "quantity: must be more than 0"),
        ("A-1,1,P1,-2,1,,", "quantity: must be more than 0"),
        ("A-1,1,P1,1.2345,1,,", "quantity: 1.2345 has more than 3 decimals"),
        ("A-1,1,P1,1,-1,,", "unit_price: '-1' is no amount of at least 0"),
        ("A-1,1,P1,1,x,,", "unit_price: 'x' is no amount"),
        ("A-1,1,P1,1,NaN,,", "unit_price: 'NaN' is no amount of at least 0"),
        ("A-1,1,P1,1,1,101,", "discount: '101' is no percentage between 0 and 100"),
        ("A-1,0,P1,1,1,,", "line: '0' is no whole number from 1 to 100,000"),
        ("A-1,1,P1,2,1,,3.00", "total: 3.00 is not what price, quantity and discount come to"),
        ("A-1,1,,2,1,,", "product: must not be empty"),
    ],
)
def test_a_wrong_line_is_refused_and_why(tmp_path, row, reason):  # O21
    take(tmp_path, ORDERS, "orders")

    result = take(tmp_path, f"order,line,product,quantity,unit_price,discount,total\n{row}\n", "order-lines")

    assert counts(result) == (1, 0, 0, 0, 1)
    assert result.reasons == [(2, reason)]
    assert not OrderLine.objects.exists()


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("A-1,K9,2026-03-01,,,", "customer: there is no customer K9"),
        ("A-1,K1,03/01/2026,,,", "ordered_on: '03/01/2026' is no day like 2026-11-24"),
        ("A-1,K1,2026-03-01,XYZ,,", "currency: 'XYZ' is no currency"),
        ("A-1,K1,2026-03-01,JPY,1.5,", "total: 1.5 has more decimals than JPY has"),
        ("A-1,K1,2026-03-01,,,lost", "status: 'lost' is none of new, payment_pending"),
        ("0,K1,2026-03-01,,,", "number: must hold a letter or a digit other than 0"),
    ],
)
def test_a_wrong_order_is_refused_and_why(tmp_path, row, reason):  # O21
    result = take(tmp_path, f"number,customer,ordered_on,currency,total,status\n{row}\n", "orders")

    assert counts(result) == (1, 0, 0, 0, 1)
    assert result.reasons[0][1].startswith(reason)
    assert not Order.objects.exists()


def test_a_line_never_changes(tmp_path):  # O7 O21
    both(tmp_path)

    result = take(tmp_path, LINES.replace("A-1,1,P1,3,", "A-1,1,P1,4,"), "order-lines")

    assert counts(result) == (3, 0, 0, 2, 1)
    assert result.reasons == [(2, "quantity: the line stands on file otherwise, and a line never changes")]
    assert OrderLine.objects.get(order__number="A-1", position=1).quantity == 3


def test_an_orders_own_words_change_and_its_money_does_not(tmp_path):  # O21
    both(tmp_path)

    changed = take(tmp_path, ORDERS.replace("PO 7", "PO 8"), "orders")
    refused = take(tmp_path, ORDERS.replace("5.00", "6.00"), "orders")

    order = Order.objects.get(number="A-1")
    assert (counts(changed)[2], counts(refused)[4]) == (1, 1)
    assert (order.po_number, order.po_number_folded, order.freight) == ("PO 8", "po8", 500)


def test_an_external_id_stands_at_one_order(tmp_path):  # O21
    text = "number,customer,ordered_on,external_id\nA-1,K1,2026-03-01,E1\nA-2,K1,2026-03-01,E1\n"

    assert counts(take(tmp_path, text, "orders")) == (2, 1, 0, 0, 1)


def test_lines_do_not_get_into_orders_that_were_placed_here(tmp_path):  # O7 O21
    take(tmp_path, ORDERS, "orders")
    Order.objects.filter(number="A-1").update(import_id=None)

    result = take(tmp_path, LINES, "order-lines")

    assert counts(result) == (3, 1, 0, 0, 2)
    assert not OrderLine.objects.filter(order__number="A-1").exists()


def test_a_dry_run_changes_nothing(tmp_path):  # O21
    result = take(tmp_path, ORDERS, "orders", dry_run=True)

    assert counts(result) == (2, 2, 0, 0, 0)
    assert not Order.objects.exists()


def test_quantities_are_exact(tmp_path):  # O8
    take(tmp_path, ORDERS, "orders")
    take(tmp_path, "order,line,product,quantity,unit_price\nA-1,1,P1,0.125,8\n", "order-lines")

    assert OrderItem.objects.get().quantity == Allotment.objects.get().ordered == Decimal("0.125")
