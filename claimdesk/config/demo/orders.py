"""The mass of the demo world's orders, as rows that the importers take: two years of trade, in every state."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from claimdesk.config.demo.catalogue import TAX_RATE, Article, less
from claimdesk.config.demo.register import Firm
from claimdesk.kernel.money import NET, line_amount, tax_of

FIRST = 100_001
DAYS = 720
FREIGHT = 890
CARRIERS = ("DHL", "UPS", "DPD", "GLS")
# How the newest orders stand; older ones are done with.
FRESH = (("exported", 60), ("shipped", 25), ("canceled", 5), ("payment_pending", 10))
LATER = (("delivered", 88), ("canceled", 4), ("shipped", 4), ("waiting_for_return", 2), ("returned", 2))
OLD = (("closed", 92), ("canceled", 4), ("refunded", 3), ("shipped_back", 1))
SENT = ("shipped", "delivered", "closed", "waiting_for_return", "returned", "refunded", "shipped_back")


@dataclass(frozen=True, slots=True)
class PastLine:
    """A line of a past order."""

    article: Article
    quantity: int
    cents: int
    amount: int
    tax: int


@dataclass(frozen=True, slots=True)
class PastOrder:
    """An order that the ERP tells of."""

    number: str
    firm: Firm
    on: date
    status: str
    po_number: str
    lines: tuple[PastLine, ...]
    shipped_on: date
    invoiced_on: date
    is_paid: bool

    @property
    def is_sent(self) -> bool:
        return self.status in SENT

    @property
    def total(self) -> int:
        return sum(line.amount + line.tax for line in self.lines) + FREIGHT

    @property
    def tax(self) -> int:
        return sum(line.tax for line in self.lines)


def past_orders(
    goods: list[Article], register: list[Firm], count: int, seed: int, *, until: date
) -> list[PastOrder]:
    """Return `count` orders of the two years before `until`, the oldest first; some firms order far more than others."""
    random = Random(f"orders/{seed}")
    firms = [firm for firm in register if firm.status != "inactive"]
    weights = [1 / (place + 8) for place in range(len(firms))]
    ages = sorted((round(DAYS * random.random() ** 1.4) + 1 for _ in range(count)), reverse=True)
    buyers = random.choices(firms, weights, k=count)
    return [
        _order(random, goods, firm, f"A-{FIRST + place}", until - timedelta(days=age), age)
        for place, (firm, age) in enumerate(zip(buyers, ages, strict=True))
    ]


def _order(random: Random, goods: list[Article], firm: Firm, number: str, on: date, age: int) -> PastOrder:
    states = FRESH if age < 8 else LATER if age < 60 else OLD
    shipped_on = on + timedelta(days=min(random.randint(1, 5), age - 1) if age > 1 else 0)
    chosen = random.sample(goods, random.choice((1, 2, 2, 3, 3, 4, 5, 8)))
    return PastOrder(
        number=number,
        firm=firm,
        on=on,
        status=random.choices([name for name, _weight in states], [weight for _name, weight in states])[0],
        po_number=f"PO-{random.randint(1000, 99_999)}" if random.random() < 0.7 else "",
        lines=tuple(_line(random, article) for article in chosen),
        shipped_on=shipped_on,
        invoiced_on=shipped_on,
        is_paid=age > 45 or random.random() < 0.3,
    )


def _line(random: Random, article: Article) -> PastLine:
    quantity = random.choice((1, 1, 1, 2, 3, 4, 5, 10, 20)) * article.shelf.step
    cents = less(article.cents, random.choice((0, 0, 7, 12)))
    amount = line_amount(cents, Decimal(quantity), per=article.shelf.per)
    return PastLine(article, quantity, cents, amount, tax_of(amount, TAX_RATE, NET))


ORDER_HEADER = (
    "number", "customer", "ordered_on", "freight", "status", "payment_terms", "po_number", "ship_to_label", "ship_to_street",
    "ship_to_postcode", "ship_to_town", "ship_to_country",
)  # fmt: skip
LINE_HEADER = ("order", "line", "product", "quantity", "unit_price", "per", "tax_rate")
SHIPMENT_HEADER = ("number", "order", "carrier", "tracking_number", "shipped_on", "delivered_on")
INVOICE_HEADER = ("number", "customer", "issued_on", "order", "total", "tax", "due_on")
PAYMENT_HEADER = ("external_id", "invoice", "amount", "paid_on", "method")


def order_rows(orders: list[PastOrder]) -> Iterator[list[str]]:
    """Yield the orders in the columns of ORDER_HEADER."""
    for order in orders:
        firm = order.firm
        terms = "prepayment" if order.status == "payment_pending" else "on_account"
        yield [
            order.number, firm.number, order.on.isoformat(), _euros(FREIGHT), order.status, terms, order.po_number,
            firm.name[:80], firm.street, firm.postcode, firm.town, firm.country,
        ]  # fmt: skip


def line_rows(orders: list[PastOrder]) -> Iterator[list[str]]:
    """Yield the orders' lines in the columns of LINE_HEADER."""
    for order in orders:
        for place, line in enumerate(order.lines, start=1):
            shelf = line.article.shelf
            sums = [_euros(line.cents), str(shelf.per), str(TAX_RATE / 100)]
            yield [order.number, str(place), line.article.number, str(line.quantity), *sums]


def shipment_rows(orders: list[PastOrder], seed: int, *, until: date) -> Iterator[list[str]]:
    """Yield a shipment for each order that was sent, in the columns of SHIPMENT_HEADER."""
    random = Random(f"shipments/{seed}")
    for order in orders:
        if order.is_sent:
            arrived = min(order.shipped_on + timedelta(days=random.randint(1, 4)), until)
            tracking = f"{random.randint(10**11, 10**12 - 1)}"
            day = "" if order.status == "shipped" else arrived.isoformat()
            carrier = random.choice(CARRIERS)
            yield [f"L{order.number[1:]}", order.number, carrier, tracking, order.shipped_on.isoformat(), day]


def invoice_rows(orders: list[PastOrder]) -> Iterator[list[str]]:
    """Yield an invoice for each order that was sent, in the columns of INVOICE_HEADER."""
    for order in orders:
        if order.is_sent:
            due = order.invoiced_on + timedelta(days=30)
            sums = [_euros(order.total), _euros(order.tax), due.isoformat()]
            yield [
                f"R{order.number[1:]}",
                order.firm.number,
                order.invoiced_on.isoformat(),
                order.number,
                *sums,
            ]


def payment_rows(orders: list[PastOrder], seed: int, *, until: date) -> Iterator[list[str]]:
    """Yield a payment for each invoice that is paid, whole or in part, in the columns of PAYMENT_HEADER."""
    random = Random(f"payments/{seed}")
    for order in orders:
        if order.is_sent and order.is_paid:
            paid = min(order.invoiced_on + timedelta(days=random.randint(5, 40)), until)
            part = order.total if random.random() < 0.95 else order.total // 2
            number = f"R{order.number[1:]}"
            yield [f"Z{order.number[1:]}", number, _euros(part), paid.isoformat(), "bank transfer"]


def _euros(cents: int) -> str:
    return f"{cents / 100:.2f}"
