"""Files of made-up products, prices, orders and their lines, as a seller's ERP would write them."""

import random
from collections.abc import Iterator

PRODUCT_HEADER = ("number", "name", "category", "unit", "tax_rate")
PRICE_HEADER = ("product", "currency", "amount", "quantity_from")
ORDER_HEADER = ("number", "customer", "ordered_on", "currency", "status", "po_number", "freight")
LINE_HEADER = ("order", "line", "product", "quantity", "unit_price", "discount", "tax_rate")
PRODUCTS = 300
LINES = 3
CATEGORIES = ("Drills", "Saws", "Pumps", "Presses", "Lifts", "Welding", "Measuring", "Hand tools")
KINDS = ("Cordless", "Heavy", "Compact", "Twin", "Silent", "Mobile")
STATES = ("exported", "shipped", "delivered", "closed", "closed", "closed", "canceled", "new")


def product_rows() -> Iterator[list[str]]:
    """Yield products in the columns of PRODUCT_HEADER."""
    for place in range(PRODUCTS):
        shelf = CATEGORIES[place % len(CATEGORIES)]
        name = f"{KINDS[place % len(KINDS)]} {shelf[:-1]} {place:03d}"
        yield [f"P{place:05d}", name, shelf, "piece", "19"]


def price_rows(currency: str) -> Iterator[list[str]]:
    """Yield a list price of each product, and one from ten on."""
    for place in range(PRODUCTS):
        yield [f"P{place:05d}", currency, f"{place + 10}.90", "1"]
        yield [f"P{place:05d}", currency, f"{place + 9}.50", "10"]


def order_rows(customers: int, orders: int, currency: str) -> Iterator[list[str]]:
    """Yield orders in the columns of ORDER_HEADER, spread over the customers and three years."""
    for place in range(1, orders + 1):
        customer = f"C{(place * 7919) % customers + 1:07d}"
        day = f"{2023 + place % 3}-{place % 12 + 1:02d}-{place % 28 + 1:02d}"
        yield [f"B{place:07d}", customer, day, currency, STATES[place % len(STATES)], f"PO-{place}", "12.50"]


def line_rows(orders: int, seed: int = 1) -> Iterator[list[str]]:
    """Yield so many LINES of each order in the columns of LINE_HEADER."""
    chance = random.Random(seed)
    for place in range(1, orders + 1):
        for line in range(1, LINES + 1):
            product = chance.randrange(PRODUCTS)
            quantity = str(chance.randint(1, 12))
            yield [f"B{place:07d}", str(line), f"P{product:05d}", quantity, f"{product + 10}.90", "0", "19"]
