"""Invoices from other people's files: number, customer, day; what A20 asks for."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from claimdesk.access.models import InvoiceProof
from claimdesk.customers.imports.columns import CUSTOMER
from claimdesk.customers.imports.looking_up import customers_by_number, folded_number
from claimdesk.customers.permissions import IMPORT_CUSTOMERS
from claimdesk.kernel.text import fold_number
from claimdesk.ledger.imports import Batch, Column, importer
from claimdesk.ledger.imports.bulk import insert_rows
from claimdesk.ledger.imports.cleaning import day, flag, text
from claimdesk.ledger.imports.importer import RowRefused
from claimdesk.ledger.models import Import

INSERTED = (
    "customer", "number", "number_folded", "issued_on", "is_void", "source_digest", "import_id",
)  # fmt: skip


@importer
class InvoiceImporter:
    """Takes invoices as proofs; a row is recognised by its customer and number."""

    kind = "invoices"
    label = _("Invoices")
    position = 4
    permission = IMPORT_CUSTOMERS
    columns: tuple[Column, ...] = (
        Column("number", _("Invoice number"), text(60), ("invoice_id", "invoice", "order_id"), True),
        CUSTOMER,
        Column("issued_on", _("Issued on"), day, ("date", "invoice_date", "order_date"), True),
        Column("void", _("Void"), flag, ("is_void", "canceled")),
    )
    key_columns = ("customer", "number")

    def key_of(self, *values: str) -> str:
        customer, number = values
        return f"{folded_number(customer)}\x1f{fold_number(number)}"

    def known(self, keys: list[str]) -> dict[str, str]:
        return {key: proof.source_digest for key, proof in _present(keys).items()}

    def prepare(self, values: dict[str, Any]) -> None:
        if not fold_number(values["number"]):
            raise RowRefused("number: must hold a letter or a digit other than 0")

    def export(self) -> Iterator[list[str]]:
        proofs = InvoiceProof.objects.order_by("pk").select_related("customer")
        for proof in proofs.iterator(5_000):
            void = "yes" if proof.is_void else "no"
            yield [proof.number, proof.customer.number, proof.issued_on.isoformat(), void]

    def finish(self, run: Import) -> None:
        """Nothing is left to do."""

    def write(self, batch: Batch) -> None:
        customers = customers_by_number(row.key.partition("\x1f")[0] for row in batch.rows)
        present = _present([row.key for row in batch.rows])
        new: list[list[Any]] = []
        for row in batch.rows:
            customer, _mark, number = row.key.partition("\x1f")
            if customer not in customers:
                batch.refuse(row, f"customer: there is no customer {row.values['customer']}")
                continue
            is_void = row.values.get("void", False)
            proof = present.get(row.key)
            if proof is None:
                head = [customers[customer], row.values["number"], number, row.values["issued_on"]]
                new.append([*head, is_void, row.digest, batch.run.pk])
                continue
            proof.issued_on, proof.is_void = row.values["issued_on"], is_void
            proof.source_digest, proof.import_id = row.digest, batch.run.pk
            proof.save()
            batch.changed += 1
        insert_rows(InvoiceProof, INSERTED, new)
        batch.new += len(new)


def _present(keys: list[str]) -> dict[str, InvoiceProof]:
    customers = customers_by_number({key.partition("\x1f")[0] for key in keys})
    numbers = {key.partition("\x1f")[2] for key in keys}
    proofs = InvoiceProof.objects.filter(customer_id__in=set(customers.values()), number_folded__in=numbers)
    by_both = {(proof.customer_id, proof.number_folded): proof for proof in proofs}
    found = {}
    for key in keys:
        customer, _mark, number = key.partition("\x1f")
        proof = by_both.get((customers.get(customer, 0), number))
        if proof:
            found[key] = proof
    return found
