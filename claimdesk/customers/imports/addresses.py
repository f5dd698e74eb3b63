"""Addresses from other people's files."""

from collections.abc import Iterator
from operator import itemgetter
from typing import Any

from django.utils.translation import gettext_lazy as _

from claimdesk.customers.imports.columns import ADDRESSES_COLUMNS
from claimdesk.customers.imports.exporting import exported_addresses
from claimdesk.customers.imports.looking_up import customers_by_number, folded_number
from claimdesk.customers.matching.writing import reindex
from claimdesk.customers.models import Address
from claimdesk.customers.permissions import IMPORT_CUSTOMERS
from claimdesk.kernel.text import fold, fold_number
from claimdesk.ledger.imports import Batch, Column, PreparedRow, importer
from claimdesk.ledger.imports.bulk import insert_rows
from claimdesk.ledger.models import Import

FIELDS = ("label", "street", "postcode", "town", "region", "country", "is_default")
INSERTED = ("customer", "postcode_folded", "kind", *FIELDS)
BLANK: dict[str, Any] = dict.fromkeys(FIELDS, "") | {"kind": Address.Kind.SHIPPING.value, "is_default": False}
_inserted = itemgetter("kind", *FIELDS)


@importer
class AddressImporter:
    """Takes addresses; a row is recognised by its customer, its kind and, for shipping, its label or street."""

    kind = "addresses"
    label = _("Addresses")
    position = 2
    permission = IMPORT_CUSTOMERS
    columns: tuple[Column, ...] = ADDRESSES_COLUMNS
    key_columns = ("customer", "kind", "label", "street")

    def key_of(self, *values: str) -> str:
        customer, kind, label, street = values
        place = _place(kind.strip().casefold() or Address.Kind.SHIPPING, label, street)
        return f"{folded_number(customer)}\x1f{place}"

    def known(self, keys: list[str]) -> dict[str, str]:
        """Addresses carry no digest of their own: `write` compares the values."""
        return {}

    def prepare(self, values: dict[str, Any]) -> None:
        """Cleaned values are all that `write` needs."""

    def export(self) -> Iterator[list[str]]:
        return exported_addresses()

    def finish(self, run: Import) -> None:
        """Nothing is left to do."""

    def write(self, batch: Batch) -> None:
        customers = customers_by_number(row.key.partition("\x1f")[0] for row in batch.rows)
        present = {
            (address.customer_id, _place(address.kind, address.label, address.street)): address
            for address in Address.objects.filter(customer_id__in=customers.values())
        }
        new: dict[tuple[int, str], tuple[Any, ...]] = {}
        touched = set()
        for row in batch.rows:
            number, _mark, place = row.key.partition("\x1f")
            customer = customers.get(number)
            if customer is None:
                batch.refuse(row, f"customer: there is no customer {row.values['customer']}")
                continue
            address = present.get((customer, place))
            if address is None and (customer, place) in new:
                batch.refuse(
                    row, "customer: this address stands in the file under another number of the customer"
                )
                continue
            if address is None:
                values = BLANK | row.values
                new[customer, place] = (customer, fold_number(values["postcode"]), *_inserted(values))
            elif not _change(address, row):
                batch.same += 1
                continue
            touched.add(customer)
        insert_rows(Address, INSERTED, new.values())
        batch.new += len(new)
        batch.changed += len(batch.rows) - len(batch.refused) - batch.same - len(new)
        reindex(touched)


def _change(address: Address, row: PreparedRow) -> bool:
    """Write what the row says otherwise; return whether it did."""
    fields = {name: row.values[name] for name in FIELDS if name in row.values}
    if all(getattr(address, name) == value for name, value in fields.items()):
        return False
    for name, value in fields.items():
        setattr(address, name, value)
    address.save()
    return True


def _place(kind: str, label: str, street: str) -> str:
    if kind == Address.Kind.BILLING:
        return "billing"
    return f"shipping\x1f{fold(label) or fold(street)}"
