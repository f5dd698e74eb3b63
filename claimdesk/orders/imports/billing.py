"""Invoices as what is to be paid, for rows that tell a total; an ERP's come without lines."""

from typing import Any

from claimdesk.company.queries.company import company
from claimdesk.ledger.imports import RowRefused
from claimdesk.ledger.imports.bulk import insert_rows, select_among
from claimdesk.ledger.models import Import
from claimdesk.orders.imports.looking_up import folded, minor, orders_by_number, owners_of_external_ids
from claimdesk.orders.models import Invoice

INSERTED = (
    "number", "number_folded", "order", "customer", "state", "issued_on", "due_on", "currency", "net", "tax", "total",
    "external_id",
)  # fmt: skip
NOT_YET = dict.fromkeys(("credited", "paid", "advance", "paid_out"), 0)
Values = dict[str, Any]


class Billing:
    """The invoices of one chunk, on their way into the table."""

    def __init__(self, run: Import, rows: list[Values]) -> None:
        self.run = run
        self.currency = company().currency
        with_total = [values for values in rows if values.get("total") is not None]
        self.orders = orders_by_number(folded(values.get("order", "")) for values in with_total)
        self.present = _present([folded(values["number"]) for values in with_total])
        self.externals = owners_of_external_ids(
            "orders_invoice", (values.get("external_id", "") for values in with_total)
        )
        self.new: dict[str, tuple[Any, ...]] = {}
        self.changed: list[Invoice] = []

    def take(self, values: Values, customer: int, *, line: int) -> None:
        """Take a row as an invoice, if it tells a total. Raises RowRefused."""
        if values["total"] is None:
            return
        fields = self._fields(values, customer)
        invoice = self.present.get(fields["number_folded"])
        external, own = values["external_id"], invoice.pk if invoice else None
        if external and self.externals.setdefault(external, own or -line) not in (own, -line):
            raise RowRefused(f"external_id: {external} stands at another invoice")
        if fields["number_folded"] in self.new:
            raise RowRefused(f"number: {values['number']} stands in the file for another customer")
        if invoice is None:
            self.new[fields["number_folded"]] = tuple(fields[name] for name in INSERTED)
        else:
            self._change(invoice, fields)

    def write(self) -> None:
        """Insert and change invoices."""
        same = NOT_YET | {"source_digest": "", "import_id": self.run.pk, "created_at": self.run.created_at}
        insert_rows(Invoice, INSERTED, self.new.values(), same=same)
        Invoice.objects.bulk_update(
            self.changed, ["state", "issued_on", "due_on", "external_id", "order"], batch_size=500
        )

    def _fields(self, values: Values, customer: int) -> Values:
        order = self.orders.get(folded(values["order"])) if values["order"] else None
        if values["order"] and order is None:
            raise RowRefused(f"order: there is no order {values['order']}")
        if order and order.customer != customer:
            raise RowRefused(f"order: {values['order']} is another customer's")
        currency = values["currency"] or (order.currency if order else self.currency)
        if order and currency != order.currency:
            raise RowRefused(f"currency: the order is in {order.currency}")
        total, tax = minor(values["total"], currency, "total"), minor(values["tax"], currency, "tax")
        if tax > total:
            raise RowRefused("tax: is more than the total")
        return {
            "number": values["number"],
            "number_folded": folded(values["number"]),
            "order": order.id if order else None,
            "customer": customer,
            "state": Invoice.State.VOID.value if values["void"] else Invoice.State.OPEN.value,
            "issued_on": values["issued_on"],
            "due_on": values["due_on"],
            "currency": currency,
            "net": total - tax,
            "tax": tax,
            "total": total,
            "external_id": values["external_id"],
        }

    def _change(self, invoice: Invoice, fields: Values) -> None:
        if invoice.customer_id != fields["customer"]:
            raise RowRefused(f"number: {invoice.number} stands at another customer")
        for name in ("total", "tax", "currency"):
            if getattr(invoice, name) != fields[name]:
                raise RowRefused(f"{name}: the invoice's own is another, and does not change; void it")
        if invoice.state == Invoice.State.VOID and fields["state"] != invoice.state:
            raise RowRefused("void: the invoice is void for good")
        if invoice.state != fields["state"] and (invoice.paid or invoice.credited):
            raise RowRefused("void: something was paid for it or credited on it already")
        if invoice.order_id and invoice.order_id != fields["order"]:
            raise RowRefused("order: the invoice is of another order")
        for name in ("state", "issued_on", "due_on", "external_id"):
            setattr(invoice, name, fields[name])
        invoice.order_id = fields["order"]
        self.changed.append(invoice)


def _present(numbers: list[str]) -> dict[str, Invoice]:
    keys = [
        key for key, *_rest in select_among("SELECT id FROM orders_invoice WHERE", "number_folded", numbers)
    ]
    return {
        invoice.number_folded: invoice for invoice in Invoice.objects.filter(pk__in=keys).select_for_update()
    }
