"""Orders from other people's files (O21)."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, time
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from claimdesk.company.models import Company
from claimdesk.company.queries.company import company
from claimdesk.customers.imports.looking_up import customers_by_number, folded_number
from claimdesk.kernel.text import fold, fold_number
from claimdesk.ledger.imports import Batch, Column, PreparedRow, RowRefused, importer
from claimdesk.ledger.imports.bulk import insert_rows, select_among
from claimdesk.ledger.models import Import
from claimdesk.orders.actions.processes import active_process_or_default
from claimdesk.orders.imports.columns import ORDER_COLUMNS
from claimdesk.orders.imports.exporting import exported_orders
from claimdesk.orders.imports.looking_up import folded, minor, owners_of_external_ids
from claimdesk.orders.models import Order, OrderLine, OrderProcess
from claimdesk.orders.permissions import IMPORT_ORDERS
from claimdesk.orders.process.definition import SHIPPED, Process
from claimdesk.orders.queries.processes import process_of

NOON = time(12, tzinfo=UTC)
SHIP_TO = tuple(column.name for column in ORDER_COLUMNS if column.name.startswith("ship_to_"))
# The rest of an order on file is the office's, or history that does not change.
CHANGEABLE = ("po_number", "placed_by_name", "wished_on", "note", "external_id", *SHIP_TO)
INSERTED = (
    "number", "number_folded", "customer", "representative", "state", "currency", "payment_terms", "freight",
    "subtotal", "total", "ordered_on", "ordered_at", "po_number_folded", "source_digest", *CHANGEABLE,
)  # fmt: skip
Values = dict[str, Any]
BLANK: Values = {
    **{column.name: "" for column in ORDER_COLUMNS},
    "total": None,
    "freight": None,
    "wished_on": None,
    "payment_terms": Order.PaymentTerms.ON_ACCOUNT.value,
}


@importer
class OrderImporter:
    """Takes orders; a row is recognised by its number, unchanged by its digest.

    Where the file names no status, the ERP is at work on the order: it stands last before what has left the house.
    """

    kind = "orders"
    label = _("Orders")
    position = 10
    permission = IMPORT_ORDERS
    columns: tuple[Column, ...] = ORDER_COLUMNS
    key_columns = ("number",)

    def key_of(self, *values: str) -> str:
        return folded(values[0])

    def known(self, keys: list[str]) -> dict[str, str]:
        select = "SELECT number_folded, source_digest FROM orders_order WHERE"
        return dict(select_among(select, "number_folded", keys))

    def prepare(self, values: Values) -> None:
        if not fold_number(values["number"]):
            raise RowRefused("number: must hold a letter or a digit other than 0")

    def write(self, batch: Batch) -> None:
        present = _present([row.key for row in batch.rows])
        writer = _Writer(batch)
        new: list[tuple[Any, ...]] = []
        for row in batch.rows:
            try:
                if row.key in present:
                    writer.change(row, present[row.key])
                else:
                    new.append(writer.made(row))
            except RowRefused as refusal:
                batch.refuse(row, str(refusal))
        insert_rows(Order, INSERTED, new, same=writer.same())
        batch.new += len(new)

    def export(self) -> Iterator[list[str]]:
        return exported_orders()

    def finish(self, run: Import) -> None:
        """Nothing is left to do."""


def _present(keys: list[str]) -> dict[str, Order]:
    numbers = [
        number
        for number, *_rest in select_among(
            "SELECT number_folded FROM orders_order WHERE", "number_folded", keys
        )
    ]
    rows = Order.objects.filter(number_folded__in=numbers).defer("process__text")
    with_lines = rows.annotate(has_lines=Exists(OrderLine.objects.filter(order=OuterRef("pk"))))
    return {order.number_folded: order for order in with_lines.select_related("customer")}


class _Writer:
    """One chunk of orders on its way into the table."""

    def __init__(self, batch: Batch) -> None:
        self.batch = batch
        self.seller: Company = company()
        self.stored: OrderProcess = active_process_or_default()
        self.states = names_of_states(process_of(self.stored))
        self.customers = customers_by_number(folded_number(row.values["customer"]) for row in batch.rows)
        self.currencies, self.representatives = _facts_of(self.customers.values())
        ids = (row.values.get("external_id", "") for row in batch.rows)
        self.externals = owners_of_external_ids("orders_order", ids)

    def same(self) -> Values:
        """Return the fields that are alike in all new orders."""
        rest = ("freight_tax_rate", "tax")
        blank = dict.fromkeys(rest, 0) | {"ship_to": None, "placed_by": None, "approval_decided_at": None}
        return blank | {
            "process": self.stored.pk,
            "price_mode": self.seller.price_mode,
            "has_reclamation": False,
            "approval": Order.Approval.NOT_NEEDED.value,
            "approval_decided_by_name": "",
            "approval_words": "",
            "import_id": self.batch.run.pk,
        }

    def made(self, row: PreparedRow) -> tuple[Any, ...]:
        """Return a new order in the order of INSERTED. Raises RowRefused."""
        values = BLANK | row.values
        customer = self._customer(values)
        currency = values["currency"] or self.currencies.get(customer) or self.seller.currency
        freight, total = minor(values["freight"], currency, "freight"), values["total"]
        goods = 0 if total is None else minor(total, currency, "total") - freight
        if goods < 0:
            raise RowRefused("total: is less than the freight")
        self._claim_external_id(values, row, own=None)
        fields = {
            **_own_fields(values),
            "number": values["number"],
            "number_folded": row.key,
            "customer": customer,
            "representative": self.representatives.get(customer),
            "state": self._state(values["status"]),
            "currency": currency,
            "payment_terms": values["payment_terms"],
            "freight": freight,
            "subtotal": goods,
            "total": goods + freight,
            "ordered_on": values["ordered_on"],
            "ordered_at": datetime.combine(values["ordered_on"], NOON),
            "po_number_folded": fold_number(values["po_number"]),
            "source_digest": row.digest,
        }
        return tuple(fields[name] for name in INSERTED)

    def change(self, row: PreparedRow, order: Order) -> None:
        """Write what the row says otherwise of an order on file. Raises RowRefused for what does not change."""
        values = row.values
        if self._customer(values) != order.customer_id:
            raise RowRefused(f"customer: the order is {order.customer.number}'s")
        if values.get("currency") and values["currency"] != order.currency:
            raise RowRefused(f"currency: the order is in {order.currency}")
        for name, held in (("freight", order.freight), ("total", order.total)):
            if values.get(name) is not None and minor(values[name], order.currency, name) != held:
                raise RowRefused(f"{name}: the order's own is another, and does not change")
        self._claim_external_id(values, row, own=order.pk)
        fields = {name: value for name, value in _own_fields(values).items() if getattr(order, name) != value}
        for name, value in fields.items():
            setattr(order, name, value)
        order.source_digest = row.digest
        order.save(update_fields=[*fields, "source_digest"])
        if fields:
            self.batch.changed += 1
        else:
            self.batch.same += 1

    def _customer(self, values: Values) -> int:
        customer = self.customers.get(folded_number(values["customer"]))
        if customer is None:
            raise RowRefused(f"customer: there is no customer {values['customer']}")
        return customer

    def _state(self, status: str) -> str:
        state = self.states.get(fold(status))
        if state is None:
            names = ", ".join(process_of(self.stored).states)
            raise RowRefused(f"status: {status!r} is none of {names}")
        return state

    def _claim_external_id(self, values: Values, row: PreparedRow, *, own: int | None) -> None:
        external = values.get("external_id", "")
        if external and self.externals.setdefault(external, own or -row.line) not in (own, -row.line):
            raise RowRefused(f"external_id: {external} stands at another order")


def names_of_states(process: Process) -> Mapping[str, str]:
    """Return the states by what files may call them: name or label, folded; nothing means in the ERP's hands."""
    found = {"": at_work(process)}
    for state in process.states.values():
        for name in (*state.labels.values(), state.name.replace("_", " "), state.name):
            found[fold(name)] = state.name
    return found


def at_work(process: Process) -> str:
    """Return the last state of the happy path before what has left the house."""
    before = [name for name in process.happy_path if SHIPPED not in process.states[name].flags]
    return before[-1] if before else process.start


def _facts_of(customers: Any) -> tuple[dict[int, str], dict[int, int]]:
    select = "SELECT id, currency, representative_id FROM customers_customer WHERE"
    rows = select_among(select, "id", set(customers))
    return {key: code for key, code, _who in rows}, {key: who for key, _code, who in rows if who}


def _own_fields(values: Values) -> Values:
    """Return what of CHANGEABLE the row says."""
    names = {"placed_by_name": "placed_by"}
    return {name: values[names.get(name, name)] for name in CHANGEABLE if names.get(name, name) in values}
