"""Writers that the room's actions share; they record nothing."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from claimdesk.catalog.models import Category, Price, Product
from claimdesk.catalog.search import refile
from claimdesk.customers.models import Customer
from claimdesk.customers.queries.customers import require_own_customer
from claimdesk.kernel.actor import Actor
from claimdesk.kernel.clock import now
from claimdesk.kernel.money import to_decimal
from claimdesk.kernel.refused import NotAllowed, Refused
from claimdesk.kernel.text import fold

SEARCHED = {"number", "name", "description", "ean"}


def save_product(product: Product, names: set[str] | None = None) -> None:
    """Save a product (only the fields `names`) and file its words.

    Refuses: `number_taken`, also where a rival was faster than the look before.
    """
    refuse_number_taken(product)
    product.updated_at = now()
    try:
        with transaction.atomic():
            product.save(update_fields=None if names is None else {*names, "updated_at"})
    except IntegrityError:
        refuse_number_taken(product)
        raise
    if names is None or names & SEARCHED:
        refile([product.pk])


def refuse_number_taken(product: Product) -> None:
    """Refuse a product whose number another one has, whatever the case. Refuses: `number_taken`."""
    others = Product.objects.exclude(pk=product.pk)
    if others.filter(number_folded=fold(product.number)[:120]).exists():
        raise Refused("number_taken", _("Another product already has the number %s.") % product.number)


def save_category(category: Category) -> None:
    """Save a category. Refuses: `name_taken`."""
    try:
        with transaction.atomic():
            category.save()
    except IntegrityError as error:
        message = _("There is already a category %s in the same place.") % category.name
        raise Refused("name_taken", message) from error


def save_price(price: Price) -> None:
    """Save a price. Refuses: `price_exists`."""
    price.updated_at = now()
    try:
        with transaction.atomic():
            price.save()
    except IntegrityError as error:
        message = _("There is already a price for the same buyers, from the same quantity and day.")
        raise Refused("price_exists", message) from error


def price_words(price: Price) -> str:
    """Return a price as history keeps it: 12.34 EUR, or 12.34 EUR / 100."""
    words = f"{to_decimal(price.amount, price.currency)} {price.currency}"
    return words if price.per == 1 else f"{words} / {price.per}"


def whose_words(price: Price) -> str:
    """Return whose price it is as history keeps it: a code, and a name where there is one."""
    if price.customer:
        return f"customer, {price.customer.name}"
    return f"group, {price.price_group}" if price.price_group else "list"


def require_price_of(customer: Customer | None, by: Actor) -> None:
    """Raise NotAllowed where staff limited to their own customers would set what others pay."""
    if customer:
        require_own_customer(customer, by)
    elif by.only_own_customers:
        raise NotAllowed("own customers")
