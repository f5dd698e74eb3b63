"""Prices from other people's files (O7, O21)."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext_lazy as _

from claimdesk.catalog.imports.columns import PRICE_COLUMNS
from claimdesk.catalog.imports.exporting import exported_prices
from claimdesk.catalog.imports.products import folded
from claimdesk.catalog.models import Price, Product
from claimdesk.catalog.permissions import IMPORT_CATALOG
from claimdesk.company.queries.company import company
from claimdesk.customers.imports.looking_up import customers_by_number, folded_number
from claimdesk.kernel.clock import now
from claimdesk.kernel.money import digits_of, parse_amount
from claimdesk.ledger.imports import Batch, Column, PreparedRow, RowRefused, importer
from claimdesk.ledger.imports.bulk import insert_rows
from claimdesk.ledger.models import Import

Money = tuple[str, int, int]
# By what a price is recognised on file: product, currency, customer, price group, quantity, first day.
Key = tuple[int, str, int, str, Decimal, date | None]
INSERTED = (
    "product", "currency", "customer", "price_group", "quantity_from", "starts_on", "amount", "per", "ends_on",
    "external_id", "source_digest",
)  # fmt: skip
COLUMNS = tuple(f"{name}_id" if name in ("product", "customer") else name for name in INSERTED)
OF_KEY = (
    "product__number_folded", "currency", "customer__number_folded", "price_group", "quantity_from", "starts_on",
)  # fmt: skip
MOST_PER = 10_000
BY_ID, BY_VALUES, BETWEEN = "i", "v", "\x1f"


@importer
class PriceImporter:
    """Takes prices; a row is recognised by its external id, without one by product, buyers, quantity and day."""

    kind = "prices"
    label = _("Prices")
    position = 6
    permission = IMPORT_CATALOG
    columns: tuple[Column, ...] = PRICE_COLUMNS
    key_columns = (
        "product", "currency", "customer", "price_group", "quantity_from", "starts_on", "external_id",
    )  # fmt: skip

    def __init__(self) -> None:
        self.currency = company().currency

    def key_of(self, *values: str) -> str:
        product, currency, customer, group, quantity, day, external_id = (value.strip() for value in values)
        if external_id:
            return f"{BY_ID}{external_id}"
        currency, customer = currency.upper() or self.currency, folded_number(customer) if customer else ""
        return _joined(folded(product), currency, customer, group, _plain(quantity), day[:10])

    def known(self, keys: list[str]) -> dict[str, str]:
        ids = [key[1:] for key in keys if key[0] == BY_ID]
        found = Price.objects.filter(external_id__in=ids).values_list("external_id", "source_digest")
        known = {BY_ID + external_id: digest for external_id, digest in found}
        numbers = {key.split(BETWEEN)[1] for key in keys if key[0] == BY_VALUES}
        rows = Price.objects.filter(product__number_folded__in=numbers, external_id="").exclude(
            source_digest=""
        )
        for *values, quantity, starts_on, digest in rows.values_list(*OF_KEY, "source_digest"):
            day = starts_on.isoformat() if starts_on else ""
            known[_joined(*(value or "" for value in values), _plain(quantity), day)] = digest
        return known

    def prepare(self, values: dict[str, Any]) -> Money:
        """Return currency, whole minor units and for how many, more where one costs less than whole cents."""
        if values.get("customer") and values.get("price_group"):
            raise RowRefused("price_group: a price is a customer's or a group's, not both")
        start, end = values.get("starts_on"), values.get("ends_on")
        if start and end and end < start:
            raise RowRefused("ends_on: lies before the first day")
        currency = values.get("currency") or self.currency
        return currency, *whole_amount(values["amount"], values.get("per", 1), currency)

    def write(self, batch: Batch) -> None:
        _Writer(batch).write()

    def export(self) -> Iterator[list[str]]:
        return exported_prices()

    def finish(self, run: Import) -> None:
        """Nothing is left to do."""


class _Writer:
    """One chunk on its way into the tables."""

    def __init__(self, batch: Batch) -> None:
        self.batch = batch
        self.now = now()
        numbers = {folded(row.values["product"]) for row in batch.rows}
        products = Product.objects.filter(number_folded__in=numbers)
        self.products: dict[str, int] = dict(products.values_list("number_folded", "pk"))
        self.customers = customers_by_number(
            folded_number(row.values["customer"]) for row in batch.rows if row.values.get("customer")
        )
        ids = {row.values.get("external_id", "") for row in batch.rows} - {""}
        present = {row.pk: row for row in Price.objects.filter(product__in=self.products.values())}
        present |= {row.pk: row for row in Price.objects.filter(external_id__in=ids)}
        self.by_id = {row.external_id: row for row in present.values() if row.external_id}
        self.by_key = {_key_of(row): row for row in present.values()}
        self.changed: list[Price] = []
        self.new: list[Price] = []

    def write(self) -> None:
        for row in self.batch.rows:
            try:
                price = self._meant(row)
            except RowRefused as refusal:
                self.batch.refuse(row, str(refusal))
                continue
            if price.source_digest and price.source_digest == row.digest:
                self.batch.same += 1
                continue
            (self.changed if price.pk else self.new).append(price)
            self._fill(price, row)
        rows = [[getattr(price, name) for name in COLUMNS] for price in self.new]
        insert_rows(Price, INSERTED, rows, same={"import_id": self.batch.run.pk, "updated_at": self.now})
        for price in self.changed:
            price.save()
        self.batch.new += len(self.new)
        self.batch.changed += len(self.changed)

    def _meant(self, row: PreparedRow) -> Price:
        """Return the price that the row is about, a new one where there is none. Raises: RowRefused."""
        key, external_id = self._key(row), row.values.get("external_id", "")
        same, price = self.by_key.get(key), self.by_id.get(external_id)
        is_anothers = bool(same and external_id and same.external_id not in ("", external_id))
        if is_anothers or (price and same and price is not same):
            raise RowRefused("product: the same price stands under another id")
        price = price or same or Price()
        if price.import_id == self.batch.run.pk and price.source_digest != row.digest:
            raise RowRefused("product: the same price stands twice in the file, spelled otherwise")
        if price.product_id:
            self.by_key.pop(_key_of(price), None)
        product, price.currency, customer, price.price_group, price.quantity_from, price.starts_on = key
        price.product_id, price.customer_id = product, customer or None
        self.by_key[key] = price
        if external_id:
            self.by_id[external_id] = price
        return price

    def _key(self, row: PreparedRow) -> Key:
        values, customer = row.values, 0
        product = self.products.get(folded(values["product"]))
        if product is None:
            raise RowRefused(f"product: there is no product {values['product']}")
        if values.get("customer"):
            customer = self.customers.get(folded_number(values["customer"]), 0)
            if not customer:
                raise RowRefused(f"customer: there is no customer {values['customer']}")
        group, quantity = values.get("price_group", ""), values.get("quantity_from", Decimal(0))
        return product, row.extra[0], customer, group, quantity, values.get("starts_on")

    def _fill(self, price: Price, row: PreparedRow) -> None:
        _currency, price.amount, price.per = row.extra
        price.ends_on = row.values.get("ends_on")
        price.external_id = row.values.get("external_id") or price.external_id
        price.source_digest, price.import_id, price.updated_at = row.digest, self.batch.run.pk, self.now


def whole_amount(text: str, per: int, currency: str) -> tuple[int, int]:
    """Return a price in whole minor units, and for how many: 0.0125 for one is 1.25 for a hundred.

    Raises: RowRefused.
    """
    plain = text.replace(" ", "").replace("'", "")
    if "," in plain and "." not in plain:
        plain = plain.replace(",", ".")
    try:
        exact = Decimal(plain)
        while per < MOST_PER and _is_finer(exact, currency):
            exact, per = exact * 10, per * 10
        amount = parse_amount(f"{exact:f}", currency)
    except (InvalidOperation, ValueError) as error:
        raise RowRefused(f"amount: {text[:40]!r} is no price in {currency}") from error
    if amount < 0:
        raise RowRefused(f"amount: {text[:40]!r} is less than nothing")
    return amount, per


def _is_finer(exact: Decimal, currency: str) -> bool:
    minor = exact.scaleb(digits_of(currency))
    return minor != minor.to_integral_value()


def _key_of(price: Price) -> Key:
    owner = price.customer_id or 0
    return price.product_id, price.currency, owner, price.price_group, price.quantity_from, price.starts_on


def _joined(*values: str) -> str:
    return BETWEEN.join((BY_VALUES, *values))


def _plain(quantity: str | Decimal) -> str:
    """Return a quantity spelled one way, or as it stands where it is none; it is refused later."""
    try:
        return f"{Decimal(str(quantity).replace(',', '.') or '0').normalize():f}"
    except InvalidOperation:
        return str(quantity)
