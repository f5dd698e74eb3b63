"""The whole of Northwind by the mapping files that come along.

Its tables are not ours to keep: CLAIMDESK_NORTHWIND names their folder, else they are looked for beside the checkout.
"""

import csv
import os
from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest

from claimdesk.aftersales.actions.reclamation_remedies import refund_claimed
from claimdesk.aftersales.actions.reclamations import close_reclamation, open_reclamation
from claimdesk.kernel.actor import SYSTEM
from claimdesk.kernel.tables import Mapping, open_table
from claimdesk.ledger.imports import importer_of, run_import
from claimdesk.ledger.models import Import
from claimdesk.orders.actions.invoices import write_invoice
from claimdesk.orders.actions.payments import book_payment
from claimdesk.orders.actions.payouts import confirm_payout
from claimdesk.orders.models import Allotment, Order, OrderItem, OrderLine, Shipment
from tests import make
from tests.customers.test_import_customers import counts
from tests.work import work_off

HOUSE = Path(__file__).parents[2]
FOLDER = Path(os.environ.get("CLAIMDESK_NORTHWIND", HOUSE.parent / "shared" / "data" / "northwind"))
MAPPINGS = HOUSE / "examples" / "northwind"
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not FOLDER.is_dir(), reason=f"the tables of Northwind are not in {FOLDER}"),
]
FILES = {
    "products": "products.csv",
    "customers": "customers.csv",
    "orders": "orders.csv",
    "order-lines": "order_details.csv",
    "shipments": "orders.csv",
    "invoices": "orders.csv",
}
CENT = Decimal("0.01")


def take_all(files: dict[str, str]) -> dict[str, tuple[int, ...]]:
    """Take tables; return the counts by kind."""
    found = {}
    for kind, name in files.items():
        importer, table = importer_of(kind), open_table(FOLDER / name)
        mapping = Mapping.from_file(MAPPINGS / f"{kind}.toml", data_file=FOLDER / name)
        run = Import.objects.create(kind=kind, file_name=name)
        found[kind] = counts(run_import(importer, table, mapping, run, by=SYSTEM))
    return found


def sums_of_goods() -> dict[str, int]:
    """What each order's lines come to in cents, counted here by the rule alone (O8)."""
    sums: dict[str, int] = defaultdict(int)
    with (FOLDER / "order_details.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            price = Decimal(row["unit_price"]) * int(row["quantity"]) * (1 - Decimal(row["discount"]))
            sums[row["order_id"]] += int(price.quantize(CENT, ROUND_HALF_UP) * 100)
    return dict(sums)


def freights() -> dict[str, int]:
    """Each order's freight in cents."""
    with (FOLDER / "orders.csv").open(encoding="utf-8") as file:
        return {row["order_id"]: int(Decimal(row["freight"]) * 100) for row in csv.DictReader(file)}


def test_northwind_comes_in_whole_and_adds_up_to_the_cent():  # O8 O21
    first, second = take_all(FILES), take_all(FILES)

    orders = {order.number: order for order in Order.objects.all()}
    goods, freight = sums_of_goods(), freights()
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


def test_an_order_of_northwind_runs_from_invoice_to_refund():  # O17 O18 R3 R7
    take_all({kind: name for kind, name in FILES.items() if kind != "invoices"})
    order = Order.objects.get(number="10248")
    line = order.lines.get(product_number="42")

    invoice = write_invoice(order, by=make.STAFF)
    book_payment(invoice=invoice, amount=invoice.total, by=make.STAFF)
    reclamation = open_reclamation(
        order, lines={line.pk: Decimal(4)}, cause=make.cause(), wish="refund", by=make.STAFF
    )
    (refund,) = refund_claimed(reclamation, lines={line.pk: Decimal(4)}, key="first", by=make.STAFF)
    work_off()
    confirm_payout(refund, reference="transfer 7", by=make.STAFF)
    close_reclamation(reclamation, by=make.STAFF)

    refund.refresh_from_db()
    assert (invoice.total, refund.amount) == (44000 + 3238, 4 * 980)
    assert (refund.kind, refund.state) == ("payout", "done")
    reclamation.refresh_from_db()
    assert reclamation.state == "closed"
    assert (line.allotment.settled, line.allotment.free) == (Decimal(4), Decimal(6))
