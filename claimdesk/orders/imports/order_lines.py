"""Order lines from other people's files (O8, O21). With them the order gets its sums and its items."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import datetime
from decimal import Decimal
from itertools import groupby
from typing import Any

from django.utils.translation import gettext_lazy as _

from claimdesk.kernel.money import line_amount, tax_of
from claimdesk.kernel.text import fold
from claimdesk.ledger.actions.timers import set_timers
from claimdesk.ledger.imports import Batch, Column, PreparedRow, RowRefused, importer
from claimdesk.ledger.imports.bulk import allocate_keys, insert_rows, select_among
from claimdesk.ledger.models import Import
from claimdesk.orders.actions.moving import TIMEOUT_KIND
from claimdesk.orders.imports.columns import LINE_COLUMNS
from claimdesk.orders.imports.exporting import exported_lines
from claimdesk.orders.imports.looking_up import (
    KnownOrder,
    folded,
    minor,
    orders_by_number,
    owners_of_external_ids,
    products_by_number,
)
from claimdesk.orders.imports.sums import add_up_orders
from claimdesk.orders.models import Allotment, OrderItem, OrderLine, OrderProcess
from claimdesk.orders.permissions import IMPORT_ORDERS
from claimdesk.orders.process.definition import CANCELED, DELIVERED, SHIPPED, Process
from claimdesk.orders.process.engine import timeouts
from claimdesk.orders.queries.processes import process_of

ONE_THOUSAND = 1000
LINE_INSERTED = (
    "id", "order", "position", "product", "product_number", "product_name", "unit", "quantity", "unit_price", "per",
    "discount", "tax_rate", "amount", "tax", "external_id", "source_digest",
)  # fmt: skip
ALLOTMENT_INSERTED = ("line", "ordered", "canceled", "shipped", "delivered")
ITEM_INSERTED = ("id", "order", "line", "quantity", "state", "entered_at", "ordered_at")
NOT_YET = dict.fromkeys(
    ("held", "settled", "invoiced", "credited", "paid_out", "invoiced_tax", "refunded_tax", "invoiced_quantity", "refunded_quantity"), 0
)  # fmt: skip
Values = dict[str, Any]
BLANK: Values = {
    **{column.name: "" for column in LINE_COLUMNS},
    **dict.fromkeys(("line", "per", "discount", "tax_rate"), 0),
    "total": None,
}
# What a line on file was made of; the same again is no change.
MADE_OF = ("product_number", "quantity", "unit_price", "per", "discount", "tax_rate", "amount")


@importer
class OrderLineImporter:
    """Takes lines of imported orders; a row is recognised by its order and its line's number, else its product.

    A line never changes: one on file that the file has otherwise is refused.
    """

    kind = "order-lines"
    label = _("Order lines")
    position = 11
    permission = IMPORT_ORDERS
    columns: tuple[Column, ...] = LINE_COLUMNS
    key_columns = ("order", "line", "product")

    def key_of(self, *values: str) -> str:
        order, line, product = values
        place = line.strip().lstrip("0")
        return (
            f"{folded(order)}\x1f{place}\x1f" if place else f"{folded(order)}\x1f{fold(product)}\x1fproduct"
        )

    def known(self, keys: list[str]) -> dict[str, str]:
        found = lines_on_file({key.partition("\x1f")[0] for key in keys})
        return {key: found[key][1] for key in keys if key in found}

    def prepare(self, values: Values) -> Values:
        return BLANK | values

    def write(self, batch: Batch) -> None:
        on_file = lines_on_file({row.key.partition("\x1f")[0] for row in batch.rows})
        writer = _Writer(batch, on_file)
        for row in batch.rows:
            try:
                if row.key in on_file:
                    writer.compare(row)
                else:
                    writer.add(row)
            except RowRefused as refusal:
                batch.refuse(row, str(refusal))
        writer.finish()

    def export(self) -> Iterator[list[str]]:
        return exported_lines()

    def finish(self, run: Import) -> None:
        """Nothing is left to do."""


def lines_on_file(orders: Collection[str]) -> dict[str, tuple[int, str]]:
    """Return key and digest of all lines of orders, by either key under which a row may be recognised."""
    select = (
        "SELECT o.number_folded, l.position, l.product_number, l.id, l.source_digest "
        "FROM orders_orderline l JOIN orders_order o ON o.id = l.order_id WHERE"
    )
    found: dict[str, tuple[int, str]] = {}
    for order, position, product, key, digest in select_among(select, "o.number_folded", set(orders)):
        found[_place(order, position)] = (key, digest)
        found.setdefault(f"{order}\x1f{fold(product)}\x1fproduct", (key, digest))
    return found


class _Writer:
    """One chunk of lines on its way into the tables."""

    def __init__(self, batch: Batch, on_file: dict[str, tuple[int, str]]) -> None:
        self.batch = batch
        self.on_file = on_file
        known = [on_file[row.key][0] for row in batch.rows if row.key in on_file]
        self.present = OrderLine.objects.in_bulk(known)
        self.compared: list[OrderLine] = []
        self.orders = orders_by_number(row.key.partition("\x1f")[0] for row in batch.rows)
        self.products = products_by_number({row.values["product"] for row in batch.rows})
        stored = OrderProcess.objects.in_bulk({order.process for order in self.orders.values()})
        self.processes: dict[int, Process] = {key: process_of(row) for key, row in stored.items()}
        self.next_positions = _next_positions(order.id for order in self.orders.values())
        ids = (row.values.get("external_id", "") for row in batch.rows)
        self.externals = owners_of_external_ids("orders_orderline", ids)
        self.taken: set[str] = set()
        self.lines: list[list[Any]] = []
        self.entered: list[tuple[KnownOrder, int]] = []

    def add(self, row: PreparedRow) -> None:
        """Add a new line. Raises RowRefused."""
        values = row.extra
        order = self._order(values, row.key)
        if not order.is_imported:
            raise RowRefused("order: was placed here, and its lines do not change")
        external = values["external_id"]
        if external and self.externals.setdefault(external, -row.line) != -row.line:
            raise RowRefused(f"external_id: {external} stands at another line")
        made = self._made(values, order)
        position = values["line"] or self.next_positions[order.id]
        place = _place(row.key.partition("\x1f")[0], position)
        if place in self.on_file or place in self.taken:
            raise RowRefused(f"line: {position} stands in the order already")
        self.taken.add(place)
        self.next_positions[order.id] = max(self.next_positions[order.id], position + 1)
        self.lines.append([order.id, position, *made.values(), external, row.digest])
        self.entered.append((order, values["quantity"]))

    def compare(self, row: PreparedRow) -> None:
        """Take a line on file as the same, if it is. Raises RowRefused."""
        order = self._order(row.extra, row.key)
        line = self.present[self.on_file[row.key][0]]
        made = self._made(row.extra, order)
        held = {name: getattr(line, name) for name in MADE_OF} | {
            "quantity": int(line.quantity * ONE_THOUSAND)
        }
        other = next((name for name in MADE_OF if held[name] != made[name]), "")
        if other:
            raise RowRefused(f"{other}: the line stands on file otherwise, and a line never changes")
        line.source_digest = row.digest
        self.compared.append(line)

    def finish(self) -> None:
        """Insert lines, their allotments and items, and add up their orders."""
        keys = allocate_keys(OrderLine, len(self.lines))
        lines = [[key, *line] for key, line in zip(keys, self.lines, strict=True)]
        insert_rows(
            OrderLine, LINE_INSERTED, lines, same={"price_reason": {}, "import_id": self.batch.run.pk}
        )
        entered = [(key, order, quantity) for key, (order, quantity) in zip(keys, self.entered, strict=True)]
        allotments = [self._allotment(key, order, quantity) for key, order, quantity in entered]
        insert_rows(Allotment, ALLOTMENT_INSERTED, allotments, same=NOT_YET)
        self._insert_items(entered)
        add_up_orders({order.id for order, _quantity in self.entered})
        OrderLine.objects.bulk_update(self.compared, ["source_digest"], batch_size=500)
        self.batch.new += len(lines)
        self.batch.same += len(self.compared)

    def _order(self, values: Values, key: str) -> KnownOrder:
        order = self.orders.get(key.partition("\x1f")[0])
        if order is None:
            raise RowRefused(f"order: there is no order {values['order']}")
        return order

    def _made(self, values: Values, order: KnownOrder) -> Values:
        """Return what stands in the line, in the order of LINE_INSERTED. Raises RowRefused."""
        product, name, unit = self.products.get(fold(values["product"])[:120], (None, values["product"], ""))
        price, per = _price(values, order.currency)
        discount, quantity = values["discount"], values["quantity"]
        amount = line_amount(price, Decimal(quantity).scaleb(-3), per=per, discount=discount)
        if values["total"] is not None and minor(values["total"], order.currency, "total") != amount:
            raise RowRefused(f"total: {values['total']} is not what price, quantity and discount come to")
        return {
            "product": product,
            "product_number": values["product"],
            "product_name": values["name"] or name,
            "unit": values["unit"] or unit,
            "quantity": quantity,
            "unit_price": price,
            "per": per,
            "discount": discount,
            "tax_rate": values["tax_rate"],
            "amount": amount,
            "tax": tax_of(amount, values["tax_rate"], order.price_mode) if values["tax_rate"] else 0,
        }

    def _allotment(self, line: int, order: KnownOrder, quantity: int) -> tuple[int, ...]:
        flags = self.processes[order.process].states[order.state].flags
        return (line, quantity, *(quantity * (flag in flags) for flag in (CANCELED, SHIPPED, DELIVERED)))

    def _insert_items(self, entered: list[tuple[int, KnownOrder, int]]) -> None:
        keys = allocate_keys(OrderItem, len(entered))
        rows = [
            (key, order.id, line, quantity, order.state, order.ordered_at, order.ordered_at)
            for key, (line, order, quantity) in zip(keys, entered, strict=True)
        ]
        insert_rows(OrderItem, ITEM_INSERTED, rows, same={"version": 1})
        due: dict[str, datetime] = {}
        for (process, state), group in groupby(
            zip(keys, entered, strict=True), key=lambda each: (each[1][1].process, each[1][1].state)
        ):
            soonest = next(iter(timeouts(self.processes[process], state)), None)
            if soonest and soonest.after:
                due |= {
                    f"order_item/{key}": order.ordered_at + soonest.after for key, (_l, order, _q) in group
                }
        if due:
            set_timers(TIMEOUT_KIND, due)


def _place(order: str, position: int) -> str:
    """Return the key of a line by its number."""
    return f"{order}\x1f{position}\x1f"


def _price(values: Values, currency: str) -> tuple[int, int]:
    """Return the price in minor units and for how many; one of fractions of a cent is told for as many as make it whole."""
    price: Decimal = values["unit_price"]
    per = values["per"] or 1
    for _more in range(4):
        try:
            return minor(price, currency, "unit_price"), per
        except RowRefused:
            price, per = price * 10, per * 10
    raise RowRefused(f"unit_price: {values['unit_price']} has too many decimals")


def _next_positions(orders: Any) -> defaultdict[int, int]:
    rows = select_among("SELECT order_id, position FROM orders_orderline WHERE", "order_id", set(orders))
    found: defaultdict[int, int] = defaultdict(lambda: 1)
    for order, position in rows:
        found[order] = max(found[order], position + 1)
    return found
