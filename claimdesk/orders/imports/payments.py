"""Payments from other people's files (O3, O21)."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from django.db import connection
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from claimdesk.kernel.actor import SYSTEM
from claimdesk.ledger.imports import Batch, Column, PreparedRow, RowRefused, importer
from claimdesk.ledger.imports.bulk import insert_rows, select_among
from claimdesk.ledger.models import Import
from claimdesk.orders.actions.items import follow_up_items
from claimdesk.orders.imports.columns import PAYMENT_COLUMNS
from claimdesk.orders.imports.exporting import OWN_PAYMENT, exported_payments
from claimdesk.orders.imports.looking_up import folded, minor
from claimdesk.orders.models import Invoice, Order, OrderBalance, Payment
from claimdesk.orders.permissions import IMPORT_INVOICES

INSERTED = ("customer", "order", "invoice", "amount", "currency", "paid_on", "method", "reference", "external_id", "source_digest")  # fmt: skip
MADE_OF = ("customer_id", "order_id", "invoice_id", "amount", "paid_on")
Values = dict[str, Any]
BLANK: Values = {column.name: "" for column in PAYMENT_COLUMNS}


@importer
class PaymentImporter:
    """Takes payments on invoices, or on orders before there is one; a row is recognised by its external id.

    A payment never changes: one on file that the file has otherwise is refused.
    """

    kind = "payments"
    label = _("Payments")
    position = 14
    permission = IMPORT_INVOICES
    columns: tuple[Column, ...] = PAYMENT_COLUMNS
    key_columns = ("external_id",)

    def key_of(self, *values: str) -> str:
        return values[0].strip()

    def known(self, keys: list[str]) -> dict[str, str]:
        select = "SELECT external_id, source_digest FROM orders_payment WHERE NOT (external_id = '') AND"
        return dict(select_among(select, "external_id", keys))

    def prepare(self, values: Values) -> Values:
        full = BLANK | values
        if not full["amount"]:
            raise RowRefused("amount: must be more than 0")
        return full

    def write(self, batch: Batch) -> None:
        writer = _Writer(batch)
        for row in batch.rows:
            try:
                writer.take(row)
            except RowRefused as refusal:
                batch.refuse(row, str(refusal))
        writer.finish()

    def export(self) -> Iterator[list[str]]:
        return exported_payments()

    def finish(self, run: Import) -> None:
        """Nothing is left to do."""


def _booked_here(rows: Sequence[PreparedRow]) -> dict[str, Payment]:
    """Return the payments that were booked here and exported, by the keys that they were given there."""
    named = (row.key.removeprefix(OWN_PAYMENT) for row in rows if row.key.startswith(OWN_PAYMENT))
    keys = [int(key) for key in named if key.isascii() and key.isdigit() and len(key) < 19]
    found = Payment.objects.filter(pk__in=keys, external_id="", reverses=None, reversal=None)
    return {f"{OWN_PAYMENT}{payment.pk}": payment for payment in found}


class _Writer:
    """One chunk of payments on its way into the tables; what they pay is held until it is written."""

    def __init__(self, batch: Batch) -> None:
        self.batch = batch
        rows = batch.rows
        self.orders = {order.number_folded: order for order in _held_orders(rows)}
        self.invoices = {invoice.number_folded: invoice for invoice in _held_invoices(rows)}
        self.order_of = {order.pk: order for order in self.orders.values()}
        present = Payment.objects.filter(external_id__in=[row.key for row in rows])
        self.present = {payment.external_id: payment for payment in present} | _booked_here(rows)
        self.room = _room_of(list(self.orders.values()))
        self.invoice_of = {invoice.pk: invoice for invoice in self.invoices.values()}
        self.paid: dict[int, int] = defaultdict(int)
        self.advances: dict[int, int] = defaultdict(int)
        self.rows: list[tuple[Any, ...]] = []
        self.compared: list[Payment] = []

    def take(self, row: PreparedRow) -> None:
        """Take one payment. Raises RowRefused."""
        made = self._made(row.extra)
        known = self.present.get(row.key)
        if known:
            other = next((name for name in MADE_OF if getattr(known, name) != made[name]), "")
            if other:
                raise RowRefused(
                    f"{other.removesuffix('_id')}: the payment stands on file otherwise, and never changes"
                )
            known.source_digest = row.digest
            self.compared.append(known)
            return
        self._book(made)
        rest = (row.extra["method"], row.extra["reference"], row.key, row.digest)
        sums = (made["amount"], made["currency"], made["paid_on"])
        self.rows.append((made["customer_id"], made["order_id"], made["invoice_id"], *sums, *rest))

    def finish(self) -> None:
        """Insert payments, add them to what they pay, and let items go on that waited for them."""
        run = self.batch.run
        same = {
            "recorded_by_name": SYSTEM.name,
            "reverses": None,
            "import_id": run.pk,
            "created_at": run.created_at,
        }
        insert_rows(Payment, INSERTED, self.rows, same=same)
        Payment.objects.bulk_update(self.compared, ["source_digest"], batch_size=500)
        changed = [invoice for invoice in self.invoices.values() if invoice.pk in self.paid]
        with connection.cursor() as cursor:
            statement = "UPDATE orders_invoice SET paid = paid + %s WHERE id = %s"
            cursor.executemany(statement, [(self.paid[invoice.pk], invoice.pk) for invoice in changed])
        for order, amount in self.advances.items():
            OrderBalance.objects.filter(pk=order).update(advance=F("advance") + amount)
        touched = {invoice.order_id for invoice in changed} | set(self.advances)
        waiting = [
            order for key, order in self.order_of.items() if key in touched and _waits_for_money(order)
        ]
        if waiting:
            follow_up_items(waiting, by=SYSTEM)
        self.batch.new += len(self.rows)
        self.batch.same += len(self.compared)

    def _made(self, values: Values) -> Values:
        invoice = self.invoices.get(folded(values["invoice"])) if values["invoice"] else None
        if values["invoice"] and invoice is None:
            raise RowRefused(f"invoice: there is no invoice {values['invoice']} with a total")
        order = self.orders.get(folded(values["order"])) if values["order"] else None
        if values["order"] and order is None:
            raise RowRefused(f"order: there is no order {values['order']}")
        if invoice and order and invoice.order_id != order.pk:
            raise RowRefused(f"order: invoice {invoice.number} is not of order {order.number}")
        subject = invoice or order
        if subject is None:
            raise RowRefused("invoice: a payment is for an invoice or for an order")
        return {
            "customer_id": subject.customer_id,
            "order_id": invoice.order_id if invoice else subject.pk,
            "invoice_id": invoice.pk if invoice else None,
            "amount": minor(values["amount"], subject.currency, "amount"),
            "currency": subject.currency,
            "paid_on": values["paid_on"],
        }

    def _book(self, made: Values) -> None:
        """Count a payment on what it pays. Raises RowRefused where more would be paid than is open."""
        if not made["invoice_id"]:
            self._book_in_advance(made)
            return
        invoice = self.invoice_of[made["invoice_id"]]
        if invoice.state == Invoice.State.VOID:
            raise RowRefused("invoice: is void")
        if invoice.open_amount - self.paid[invoice.pk] < made["amount"]:
            raise RowRefused("amount: is more than is open on the invoice")
        self.paid[invoice.pk] += made["amount"]

    def _book_in_advance(self, made: Values) -> None:
        order = made["order_id"]
        if self.room[order] - self.advances[order] < made["amount"]:
            raise RowRefused(
                "amount: is more than the order comes to, without what was invoiced or paid of it"
            )
        self.advances[order] += made["amount"]


def _held_invoices(rows: list[PreparedRow]) -> list[Invoice]:
    numbers = {folded(row.extra["invoice"]) for row in rows if row.extra["invoice"]}
    found = select_among("SELECT id FROM orders_invoice WHERE", "number_folded", numbers)
    keys = [key for key, *_rest in found]
    return list(Invoice.objects.filter(pk__in=keys).order_by("pk").select_for_update())


def _held_orders(rows: list[PreparedRow]) -> list[Order]:
    """Hold the orders first, and then their invoices, as whoever moves money of them does."""
    numbers = {folded(row.extra["order"]) for row in rows if row.extra["order"]}
    keys = {
        key for key, *_rest in select_among("SELECT id FROM orders_order WHERE", "number_folded", numbers)
    }
    invoices = {folded(row.extra["invoice"]) for row in rows if row.extra["invoice"]}
    of_invoices = select_among("SELECT order_id FROM orders_invoice WHERE", "number_folded", invoices)
    keys |= {key for key, *_rest in of_invoices if key}
    rows_of = (
        Order.objects.filter(pk__in=keys).select_related("process").defer("process__text").order_by("pk")
    )
    return list(rows_of.select_for_update(of=("self",)))


def _room_of(orders: list[Order]) -> dict[int, int]:
    """Return by order what may still be paid in advance: what is neither invoiced nor paid before."""
    keys = [order.pk for order in orders]
    OrderBalance.objects.bulk_create([OrderBalance(order_id=key) for key in keys], ignore_conflicts=True)
    advances = dict(OrderBalance.objects.filter(pk__in=keys).values_list("pk", "advance"))
    room = {order.pk: order.total - advances[order.pk] for order in orders}
    open_invoices = Invoice.objects.filter(order__in=keys, state=Invoice.State.OPEN)
    for order, total in open_invoices.values_list("order_id", "total"):
        room[order] -= total
    return room


def _waits_for_money(order: Order) -> bool:
    return order.payment_terms == Order.PaymentTerms.PREPAYMENT
