"""Invoices from other people's files: proofs of who belongs to a customer (A20), and with a total what is to be paid (O17)."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from claimdesk.access.models import InvoiceProof
from claimdesk.customers.imports.looking_up import customers_by_number, folded_number
from claimdesk.kernel.text import fold_number
from claimdesk.ledger.imports import Batch, Column, PreparedRow, RowRefused, importer
from claimdesk.ledger.imports.bulk import insert_rows
from claimdesk.ledger.models import Import
from claimdesk.orders.imports.billing import Billing
from claimdesk.orders.imports.columns import INVOICE_COLUMNS
from claimdesk.orders.imports.exporting import exported_invoices
from claimdesk.orders.permissions import IMPORT_INVOICES

PROOF = ("customer", "number", "number_folded", "issued_on", "is_void", "source_digest")
BLANK: dict[str, Any] = {
    **{column.name: "" for column in INVOICE_COLUMNS},
    **dict.fromkeys(("total", "tax", "due_on")),
    "void": False,
}


@importer
class InvoiceImporter:
    """Takes invoices; a row is recognised by its customer and number. One without a total only proves."""

    kind = "invoices"
    label = _("Invoices")
    position = 13
    permission = IMPORT_INVOICES
    columns: tuple[Column, ...] = INVOICE_COLUMNS
    key_columns = ("customer", "number")

    def key_of(self, *values: str) -> str:
        customer, number = values
        return f"{folded_number(customer)}\x1f{fold_number(number)}"

    def known(self, keys: list[str]) -> dict[str, str]:
        return {key: proof.source_digest for key, proof in _present(keys).items()}

    def prepare(self, values: dict[str, Any]) -> None:
        if not fold_number(values["number"]):
            raise RowRefused("number: must hold a letter or a digit other than 0")
        if values.get("due_on") and values["due_on"] < values["issued_on"]:
            raise RowRefused("due_on: is before it was issued")

    def export(self) -> Iterator[list[str]]:
        return exported_invoices()

    def finish(self, run: Import) -> None:
        """Nothing is left to do."""

    def write(self, batch: Batch) -> None:
        customers = customers_by_number(row.key.partition("\x1f")[0] for row in batch.rows)
        present = _present([row.key for row in batch.rows])
        billing = Billing(batch.run, [row.values for row in batch.rows])
        new: list[tuple[Any, ...]] = []
        changed: list[InvoiceProof] = []
        for row in batch.rows:
            number, _mark, folded = row.key.partition("\x1f")
            customer = customers.get(number)
            try:
                if customer is None:
                    raise RowRefused(f"customer: there is no customer {row.values['customer']}")
                billing.take(BLANK | row.values, customer, line=row.line)
            except RowRefused as refusal:
                batch.refuse(row, str(refusal))
                continue
            proof = present.get(row.key)
            if proof is None:
                values = row.values
                is_void = values.get("void", False)
                new.append((customer, values["number"], folded, values["issued_on"], is_void, row.digest))
            else:
                changed.append(_changed(proof, row, batch.run))
        billing.write()
        insert_rows(InvoiceProof, PROOF, new, same={"import_id": batch.run.pk})
        fields = ["issued_on", "is_void", "source_digest", "import_id"]
        InvoiceProof.objects.bulk_update(changed, fields, batch_size=500)
        batch.new += len(new)
        batch.changed += len(changed)


def _changed(proof: InvoiceProof, row: PreparedRow, run: Import) -> InvoiceProof:
    proof.issued_on, proof.is_void = row.values["issued_on"], row.values.get("void", False)
    proof.source_digest, proof.import_id = row.digest, run.pk
    return proof


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
