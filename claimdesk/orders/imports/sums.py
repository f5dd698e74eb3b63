"""Sums of orders, counted anew from their lines in one statement (O8)."""

import json
from collections.abc import Collection

from django.db import connection

_ADD_UP = """
    UPDATE orders_order SET (subtotal, tax, total) = (
        SELECT SUM(amount), SUM(tax),
               SUM(amount) + orders_order.freight
               + CASE WHEN orders_order.price_mode = 'net' THEN SUM(tax) ELSE 0 END
        FROM orders_orderline WHERE order_id = orders_order.id
    )
    WHERE id
"""


def add_up_orders(orders: Collection[int]) -> None:
    """Have the sums of imported orders be what their lines come to; an ERP tells their freight without tax."""
    if not orders:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"{_ADD_UP} = ANY(%s)", [sorted(orders)])
        else:
            among = f"{_ADD_UP} IN (SELECT value FROM json_each(%s))"  # noqa: S608 - our own words
            cursor.execute(among, [json.dumps(sorted(orders))])
