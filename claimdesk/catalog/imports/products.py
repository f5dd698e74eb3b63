"""Products from other people's files (O21)."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from claimdesk.catalog.imports.columns import PRODUCT_COLUMNS
from claimdesk.catalog.imports.exporting import exported_products
from claimdesk.catalog.imports.shelves import Shelves
from claimdesk.catalog.models import Product
from claimdesk.catalog.permissions import IMPORT_CATALOG
from claimdesk.catalog.search import refile
from claimdesk.kernel.clock import now
from claimdesk.kernel.text import fold
from claimdesk.ledger.imports import Batch, Column, PreparedRow, importer
from claimdesk.ledger.models import Import

PLAIN = (
    "number", "name", "description", "unit", "quantity_step", "quantity_minimum", "tax_rate", "stock",
    "stock_words", "ean", "external_id",
)  # fmt: skip
BATCH = 500
BY_NUMBER, BY_ID = "n", "i"
NOT_EMPTY = {"unit": "piece"}


def folded(number: str) -> str:
    """Return a product's number as it is compared."""
    return fold(number)[:120]


@importer
class ProductImporter:
    """Takes products; a row is recognised by its external id, without one by its number."""

    kind = "products"
    label = _("Products")
    position = 5
    permission = IMPORT_CATALOG
    columns: tuple[Column, ...] = PRODUCT_COLUMNS
    key_columns = ("number", "external_id")

    def key_of(self, *values: str) -> str:
        number, external_id = values
        return f"{BY_ID}{external_id.strip()}" if external_id.strip() else f"{BY_NUMBER}{folded(number)}"

    def known(self, keys: list[str]) -> dict[str, str]:
        numbers = [key[1:] for key in keys if key[0] == BY_NUMBER]
        ids = [key[1:] for key in keys if key[0] == BY_ID]
        found = Product.objects.filter(number_folded__in=numbers).values_list(
            "number_folded", "source_digest"
        )
        known = {BY_NUMBER + number: digest for number, digest in found}
        found = Product.objects.filter(external_id__in=ids).values_list("external_id", "source_digest")
        return known | {BY_ID + external_id: digest for external_id, digest in found}

    def prepare(self, values: dict[str, Any]) -> None:
        """Fill in what must not be empty."""
        for name, word in NOT_EMPTY.items():
            if name in values:
                values[name] = values[name] or word

    def write(self, batch: Batch) -> None:
        _Writer(batch).write()

    def export(self) -> Iterator[list[str]]:
        return exported_products(self.columns)

    def finish(self, run: Import) -> None:
        """Nothing is left to do."""


class _Writer:
    """One chunk on its way into the tables."""

    def __init__(self, batch: Batch) -> None:
        self.batch = batch
        self.now: datetime = now()
        self.shelves = Shelves(row.values.get("category", ()) for row in batch.rows)
        numbers = {folded(row.values["number"]) for row in batch.rows}
        ids = {row.values.get("external_id", "") for row in batch.rows} - {""}
        present = {row.pk: row for row in Product.objects.filter(number_folded__in=numbers)}
        present |= {row.pk: row for row in Product.objects.filter(external_id__in=ids)}
        self.by_number = {row.number_folded: row for row in present.values()}
        self.by_id = {row.external_id: row for row in present.values() if row.external_id}

    def write(self) -> None:
        new: list[Product] = []
        changed: list[Product] = []
        for row in self.batch.rows:
            product = self._meant(row)
            if product is None:
                continue
            if product.pk is None:
                new.append(product)
            elif product.source_digest == row.digest:
                self.batch.same += 1
                continue
            else:
                changed.append(product)
            self._fill(product, row)
        Product.objects.bulk_create(new, batch_size=BATCH)
        for product in changed:
            product.save()
        self.batch.new += len(new)
        self.batch.changed += len(changed)
        refile([product.pk for product in (*new, *changed)])

    def _meant(self, row: PreparedRow) -> Product | None:
        """Return the product that the row is about, a new one where there is none; refuse what is not clear."""
        number, external_id = folded(row.values["number"]), row.values.get("external_id", "")
        numbered, product = self.by_number.get(number), self.by_id.get(external_id)
        if product is None and numbered and external_id and numbered.external_id:
            self.batch.refuse(row, f"number: {row.values['number']} stands at another product")
            return None
        if product and numbered and product is not numbered:
            self.batch.refuse(row, f"number: {row.values['number']} stands at another product")
            return None
        product = product or numbered or Product()
        self.by_number[number] = product
        if external_id:
            self.by_id[external_id] = product
        return product

    def _fill(self, product: Product, row: PreparedRow) -> None:
        for name in PLAIN:
            if name in row.values:
                setattr(product, name, row.values[name])
        if "category" in row.values:
            product.category = self.shelves.of(row.values["category"])
        if "withdrawn" in row.values:
            is_withdrawn = row.values["withdrawn"]
            product.withdrawn_at = (product.withdrawn_at or self.now) if is_withdrawn else None
        product.source_digest, product.import_id = row.digest, self.batch.run.pk
        product.updated_at = self.now
        product.fold()
