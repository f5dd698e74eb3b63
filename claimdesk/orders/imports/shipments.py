"""Shipments from other people's files (O16, O21): what the ERP has shipped stands as shipped here."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from claimdesk.company.queries.company import company
from claimdesk.kernel.text import fold_number
from claimdesk.ledger.imports import Batch, Column, PreparedRow, RowRefused, importer
from claimdesk.ledger.imports.bulk import allocate_keys, insert_rows, select_among
from claimdesk.ledger.models import Import
from claimdesk.orders.imports.columns import SHIPMENT_COLUMNS
from claimdesk.orders.imports.exporting import exported_shipments
from claimdesk.orders.imports.looking_up import (
    KnownOrder,
    folded,
    orders_by_number,
    owners_of_external_ids,
)
from claimdesk.orders.imports.standing import stand_as_shipped
from claimdesk.orders.models import Shipment, ShipmentItem
from claimdesk.orders.permissions import IMPORT_ORDERS

CHANGEABLE = ("carrier", "tracking_number", "delivered_on", "external_id")
INSERTED = (
    "id", "number", "number_folded", "order", "shipped_on", "return_by_on", "source_digest", *CHANGEABLE,
)  # fmt: skip
Values = dict[str, Any]
BLANK: Values = {
    **{column.name: "" for column in SHIPMENT_COLUMNS},
    "delivered_on": None,
    "lines": {},
}


@importer
class ShipmentImporter:
    """Takes shipments; a row is recognised by its number. What is named no lines ships all that is left of the order."""

    kind = "shipments"
    label = _("Shipments")
    position = 12
    permission = IMPORT_ORDERS
    columns: tuple[Column, ...] = SHIPMENT_COLUMNS
    key_columns = ("number",)

    def key_of(self, *values: str) -> str:
        return folded(values[0])

    def known(self, keys: list[str]) -> dict[str, str]:
        select = "SELECT number_folded, source_digest FROM orders_shipment WHERE"
        return dict(select_among(select, "number_folded", keys))

    def prepare(self, values: Values) -> Values:
        if not fold_number(values["number"]):
            raise RowRefused("number: must hold a letter or a digit other than 0")
        if values.get("delivered_on") and values["delivered_on"] < values["shipped_on"]:
            raise RowRefused("delivered_on: is before it was shipped")
        return BLANK | values

    def write(self, batch: Batch) -> None:
        known = self.known([row.key for row in batch.rows])
        rows = Shipment.objects.filter(number_folded__in=known).select_related("order")
        present = {row.number_folded: row for row in rows}
        writer = _Writer(batch)
        for row in batch.rows:
            try:
                if row.key in present:
                    writer.change(row, present[row.key])
                else:
                    writer.add(row)
            except RowRefused as refusal:
                batch.refuse(row, str(refusal))
        writer.finish()

    def export(self) -> Iterator[list[str]]:
        return exported_shipments()

    def finish(self, run: Import) -> None:
        """Nothing is left to do."""


class _Writer:
    """One chunk of shipments on its way into the tables."""

    def __init__(self, batch: Batch) -> None:
        self.batch = batch
        self.return_days = timedelta(days=company().return_days)
        self.orders = orders_by_number(folded(row.values["order"]) for row in batch.rows)
        self.unshipped = _unshipped([order.id for order in self.orders.values()])
        self.externals = owners_of_external_ids(
            "orders_shipment", (row.values.get("external_id", "") for row in batch.rows)
        )
        self.rows: list[tuple[Any, ...]] = []
        self.items: list[list[tuple[int, int]]] = []
        self.shipped: dict[int, int] = defaultdict(int)
        self.delivered: dict[int, int] = defaultdict(int)

    def add(self, row: PreparedRow) -> None:
        """Add a new shipment. Raises RowRefused."""
        values = row.extra
        order = self._order(values)
        items = self._items(order, values)
        self._claim_external_id(values, row, own=None)
        fields = {
            **values,
            "number_folded": row.key,
            "order": order.id,
            "return_by_on": values["delivered_on"] and values["delivered_on"] + self.return_days,
            "source_digest": row.digest,
        }
        self.rows.append(tuple(fields[name] for name in INSERTED[1:]))
        self.items.append(items)
        for line, quantity in items:
            self.shipped[line] += quantity
            self.delivered[line] += quantity if values["delivered_on"] else 0

    def change(self, row: PreparedRow, shipment: Shipment) -> None:
        """Write what the row says otherwise of a shipment on file. Raises RowRefused for what does not change."""
        if folded(row.values["order"]) != shipment.order.number_folded:
            raise RowRefused(f"order: the shipment is of order {shipment.order.number}")
        if row.values["shipped_on"] != shipment.shipped_on:
            raise RowRefused(f"shipped_on: the shipment left on {shipment.shipped_on}")
        self._claim_external_id(row.values, row, own=shipment.pk)
        given = {name: row.values[name] for name in CHANGEABLE if name in row.values}
        fields = {name: value for name, value in given.items() if getattr(shipment, name) != value}
        arrives = shipment.delivered_on is None and fields.get("delivered_on")
        if "delivered_on" in fields and not arrives:
            raise RowRefused(f"delivered_on: the shipment arrived on {shipment.delivered_on}")
        for name, value in fields.items():
            setattr(shipment, name, value)
        if arrives:
            shipment.return_by_on = arrives + self.return_days
            for item in shipment.items.all():
                self.delivered[item.line_id] += int(item.quantity * 1000)
        shipment.source_digest = row.digest
        shipment.save()
        if fields:
            self.batch.changed += 1
        else:
            self.batch.same += 1

    def finish(self) -> None:
        """Insert shipments with their items, and have the orders' items stand as shipped."""
        keys = allocate_keys(Shipment, len(self.rows))
        rows = [(key, *row) for key, row in zip(keys, self.rows, strict=True)]
        insert_rows(
            Shipment,
            INSERTED,
            rows,
            same={"import_id": self.batch.run.pk, "created_at": self.batch.run.created_at},
        )
        items = [(key, *item) for key, items in zip(keys, self.items, strict=True) for item in items]
        insert_rows(ShipmentItem, ("shipment", "line", "quantity"), items)
        stand_as_shipped(self.shipped, self.delivered)
        self.batch.new += len(rows)

    def _order(self, values: Values) -> KnownOrder:
        order = self.orders.get(folded(values["order"]))
        if order is None:
            raise RowRefused(f"order: there is no order {values['order']}")
        if order.id not in self.unshipped:
            raise RowRefused("order: has no lines yet; take its lines first")
        return order

    def _items(self, order: KnownOrder, values: Values) -> list[tuple[int, int]]:
        """Return the lines and quantities of the shipment, and count them as shipped. Raises RowRefused."""
        left = self.unshipped[order.id]
        wanted = values["lines"] or {
            position: quantity for position, (_line, quantity) in left.items() if quantity
        }
        if not wanted:
            raise RowRefused("order: is shipped already")
        for position, quantity in wanted.items():
            if position not in left or quantity > left[position][1]:
                raise RowRefused(f"lines: of line {position} less is left to ship than that")
        items = [(left[position][0], quantity) for position, quantity in wanted.items()]
        for position, quantity in wanted.items():
            line, rest = left[position]
            left[position] = (line, rest - quantity)
        return items

    def _claim_external_id(self, values: Values, row: PreparedRow, *, own: int | None) -> None:
        external = values.get("external_id", "")
        if external and self.externals.setdefault(external, own or -row.line) not in (own, -row.line):
            raise RowRefused(f"external_id: {external} stands at another shipment")


def _unshipped(orders: list[int]) -> dict[int, dict[int, tuple[int, int]]]:
    """Return by order and position of the line its key and what no shipment has of it yet, in thousandths."""
    select = (
        "SELECT l.order_id, l.position, l.id, a.ordered - a.canceled - COALESCE("
        "(SELECT SUM(i.quantity) FROM orders_shipmentitem i WHERE i.line_id = l.id), 0) "
        "FROM orders_orderline l JOIN orders_allotment a ON a.line_id = l.id WHERE"
    )
    found: dict[int, dict[int, tuple[int, int]]] = defaultdict(dict)
    for order, position, line, left in select_among(select, "l.order_id", set(orders)):
        found[order][position] = (line, max(int(left), 0))
    return dict(found)
