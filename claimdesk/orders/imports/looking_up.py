"""What importers of orders look up for a whole chunk at once, and how they count money."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal

from claimdesk.kernel.money import digits_of
from claimdesk.kernel.text import fold, fold_number
from claimdesk.ledger.imports import RowRefused
from claimdesk.ledger.imports.bulk import select_among


def folded(number: str) -> str:
    """Return the number of an order, a shipment or an invoice as it is compared."""
    return fold_number(number) or number.strip()


def minor(value: Decimal | None, currency: str, name: str) -> int:
    """Return an amount in minor units; nothing is 0. Raises RowRefused for more decimals than the currency has."""
    if value is None:
        return 0
    scaled = value.scaleb(digits_of(currency))
    if scaled != int(scaled):
        raise RowRefused(f"{name}: {value} has more decimals than {currency} has")
    return int(scaled)


@dataclass(frozen=True, slots=True)
class KnownOrder:
    """An order on file, as far as what belongs to it needs it."""

    id: int
    customer: int
    currency: str
    price_mode: str
    process: int
    state: str
    ordered_at: datetime
    is_imported: bool


_ORDERS = (
    "SELECT number_folded, id, customer_id, currency, price_mode, process_id, state, ordered_at, import_id "
    "FROM orders_order WHERE"
)


def orders_by_number(numbers: Iterable[str]) -> dict[str, KnownOrder]:
    """Return the orders with these folded numbers."""
    rows = select_among(_ORDERS, "number_folded", set(numbers) - {""})
    return {
        number: KnownOrder(key, customer, code, mode, process, state, at.replace(tzinfo=UTC), run is not None)
        for number, key, customer, code, mode, process, state, at, run in rows
    }


def products_by_number(numbers: Collection[str]) -> dict[str, tuple[int, str, str]]:
    """Return key, name and unit of the products with these numbers, by the number folded."""
    select = "SELECT number_folded, id, name, unit FROM catalog_product WHERE"
    rows = select_among(select, "number_folded", {fold(number)[:120] for number in numbers})
    return {number: (key, name, unit) for number, key, name, unit in rows}


def owners_of_external_ids(table: str, ids: Iterable[str]) -> dict[str, int]:
    """Return which row of a table has each external id."""
    select = f"SELECT external_id, id FROM {table} WHERE NOT (external_id = '') AND"  # noqa: S608 - our own names
    return dict(select_among(select, "external_id", set(ids) - {""}))
