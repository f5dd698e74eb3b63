"""A world of orders at size, straight into the tables: orders and their lines are drawn, the rest is copied from them.

The same numbers give the same world. Customers buy by a law like Zipf's, over three years; what is older has come to
its end. In a hundred orders one bears a reclamation.
"""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from itertools import accumulate
from typing import Any

from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.db.models import F

from claimdesk.aftersales.models import Reclamation, ReclamationCause, ReclamationLine
from claimdesk.catalog.models import Product
from claimdesk.customers.models import Address, Customer
from claimdesk.kernel.clock import now
from claimdesk.ledger.imports.bulk import insert_rows
from claimdesk.ledger.models import Timer
from claimdesk.orders.actions.moving import TIMEOUT_KIND
from claimdesk.orders.actions.processes import active_process_or_default
from claimdesk.orders.models import (
    Allotment,
    Invoice,
    InvoiceLine,
    Order,
    OrderItem,
    OrderLine,
    Payment,
    Shipment,
    ShipmentItem,
)
from claimdesk.people.models import User

AT_ONCE = 20_000
DAYS = 1_095
STEEP = 10  # the best customer buys as the eleventh would by Zipf's law: a hundredth of all
LINES = (1, 2, 3, 4, 5)  # three lines an order
CLOSES_AFTER = timedelta(days=60)
STATES = ((1, "new"), (3, "exported"), (7, "shipped"), (60, "delivered"), (DAYS + 1, "closed"))
RETURNING = ("waiting_for_return", "returned")
# A table, the rows that are copied into it, and the columns that are not as by default.
Copied = tuple[type[models.Model], str, dict[str, str]]
LINES_OF = "orders_orderline l JOIN orders_order o ON o.id = l.order_id"
COMING_BACK = "o.state IN ('waiting_for_return', 'returned')"
ARRIVED = "o.state IN ('delivered', 'closed', 'waiting_for_return', 'returned')"
GONE = f"(o.state = 'shipped' OR {ARRIVED})"
CLAIMED = f"o.has_reclamation AND l.position = 1 AND {ARRIVED}"
INDEXES_OF_SQLITE = (
    "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql > '' AND tbl_name IN (%s)"
)
INDEXES_OF_POSTGRESQL = """
    SELECT indexname, indexdef FROM pg_indexes WHERE tablename IN (%s)
    AND indexname NOT IN (SELECT conname FROM pg_constraint)
"""
TABLES: tuple[type[models.Model], ...] = (
    Order, OrderLine, Allotment, OrderItem, Shipment, ShipmentItem, Invoice, InvoiceLine, Payment, Timer,
    Reclamation, ReclamationLine,
)  # fmt: skip
ORDER = (
    "id", "number", "number_folded", "customer", "representative", "state", "po_number",
    "po_number_folded", "wished_on", "ship_to", "ship_to_town", "subtotal", "tax", "total", "has_reclamation",
    "ordered_at", "ordered_on", "approval",
)  # fmt: skip
LINE = (
    "id", "order", "position", "product", "product_number", "product_name", "quantity", "unit_price", "tax_rate",
    "amount", "tax",
)  # fmt: skip


def fill_orders(orders: int, representatives: list[User], currency: str, seed: int = 1) -> Customer:
    """Fill the tables of orders, which are empty; return the customer who bought most.

    Customers are shared out among the representatives, but the last of those has three only.
    """
    _share_out(representatives)
    draw = _Draw(orders, currency, seed)
    with _bare():
        for start in range(1, orders + 1, AT_ONCE):
            with transaction.atomic():
                draw.write(range(start, min(start + AT_ONCE, orders + 1)))
        for model, source, columns in (*_standings(), *_papers(orders), *_claims()):
            with transaction.atomic():
                _copy(model, source, columns)
    return Customer.objects.get(pk=draw.customers[0])


def _share_out(representatives: list[User]) -> None:
    *many, one = representatives
    for place, user in enumerate(many):
        Customer.objects.alias(rest=F("pk") % len(many)).filter(rest=place).update(representative=user)
    few = Customer.objects.filter(state=Customer.Status.ACTIVE).order_by("pk").values("pk")[:3]
    Customer.objects.filter(pk__in=[row["pk"] for row in few]).update(representative=one)


