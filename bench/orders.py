"""Orders: importing them, every list and page of them, placing one, claiming on one, and timeouts that are due.

Lists and deeds are measured over HTTP by the shipped server, beside the floor; a deed includes its commit.
"""

import os
import re
import time
from datetime import timedelta
from decimal import Decimal
from html import unescape
from pathlib import Path

os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings_without_hashing"

from django.db import connection
from django.test import Client

from bench.deeds import Browser, line
from bench.lists import measure, served
from bench.order_files import (
    LINE_HEADER,
    LINES,
    ORDER_HEADER,
    PRICE_HEADER,
    PRODUCT_HEADER,
    line_rows,
    order_rows,
    price_rows,
    product_rows,
)
from bench.register_files import write_csv
from bench.throw_away import FLOOR_PORT, PORT
from bench.world import fill, take
from claimdesk.access.actions.writing import write_membership
from claimdesk.aftersales.models import ReclamationCause
from claimdesk.catalog.models import Product
from claimdesk.company.models import Company
from claimdesk.customers.models import Customer
from claimdesk.kernel.actor import SYSTEM
from claimdesk.kernel.clock import now
from claimdesk.kernel.tables import write_table
from claimdesk.ledger.courier.work import deliver_and_ring
from claimdesk.ledger.imports import importer_of
from claimdesk.ledger.models import Timer
from claimdesk.orders.actions.moving import TIMEOUT_KIND
from claimdesk.orders.models import Allotment, Cart, CartLine, Order, OrderItem
from claimdesk.people.actions.writing import write_user
from claimdesk.people.models import User

CURRENCY = "EUR"
_INPUTS = re.compile(r"<input\b[^>]*>")
_ATTRIBUTES = re.compile(r'([\w-]+)="([^"]*)"')
OFFICE = (
    "orders/", "orders/?before=end", "orders/?state=shipped", "orders/?state=new&before=end",
    "orders/?customer=C0000123", "orders/?q=B0000777", "orders/?q=PO-99", "orders/?since=2024-01-01",
    "orders/?has_claim=no", "reclamations/", "products/", "products/?q=silnet", "invoices/",
)  # fmt: skip
PORTAL = ("orders/", "orders/?before=end", "orders/?q=PO-9", "shop/", "shop/?q=compct")
PAGES_OF_ORDERS = 40
DUE_AT_ONCE = 10_000


def world(folder: Path, customers: int, orders: int) -> tuple[User, User, Customer]:
    """Fill an empty database by the importers, and say how fast; return who works in the office, and who buys."""
    administrator = fill(folder, customers, 1_000)
    Company.objects.update(currency=CURRENCY)
    take("products", write_csv(folder / "products.csv", PRODUCT_HEADER, product_rows()))
    take("prices", write_csv(folder / "prices.csv", PRICE_HEADER, price_rows(CURRENCY)))
    files = {
        "orders": (orders, ORDER_HEADER, order_rows(customers, orders, CURRENCY)),
        "order-lines": (orders * LINES, LINE_HEADER, line_rows(orders)),
    }
    for kind, (rows, header, made) in files.items():
        path = write_csv(folder / f"{kind}.csv", header, made)
        for when in ("new", "unchanged"):
            began = time.perf_counter()
            take(kind, path)
            print(f"{kind + ', ' + when:44} {rows / (time.perf_counter() - began):8.0f} rows/s", flush=True)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    buyer = write_user(
        username="buyer", email="buyer@example.net", name="Buyer", is_staff=False, email_verified_at=now()
    )
    customer = Customer.objects.filter(state=Customer.Status.ACTIVE).order_by("pk")[0]
    write_membership(buyer, customer, roles={"buyer"}, granted="staff", by=SYSTEM)
    return administrator, buyer, customer


def signed_in(user: User) -> dict[str, str]:
    client = Client()
    client.force_login(user)
    return {name: morsel.value for name, morsel in client.cookies.items()}


def asked(browser: Browser, address: str) -> dict[str, str]:
    """Return what the form of a page would send."""
    browser.ask("GET", address)
    inputs = [dict(_ATTRIBUTES.findall(tag)) for tag in _INPUTS.findall(browser.page.decode())]
    sent = [each for each in inputs if each.get("name") and each.get("type", "text") in ("text", "hidden")]
    return {each["name"]: unescape(each.get("value", "")) for each in sent}


