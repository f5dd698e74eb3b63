"""What the cart's page shows: its lines as goods, with what changed since one looked last."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from claimdesk.orders.models import CartLine
from claimdesk.orders.permissions import PLACE_ORDERS
from claimdesk.orders.queries.carts import PricedLine, lines_to_show, priced
from claimdesk.portal.goods import Good, plain
from claimdesk.portal.ordering import may_order, why_not
from claimdesk.web.pieces import money
from claimdesk.web.requests import PageRequest


@dataclass(frozen=True, slots=True)
class CartGood:
    """A line of the cart: the product as in the shop, its quantity and amount, a word on what is wrong or new."""

    line: CartLine
    good: Good
    amount: int
    fault: str
    news: str

    @property
    def quantity(self) -> str:
        return plain(self.line.quantity)


def cart_context(request: PageRequest, *, refused: Mapping[int, str] | None = None) -> dict[str, Any]:
    """Return what the cart's templates need; `refused` are words beside lines whose new quantity was refused."""
    refused = refused or {}
    actor = request.actor
    lines = lines_to_show(actor)
    found = priced(lines[0].cart, lines, seller=request.seller, actor=actor) if lines else []
    entries = [_entry(each, refused.get(each.line.pk, "")) for each in found]
    customer = lines[0].cart.customer if lines else None
    return {
        "entries": entries,
        "subtotal": sum(entry.amount for entry in entries),
        "is_blocked": any(each.fault for each in found),
        "may_order": may_order(actor, customer) if customer else actor.may(PLACE_ORDERS),
        "why_not": why_not(actor, customer) if customer else None,
    }


def _entry(each: PricedLine, refusal: str) -> CartGood:
    product = each.line.product
    return CartGood(
        each.line,
        Good(product, each.offer),
        each.amount,
        refusal or (each.fault.message if each.fault else ""),
        _news(each),
    )


def _news(each: PricedLine) -> str:
    """Return in words that the price is another than one saw last, or nothing."""
    if not each.has_changed or each.offer is None or each.seen_amount is None:
        return ""
    before, now = money(each.seen_amount, each.offer.currency), money(each.amount, each.offer.currency)
    words = (
        _("The price has gone up: it was %(before)s, now it is %(now)s.")
        if each.amount > each.seen_amount
        else _("The price has come down: it was %(before)s, now it is %(now)s.")
    )
    return words % {"before": before, "now": now}
