"""Parts and their dated prices from other people's files (W5)."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from claimdesk.catalog.imports.products import folded as folded_product
from claimdesk.catalog.models import Product
from claimdesk.company.queries.company import company
from claimdesk.kernel.differences import set_differences
from claimdesk.kernel.money import to_decimal
from claimdesk.kernel.text import fold, fold_number
from claimdesk.ledger.imports import Batch, Column, PreparedRow, RowRefused, importer
from claimdesk.ledger.models import Import
from claimdesk.warranty.imports.rate_columns import PART_COLUMNS, amount_of
from claimdesk.warranty.models import Part, PartPrice
from claimdesk.warranty.permissions import EDIT_POLICIES

CHUNK = 2_000


def folded(number: str) -> str:
    """Return a number of a part or an operation as it is compared."""
    return fold_number(number) or fold(number)


@importer
class PartImporter:
    """Takes parts; a row is recognised by its number, and its price by currency and day."""

    kind = "parts"
    label = _("Parts")
    position = 20
    permission = EDIT_POLICIES
    columns: tuple[Column, ...] = PART_COLUMNS
    key_columns = ("number", "currency", "from_on")

    def __init__(self) -> None:
        self.currency = company().currency

    def key_of(self, *values: str) -> str:
        number, currency, day = (value.strip() for value in values)
        return f"{folded(number)}\x1f{currency.upper() or self.currency}\x1f{day[:10]}"

    def known(self, keys: list[str]) -> dict[str, str]:
        """None by digest: what a row changes is told by looking at the part and its price."""
        return {}

    def prepare(self, values: dict[str, Any]) -> tuple[str, int | None]:
        """Return the currency and the price in minor units."""
        if not folded(values["number"]):
            raise RowRefused("number: has neither letter nor digit")
        currency = values.get("currency") or self.currency
        price = amount_of(values, "price", currency)
        if price is not None and values.get("from_on") is None:
            raise RowRefused("from_on: a price says from when it holds")
        return currency, price

    def write(self, batch: Batch) -> None:
        _Writer(batch).write()

    def finish(self, run: Import) -> None:
        """Nothing is left to do."""

    def export(self) -> Iterator[list[str]]:
        rows = Part.objects.order_by("pk").select_related("product").prefetch_related("prices")
        for part in rows.iterator(CHUNK):
            end = [part.product.number if part.product else "", "no" if part.is_active else "yes"]
            prices = sorted(part.prices.all(), key=lambda price: (price.currency, price.from_on))
            for price in prices:
                amount = str(to_decimal(price.amount, price.currency))
                yield [part.number, part.name, amount, price.currency, price.from_on.isoformat(), *end]
            if not prices:
                yield [part.number, part.name, "", "", "", *end]


class _Writer:
    """One chunk on its way into the tables."""

    def __init__(self, batch: Batch) -> None:
        self.batch = batch
        numbers = {folded(row.values["number"]) for row in batch.rows}
        self.parts = {part.number_folded: part for part in Part.objects.filter(number_folded__in=numbers)}
        prices = PartPrice.objects.filter(part__in=self.parts.values())
        self.prices = {(price.part_id, price.currency, price.from_on): price for price in prices}
        sold = {folded_product(row.values["product"]) for row in batch.rows if row.values.get("product")}
        products = Product.objects.filter(number_folded__in=sold)
        self.products: dict[str, int] = dict(products.values_list("number_folded", "pk"))

    def write(self) -> None:
        for row in self.batch.rows:
            try:
                outcome = self._take(row)
            except RowRefused as refusal:
                self.batch.refuse(row, str(refusal))
                continue
            setattr(self.batch, outcome, getattr(self.batch, outcome) + 1)

    def _take(self, row: PreparedRow) -> str:
        fields = self._fields(row.values)
        part = self.parts.get(folded(row.values["number"]))
        is_new = part is None
        if part is None:
            if not fields.get("name"):
                raise RowRefused("name: a new part has one")
            part = Part(number=row.values["number"], import_id=self.batch.run.pk)
            self.parts[folded(row.values["number"])] = part
        _before, after = set_differences(part, fields)
        if after:
            part.import_id = self.batch.run.pk
            part.save()
        priced = self._price(part, row)
        return "new" if is_new or priced == "new" else "changed" if after or priced == "changed" else "same"

    def _fields(self, values: dict[str, Any]) -> dict[str, Any]:
        fields: dict[str, Any] = {"name": values["name"]} if values.get("name") else {}
        if values.get("product"):
            key = self.products.get(folded_product(values["product"]))
            if key is None:
                raise RowRefused(f"product: there is no product {values['product']}")
            fields["product_id"] = key
        if "withdrawn" in values:
            fields["is_active"] = not values["withdrawn"]
        return fields

    def _price(self, part: Part, row: PreparedRow) -> str:
        currency, amount = row.extra
        if amount is None:
            return "same"
        key = (part.pk, currency, row.values["from_on"])
        price = self.prices.get(key)
        if price is not None and price.amount == amount:
            return "same"
        is_new = price is None
        price = price or PartPrice(part=part, currency=currency, from_on=row.values["from_on"])
        price.amount = amount
        price.save()
        self.prices[key] = price
        return "new" if is_new else "changed"