def placed(buyer: User, customer: Customer, lines: int, times: int) -> list[float]:
    """Place as many orders of so many lines from a cart, pressing the button of the checkout."""
    browser = Browser(signed_in(buyer))
    products = list(Product.objects.order_by("pk")[: lines * 3])
    spans = []
    for turn in range(times + 3):
        cart, _made = Cart.objects.get_or_create(user=buyer, customer=customer)
        CartLine.objects.bulk_create(
            CartLine(cart=cart, product=product, quantity=Decimal(turn % 9 + 1))
            for product in products[turn % 3 :: 3][:lines]
        )
        fields = asked(browser, "/checkout/")
        spans.append(browser.ask("POST", "/checkout/", {name: fields[name] for name in ("key", "total")}))
    return spans[3:]


def claimed(administrator: User, times: int) -> list[float]:
    """Claim on as many orders, all of their items."""
    browser = Browser(signed_in(administrator))
    cause = ReclamationCause.objects.order_by("pk")[0]
    chosen = {"everything": "on", "cause": str(cause.pk), "wish": "refund"}
    spans = []
    for order in Order.objects.filter(state="delivered").order_by("pk")[: times + 3]:
        address = f"/office/reclamations/new/?order={order.pk}"
        fields = asked(browser, address)
        spans.append(browser.ask("POST", address, fields | chosen))
    assert Allotment.objects.filter(held__gt=0).exists()
    return spans[3:]


def run(folder: Path, customers: int, orders: int, times: int) -> None:
    """Fill, serve, measure, print."""
    administrator, buyer, customer = world(folder, customers, orders)
    print(f"{customers:,} customers, {orders:,} orders, {orders * LINES:,} lines")
    print(f"{'':44} {'p50 ms':>8} {'p99 ms':>8} {'8: /s':>8} {'kB':>8}")
    with served(["bench.floor", str(FLOOR_PORT)], FLOOR_PORT):
        print(f"{'floor':44} {measure(FLOOR_PORT, '/', '', times)}", flush=True)
    with served(["claimdesk", "web", "--port", str(PORT)], PORT):
        for who, pages, prefix in ((administrator, OFFICE, "/office/"), (buyer, PORTAL, "/")):
            cookie = "; ".join(f"{name}={value}" for name, value in signed_in(who).items())
            for page in pages:
                print(f"{prefix + page:44} {measure(PORT, prefix + page, cookie, times)}", flush=True)
        line("an order, in the office", _order_pages(administrator))
        line("place an order of 3 lines", placed(buyer, customer, 3, times))
        line("place an order of 20 lines", placed(buyer, customer, 20, times))
        line("claim on an order", claimed(administrator, times))
    _timed_out()
    _exported(folder, orders)
    print(f"load of the machine meanwhile: {os.getloadavg()[1]:.1f}")


def _order_pages(administrator: User) -> list[float]:
    browser = Browser(signed_in(administrator))
    keys = Order.objects.order_by("-pk").values_list("pk", flat=True)[: PAGES_OF_ORDERS + 3]
    return [browser.ask("GET", f"/office/orders/{key}/") for key in keys][3:]


def _timed_out() -> None:
    """Let one worker work off the timeouts of items that are due at once."""
    waiting = Timer.objects.filter(kind=TIMEOUT_KIND, state=Timer.State.DUE)
    for _outcome in deliver_and_ring():  # what the deeds before have left to do
        pass
    keys = list(waiting.order_by("pk").values_list("pk", flat=True)[:DUE_AT_ONCE])
    if not keys:
        return
    long_ago = now() - timedelta(days=400)
    OrderItem.objects.update(entered_at=long_ago)
    Timer.objects.filter(pk__in=keys).update(due_at=long_ago)
    began = time.perf_counter()
    for _outcome in deliver_and_ring():
        pass
    rate = len(keys) / (time.perf_counter() - began)
    left = waiting.filter(pk__in=keys, due_at__lte=long_ago).count()
    print(f"{f'timeouts, {len(keys)} due at once, {left} left':44} {rate:8.0f} /s")


def _exported(folder: Path, orders: int) -> None:
    """Write all order lines to a file, as `claimdesk export` does."""
    importer = importer_of("order-lines")
    began = time.perf_counter()
    write_table(folder / "exported.csv", [column.name for column in importer.columns], importer.export())
    rate = orders * LINES / (time.perf_counter() - began)
    print(f"{'export of order lines to CSV':44} {rate:8.0f} rows/s")
