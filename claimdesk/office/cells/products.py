"""Cells of Products and Prices."""

from decimal import Decimal

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from claimdesk.catalog.models import Price, Product
from claimdesk.catalog.wording import quantity_words
from claimdesk.kernel.actor import Actor
from claimdesk.kernel.dates import day
from claimdesk.web.addresses import address_of
from claimdesk.web.pieces import NOTHING, badge, money

NAMED = '<span class="with-picture">{}<a href="{}">{}</a></span>'
PICTURE = '<img src="{}" alt="" loading="lazy" width="40" height="40">'


def price_words(amount: int, currency: str, per: int) -> str:
    """Return a price in the reader's language: “€12.34”, “€12.34 for 100”."""
    words = money(amount, currency)
    return (
        words
        if per == 1
        else _("%(price)s for %(per)s") % {"price": words, "per": quantity_words(Decimal(per))}
    )


def name_cell(product: Product, _actor: Actor) -> SafeString:
    """Show a product's name, with its picture where it has one."""
    key = product.picture_id  # type: ignore[attr-defined]  # the query annotates it
    picture = format_html(PICTURE, address_of("office:product_thumbnail", key)) if key else ""
    return format_html(NAMED, picture, address_of("office:product", product.pk), product.name)


def list_price_cell(product: Product, _actor: Actor) -> SafeString:
    """Show what one costs everybody, in the seller's currency."""
    held = product.list_price  # type: ignore[attr-defined]  # the query annotates it
    return format_html("{}", price_words(**held)) if held else NOTHING


def stock_cell(product: Product, _actor: Actor) -> SafeString:
    """Show the stock, or that the product is withdrawn."""
    if product.is_withdrawn:
        return badge("withdrawn", _("Withdrawn"))
    return badge(product.stock, product.stock_words or product.get_stock_display())


def product_cell(price: Price, _actor: Actor) -> SafeString:
    """Show the product of a price, with the way there."""
    return format_html(
        '<a href="{}">{}</a>', address_of("office:product", price.product_id), price.product.name
    )


def price_cell(price: Price, _actor: Actor) -> SafeString:
    """Show what it costs, with the way to the price itself."""
    words = price_words(price.amount, price.currency, price.per)
    return format_html('<a href="{}" data-dialog>{}</a>', address_of("office:price", price.pk), words)


def whose_cell(price: Price, _actor: Actor) -> SafeString:
    """Show whose price it is."""
    if price.customer:
        return format_html(
            '<a href="{}">{}</a>', address_of("office:customer", price.customer.pk), price.customer
        )
    return format_html("{}", whose_of(price))


def whose_of(price: Price) -> str:
    """Return whose price it is, in words."""
    if price.customer:
        return price.customer.name
    if price.price_group:
        return _("Price group %(group)s") % {"group": price.price_group}
    return _("Everybody")


def valid_words(price: Price) -> str:
    """Return when a price holds: “always”, “from 1 Dec 2026”, “from … until …”."""
    words = []
    if price.starts_on:
        words.append(_("from %(day)s") % {"day": day(price.starts_on)})
    if price.ends_on:
        words.append(_("until %(day)s") % {"day": day(price.ends_on)})
    return " ".join(words) or _("always")
