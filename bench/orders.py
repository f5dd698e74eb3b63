"""Orders: every list and page of them, placing one, claiming on one, timeouts that are due, imports and exports.

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
from bench.imports import timed
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
from bench.order_world import DAYS, fill_orders
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
from claimdesk.ledger.courier.work import deliver_and_ring
from claimdesk.ledger.models import Timer
from claimdesk.orders.actions.moving import TIMEOUT_KIND
from claimdesk.orders.actions.processes import save_process
from claimdesk.orders.models import Allotment, Cart, CartLine, Order, OrderItem, OrderLine, OrderProcess
from claimdesk.orders.process import library
from claimdesk.people.actions.writing import write_user
from claimdesk.people.models import User

CURRENCY = "EUR"
_INPUTS = re.compile(r"<input\b[^>]*>")
_ATTRIBUTES = re.compile(r'([\w-]+)="([^"]*)"')
OFFICE = (
    "orders/", "orders/?before=end", "orders/?sort=date", "orders/?state=shipped", "orders/?state=closed&before=end",
    "orders/?state=returned", "orders/?item_state=closed", "orders/?item_state=shipped_back",
    "orders/?item_state=returned&before=end", "orders/?customer={best}", "orders/?customer=gmbh",
    "orders/?customer={best}&state=returned", "orders/?representative={representative}",
    "orders/?representative={representative}&state=returned", "orders/?until={long_ago}&state=closed",
    "orders/?since={long_ago}&before=end", "orders/?has_claim=yes&before=end", "orders/?has_claim=no",
    "orders/?approval=pending", "orders/?approval=denied&before=end", "orders/?approval=approved",
    "orders/?q=A0000777", "orders/?q=PO-99", "orders/?q=gmbh", "orders/?q=xyzzy", "orders/?q=PO-9&state=returned",
    "reclamations/", "reclamations/?before=end", "reclamations/?state=open", "reclamations/?wish=repair",
    "reclamations/?q=PO-9", "invoices/", "invoices/?before=end", "invoices/?standing=open&before=end",
    "invoices/?standing=overdue", "invoices/?standing=void&before=end", "invoices/?sort=due_on", "invoices/?q=I77",
    "invoices/?q=gmbh", "products/", "products/?q=silnet", "reports/reclamations/", "settings/process/",
    "settings/process/{version}/",
)  # fmt: skip
PORTAL = (
    "orders/", "orders/?before=end", "orders/?status=returned", "orders/?approval=denied", "orders/?placed=me",
    "orders/?until={long_ago}", "orders/?q=PO-9", "invoices/", "invoices/?standing=overdue", "invoices/?sort=due_on",
    "invoices/payments/", "claims/", "claims/?state=open", "shop/", "shop/?q=compct",
)  # fmt: skip
PAGES_OF_ORDERS = 40
DUE_AT_ONCE = 10_000
IMPORTED = 20_000
EXPORTED = 100_000
REPRESENTATIVES = 20


def world(folder: Path, customers: int, orders: int) -> tuple[User, User, Customer]:
    """Fill an empty database; return who works in the office, who buys, and for which customer."""
    administrator = fill(folder, customers, 1_000)
    Company.objects.update(currency=CURRENCY)
    take("products", write_csv(folder / "products.csv", PRODUCT_HEADER, product_rows()))
    take("prices", write_csv(folder / "prices.csv", PRICE_HEADER, price_rows(CURRENCY)))
    representatives = [_person(f"representative{n}", is_staff=True) for n in range(REPRESENTATIVES + 1)]
    began = time.perf_counter()
    customer = fill_orders(orders, representatives, CURRENCY)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    print(f"{orders:,} orders written in {time.perf_counter() - began:.0f} s", flush=True)
    save_process(library.text_of("prepayment"), by=SYSTEM)
    buyer = _person("buyer", is_staff=False)
    write_membership(buyer, customer, roles={"buyer", "manager"}, granted="staff", by=SYSTEM)
    return administrator, buyer, customer


def _person(name: str, *, is_staff: bool) -> User:
    email = f"{name}@example.net"
    return write_user(username=name, email=email, name=name, is_staff=is_staff, email_verified_at=now())


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
    print(f"{customers:,} customers, {orders:,} orders, {OrderLine.objects.count():,} lines")
    print(f"{'':44} {'p50 ms':>8} {'p99 ms':>8} {'8: /s':>8} {'kB':>8}")
    with served(["bench.floor", str(FLOOR_PORT)], FLOOR_PORT):
        print(f"{'floor':44} {measure(FLOOR_PORT, '/', '', times)}", flush=True)
    facts = {
        "best": customer.number,
        "representative": customer.representative_id,
        "long_ago": f"{now() - timedelta(days=700):%Y-%m-%d}",
        "version": OrderProcess.objects.order_by("-pk")[0].pk,
    }
    with served(["claimdesk", "web", "--port", str(PORT)], PORT):
        for who, pages, prefix in ((administrator, OFFICE, "/office/"), (buyer, PORTAL, "/")):
            cookie = "; ".join(f"{name}={value}" for name, value in signed_in(who).items())
            for page in pages:
                address = prefix + page.format(**facts)
                print(f"{address:44} {measure(PORT, address, cookie, times)}", flush=True)
        line("an order, in the office", _order_pages(administrator))
        line("place an order of 3 lines", placed(buyer, customer, 3, times))
        line("place an order of 20 lines", placed(buyer, customer, 20, times))
        line("claim on an order", claimed(administrator, times))
    _timed_out()
    _exported(folder, administrator, orders)
    _imported(folder, customers)
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


def _exported(folder: Path, administrator: User, orders: int) -> None:
    """Have the newest orders exported as the list does."""
    client = Client(headers={"host": f"127.0.0.1:{PORT}"})
    client.force_login(administrator)
    since = (now() - timedelta(days=min(DAYS, DAYS * EXPORTED // orders))).date()
    rows = Order.objects.filter(ordered_at__date__gte=since).count()
    for kind in ("csv", "xlsx"):
        address = f"/office/orders/?since={since}&format={kind}"

        def save(address: str = address, path: Path = folder / f"orders.{kind}") -> None:
            with path.open("wb") as file:
                file.writelines(client.get(address))

        timed(f"export of {rows:,} orders, {kind}", rows, save)


def _imported(folder: Path, customers: int) -> None:
    """Take more orders and their lines from files, twice."""
    files = {
        "orders": (IMPORTED, ORDER_HEADER, order_rows(customers, IMPORTED, CURRENCY)),
        "order-lines": (IMPORTED * LINES, LINE_HEADER, line_rows(IMPORTED)),
    }
    for kind, (rows, header, made) in files.items():
        path = write_csv(folder / f"{kind}.csv", header, made)
        for when in ("new", "unchanged"):
            timed(f"{kind}, {when}", rows, lambda kind=kind, path=path: take(kind, path))
