"""The whole of Northwind by the mapping files that come along, where CLAIMDESK_NORTHWIND names the folder of its tables.

The data itself is not ours to keep; elsewhere pytest says that this test got no folder.
"""

import csv
import os
import shutil
from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest

from claimdesk.kernel.actor import SYSTEM
from claimdesk.kernel.tables import Mapping, open_table
from claimdesk.ledger.imports import importer_of, run_import
from claimdesk.ledger.models import Import
from claimdesk.orders.models import Allotment, Order, OrderItem, OrderLine, Shipment
from tests.customers.test_import_customers import counts

pytestmark = pytest.mark.django_db
FOLDERS = [path for path in [Path(os.environ.get("CLAIMDESK_NORTHWIND", "/nowhere"))] if path.is_dir()]
MAPPINGS = Path(__file__).parents[2] / "examples" / "northwind"
FILES = {
    "customers": "customers.csv",
    "orders": "orders.csv",
    "order-lines": "order_details.csv",
    "shipments": "orders.csv",
    "invoices": "orders.csv",
}
CENT = Decimal("0.01")


def take_all(folder: Path, mappings: Path) -> dict[str, tuple[int, ...]]:
    """Take all tables; return the counts by kind."""
    found = {}
    for kind, name in FILES.items():
        importer, table = importer_of(kind), open_table(folder / name)
        mapping = Mapping.from_file(mappings / f"{kind}.toml")
        run = Import.objects.create(kind=kind, file_name=name)
        found[kind] = counts(run_import(importer, table, mapping, run, by=SYSTEM))
    return found


def sums_of_goods(folder: Path) -> dict[str, int]:
    """What each order's lines come to in cents, counted here by the rule alone (O8)."""
    sums: dict[str, int] = defaultdict(int)
    with (folder / "order_details.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            price = Decimal(row["unit_price"]) * int(row["quantity"]) * (1 - Decimal(row["discount"]))
            sums[row["order_id"]] += int(price.quantize(CENT, ROUND_HALF_UP) * 100)
    return dict(sums)


def freights(folder: Path) -> dict[str, int]:
    """Each order's freight in cents."""
    with (folder / "orders.csv").open(encoding="utf-8") as file:
        return {row["order_id"]: int(Decimal(row["freight"]) * 100) for row in csv.DictReader(file)}


@pytest.mark.parametrize("folder", FOLDERS)
def test_northwind_comes_in_whole_and_adds_up_to_the_cent(folder: Path, tmp_path: Path):  # O8 O21
    for path in (*MAPPINGS.glob("*.toml"), folder / "shippers.csv"):
        shutil.copy(path, tmp_path)

    first, second = take_all(folder, tmp_path), take_all(folder, tmp_path)

    orders = {order.number: order for order in Order.objects.all()}
    goods, freight = sums_of_goods(folder), freights(folder)
    assert first["orders"] == (830, 830, 0, 0, 0)
    assert first["order-lines"] == (2155, 2155, 0, 0, 0)
    assert {kind: (new, changed, refused) for kind, (_r, new, changed, _s, refused) in second.items()} == (
        dict.fromkeys(FILES, (0, 0, 0))
    )
    assert {number: order.subtotal for number, order in orders.items()} == goods
    assert {number: order.freight for number, order in orders.items()} == freight
    assert {number: order.total for number, order in orders.items()} == {
        number: goods[number] + freight[number] for number in goods
    }
    assert (OrderLine.objects.count(), OrderItem.objects.count(), Allotment.objects.count()) == (2155,) * 3
    assert (Shipment.objects.count(), Order.objects.filter(state="shipped").count()) == (809, 809)
    assert set(Order.objects.values_list("state", flat=True)) == {"shipped", "exported"}
    assert set(Shipment.objects.values_list("carrier", flat=True)) == {
        "Speedy Express",
        "United Package",
        "Federal Shipping",
    }
