"""What the demo world's seller sells, and has sold: the catalogue, past orders with their papers, orders by hand."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from claimdesk.config.demo import catalogue, orders
from claimdesk.config.demo.order_stories import orders_by_hand
from claimdesk.config.demo.register import Firm
from claimdesk.kernel.actor import Actor

AGREED = 40
BY_HAND = 40
Bring = Callable[[str, Sequence[str], Iterable[Sequence[str]]], None]


def bring_catalogue(register: list[Firm], seed: int, *, bring: Bring) -> list[catalogue.Article]:
    """Bring products with prices and pictures; return what there is."""
    goods = catalogue.articles(seed)
    agreed = [firm for firm in register if firm.status == "active"][:AGREED]
    bring("products", catalogue.PRODUCT_HEADER, catalogue.product_rows(goods, seed))
    bring("prices", catalogue.PRICE_HEADER, catalogue.price_rows(goods, agreed, seed))
    catalogue.draw_pictures(goods)
    return goods


def bring_orders(
    goods: list[catalogue.Article], register: list[Firm], count: int, seed: int, *, at: datetime, bring: Bring
) -> None:
    """Bring past orders, as the ERP knows them."""
    until = at.date()
    past = orders.past_orders(goods, register, count, seed, until=until)
    bring("orders", orders.ORDER_HEADER, orders.order_rows(past))
    bring("order-lines", orders.LINE_HEADER, orders.line_rows(past))
    bring("shipments", orders.SHIPMENT_HEADER, orders.shipment_rows(past, seed, until=until))
    bring("invoices", orders.INVOICE_HEADER, orders.invoice_rows(past))
    bring("payments", orders.PAYMENT_HEADER, orders.payment_rows(past, seed, until=until))


def tell_orders(
    register: list[Firm], count: int, seed: int, *, at: datetime, staff: dict[str, Actor]
) -> None:
    """Let people order, and staff do their part."""
    active = [firm for firm in register if firm.status == "active"]
    orders_by_hand(active, min(BY_HAND, count), seed, at=at, staff=staff)