class _Draw:
    """Draws orders with their lines, and writes them."""

    def __init__(self, orders: int, currency: str, seed: int) -> None:
        self.chance = random.Random(seed)
        self.orders, self.lines = orders, 0
        self.began = now().replace(minute=0, second=0, microsecond=0) - timedelta(days=DAYS)
        active = Customer.objects.filter(state=Customer.Status.ACTIVE).order_by("pk")
        self.customers = list(active.values_list("pk", flat=True))
        self.chance.shuffle(self.customers)
        ranks = range(1, len(self.customers) + 1)
        self.weights = list(accumulate(1 / (rank + STEEP) for rank in ranks))
        self.representatives = dict(active.values_list("pk", "representative"))
        self.addresses = {
            customer: (key, town)
            for customer, key, town in Address.objects.values_list("customer", "pk", "town")
        }
        self.products = list(Product.objects.order_by("pk").values_list("pk", "number", "name", "tax_rate"))
        process = active_process_or_default().pk
        self.same_order = _defaults(Order, ORDER) | {"process": process, "currency": currency}
        self.same_line = _defaults(OrderLine, LINE)

    def write(self, places: range) -> None:
        """Write the orders at these places, the earliest first, with lines and timers."""
        buyers = self.chance.choices(self.customers, cum_weights=self.weights, k=len(places))
        orders, lines = [], []
        timers: list[tuple[str, datetime]] = []
        for place, customer in zip(places, buyers, strict=True):
            order, made = self._order(place, customer)
            orders.append(order)
            lines += made
            if order["state"] == "delivered":
                due = order["ordered_at"] + CLOSES_AFTER
                timers += [(f"order_item/{line[0]}", due) for line in made]
        insert_rows(Order, ORDER, [tuple(order.values()) for order in orders], same=self.same_order)
        insert_rows(OrderLine, LINE, lines, same=self.same_line)
        same = _defaults(Timer, ("id", "subject", "due_at")) | {"kind": TIMEOUT_KIND}
        insert_rows(Timer, ("subject", "due_at"), timers, same=same)

    def _order(self, place: int, customer: int) -> tuple[dict[str, Any], list[tuple[Any, ...]]]:
        lines = self._lines(place, LINES[place % len(LINES)])
        subtotal, tax = sum(line[-2] for line in lines), sum(line[-1] for line in lines)
        at = self.began + timedelta(days=DAYS) * (place / self.orders)
        claimed = place % 100 == 1
        address, town = self.addresses.get(customer, (None, ""))
        state, approval = self._standing(place, claimed)
        return {
            "id": place,
            "number": f"A{place:07d}",
            "number_folded": f"a{place:07d}",
            "customer": customer,
            "representative": self.representatives[customer],
            "state": state,
            "po_number": f"PO-{place * 7 % self.orders}",
            "po_number_folded": f"po{place * 7 % self.orders}",
            "wished_on": at.date() + timedelta(days=30),
            "ship_to": address,
            "ship_to_town": town,
            "subtotal": subtotal,
            "tax": tax,
            "total": subtotal + tax,
            "has_reclamation": claimed,
            "ordered_at": at,
            "ordered_on": at.date(),
            "approval": approval,
        }, lines

    def _lines(self, order: int, count: int) -> list[tuple[Any, ...]]:
        made = []
        for position, chosen in enumerate(self.chance.choices(self.products, k=count), 1):
            product, number, name, tax_rate = chosen
            quantity, price = (order + position) % 12 + 1, product % 97 * 100 + 990
            amount = quantity * price
            self.lines += 1
            made.append(
                (self.lines, order, position, product, number, name, quantity * 1000, price, tax_rate, amount,
                 amount * tax_rate // 10_000)
            )  # fmt: skip
        return made

    def _standing(self, place: int, claimed: bool) -> tuple[str, str]:
        age = DAYS * (1 - place / self.orders)
        state = next(state for days, state in STATES if age < days)
        if claimed and age > 7:
            return RETURNING[place // 100 % 2] if age < 90 else "closed", "not_needed"
        if place % 33 == 0:
            return "canceled", "denied" if place % 330 == 0 else "not_needed"
        if place % 19 == 0:
            return state, "pending" if state == "new" else "approved"
        return state, "not_needed"


def _standings() -> list[Copied]:
    """What is promised, where it stands, and what was shipped of it."""
    day = "o.ordered_on"
    return [
        (Allotment, LINES_OF, {
            "line": "l.id", "ordered": "l.quantity", "shipped": _if(GONE, "l.quantity"),
            "delivered": _if(ARRIVED, "l.quantity"), "canceled": _if("o.state = 'canceled'", "l.quantity"),
            "held": _if(f"{CLAIMED} AND {COMING_BACK}", "l.quantity"),
            "settled": _if(f"{CLAIMED} AND NOT {COMING_BACK}", "l.quantity"),
            "invoiced": _if(GONE, "l.amount + l.tax"), "invoiced_tax": _if(GONE, "l.tax"),
            "invoiced_quantity": _if(GONE, "l.quantity"),
        }),
        (OrderItem, LINES_OF, {
            "id": "l.id", "order": "o.id", "line": "l.id", "quantity": "l.quantity", "entered_at": "o.ordered_at",
            "ordered_at": "o.ordered_at",
            "state": f"CASE WHEN {COMING_BACK} AND l.position > 1 THEN 'closed' "
            f"WHEN o.state = 'closed' AND {CLAIMED} THEN 'shipped_back' ELSE o.state END",
        }),
        (Shipment, f"orders_order o WHERE {GONE}", {
            "id": "o.id", "number": "'S' || o.id", "number_folded": "'s' || o.id", "order": "o.id", "shipped_on": day,
            "delivered_on": f"CASE WHEN {ARRIVED} THEN {day} END",
        }),
        (ShipmentItem, f"{LINES_OF} WHERE {GONE}", {
            "id": "l.id", "shipment": "o.id", "line": "l.id", "quantity": "l.quantity",
        }),
    ]  # fmt: skip


def _papers(orders: int) -> list[Copied]:
    """Invoices and payments; those of the last month are not paid yet, nor are a few older ones."""
    day = "o.ordered_on"
    is_void, is_paid = "o.id % 199 = 0", f"(o.id % 97 > 0 AND o.id < {orders - orders * 30 // DAYS})"
    return [
        (Invoice, f"orders_order o WHERE {GONE}", {
            "id": "o.id", "number": "'I' || o.id", "number_folded": "'i' || o.id", "order": "o.id",
            "customer": "o.customer_id", "issued_on": day, "due_on": "o.wished_on", "currency": "o.currency",
            "net": "o.subtotal", "tax": "o.tax", "total": "o.total",
            "paid": _if(f"{is_paid} AND NOT {is_void}", "o.total"),
            "state": f"CASE WHEN {is_void} THEN 'void' ELSE 'open' END",
        }),
        (InvoiceLine, f"{LINES_OF} WHERE {GONE}", {
            "id": "l.id", "invoice": "o.id", "line": "l.id", "description": "l.product_name", "quantity": "l.quantity",
            "amount": "l.amount", "tax": "l.tax",
        }),
        (Payment, f"orders_order o WHERE {GONE} AND {is_paid} AND NOT {is_void}", {
            "id": "o.id", "customer": "o.customer_id", "order": "o.id", "invoice": "o.id", "amount": "o.total",
            "currency": "o.currency", "paid_on": "o.wished_on", "reference": "'TRANSFER ' || o.id",
        }),
    ]  # fmt: skip


def _claims() -> list[Copied]:
    """Reclamations, each of the first line of its order."""
    cause = ReclamationCause.objects.order_by("pk").values_list("pk", flat=True)[0]
    return [
        (Reclamation, f"orders_order o WHERE o.has_reclamation AND {ARRIVED}", {
            "id": "o.id", "number": "'R' || o.id", "number_folded": "'r' || o.id", "order": "o.id",
            "customer": "o.customer_id", "cause": f"{cause} + o.id / 100 % 4", "wish": "'refund'",
            "state": f"CASE WHEN {COMING_BACK} THEN 'open' ELSE 'closed' END", "opened_at": "o.ordered_at",
            "changed_at": "o.ordered_at", "closed_at": f"CASE WHEN {COMING_BACK} THEN NULL ELSE o.ordered_at END",
        }),
        (ReclamationLine, f"{LINES_OF} WHERE {CLAIMED}", {
            "id": "l.id", "reclamation": "o.id", "line": "l.id", "quantity": "l.quantity",
            "settled": f"CASE WHEN {COMING_BACK} THEN 0 ELSE l.quantity END",
            "outcome": f"CASE WHEN {COMING_BACK} THEN '' ELSE 'repaired' END",
        }),
    ]  # fmt: skip


def _if(condition: str, value: str) -> str:
    return f"CASE WHEN {condition} THEN {value} ELSE 0 END"


def _copy(model: type[models.Model], source: str, columns: dict[str, str]) -> None:
    """Insert a row for each of `source`, with `columns` of it and the defaults of the others."""
    same = _defaults(model, tuple(columns))
    fields: list[Any] = [model._meta.get_field(name) for name in (*columns, *same)]
    names = [str(field.column) for field in fields]
    values = [field.get_db_prep_save(same[field.name], connection) for field in fields if field.name in same]
    selected = ", ".join([*(text.replace("%", "%%") for text in columns.values()), *("%s" for _ in same)])
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {model._meta.db_table} ({', '.join(names)}) "
            f"SELECT {selected} FROM {source.replace('%', '%%')}",
            values,
        )


def _defaults(model: type[models.Model], besides: tuple[str, ...]) -> dict[str, Any]:
    """Return the fields of a model that are not among `besides`, with their defaults."""
    others = [field for field in model._meta.concrete_fields if field.name not in (*besides, "id")]
    return {field.name: field.get_default() for field in others}


@contextmanager
def _bare() -> Iterator[None]:
    """Take the indexes and the checks of references off the tables, and lay the indexes again at the end."""
    is_sqlite = connection.vendor == "sqlite"
    found = INDEXES_OF_SQLITE if is_sqlite else INDEXES_OF_POSTGRESQL
    tables = [model._meta.db_table for model in TABLES]
    with connection.cursor() as cursor:
        cursor.execute(found % ", ".join(f"'{table}'" for table in tables))
        indexes = cursor.fetchall()
        for name, _words in indexes:
            cursor.execute(f"DROP INDEX {connection.ops.quote_name(name)}")
        cursor.execute("PRAGMA foreign_keys = OFF" if is_sqlite else "SET session_replication_role = replica")
    yield
    with connection.cursor() as cursor:
        for _name, words in indexes:
            cursor.execute(words)
        cursor.execute("PRAGMA foreign_keys = ON" if is_sqlite else "SET session_replication_role = DEFAULT")
        for words in connection.ops.sequence_reset_sql(no_style(), list(TABLES)):
            cursor.execute(words)
