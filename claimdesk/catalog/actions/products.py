"""Make, change, withdraw and restore products."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from claimdesk.catalog.actions.writing import save_product
from claimdesk.catalog.events import ProductChanged, ProductCreated, ProductRestored, ProductWithdrawn
from claimdesk.catalog.models import Product
from claimdesk.catalog.permissions import EDIT_PRODUCTS
from claimdesk.kernel.actor import Actor
from claimdesk.kernel.clock import now
from claimdesk.kernel.differences import set_differences
from claimdesk.kernel.refused import Refused
from claimdesk.kernel.text import tidy
from claimdesk.ledger.record import record

FIELDS = frozenset(
    {
        "number", "name", "description", "category", "unit", "quantity_step", "quantity_minimum", "tax_rate",
        "stock", "stock_words", "ean",
    }
)  # fmt: skip
OF_SEVERAL_LINES = "description"


@transaction.atomic
def create_product(*, by: Actor, **fields: Any) -> Product:
    """Make a product of FIELDS; it is on sale as soon as it has a price.

    Refuses: `number_taken`.
    Records: ProductCreated.
    """
    by.require(EDIT_PRODUCTS)
    product = Product(**_tidied(fields))
    save_product(product)
    record(ProductCreated(product.number, product.name), about=product, by=by)
    return product


@transaction.atomic
def change_product(product: Product, *, seen_at: datetime | None = None, by: Actor, **fields: Any) -> Product:
    """Change fields of a product; what does not differ changes nothing.

    Takes: `seen_at`, the `updated_at` that the editor saw.
    Refuses: `changed_meanwhile`, `number_taken`.
    Records: ProductChanged, if anything changed.
    """
    by.require(EDIT_PRODUCTS)
    row = _locked(product)
    if seen_at is not None and row.updated_at != seen_at:
        raise Refused("changed_meanwhile", _("Somebody else changed this product meanwhile; look again."))
    before, after = set_differences(row, _tidied(fields))
    if after:
        save_product(row, set(after))
        record(ProductChanged(row.number, ", ".join(after), before=before, after=after), about=row, by=by)
    return row


@transaction.atomic
def withdraw_product(product: Product, *, by: Actor) -> Product:
    """Take a product off sale; it stays on the papers that name it.

    Refuses: `already_withdrawn`.
    Records: ProductWithdrawn.
    """
    by.require(EDIT_PRODUCTS)
    at = now()
    on_sale = Product.objects.filter(pk=product.pk, withdrawn_at=None)
    if not on_sale.update(withdrawn_at=at, updated_at=at):
        raise Refused("already_withdrawn", _("The product is withdrawn already."))
    product.refresh_from_db()
    record(ProductWithdrawn(product.number), about=product, by=by)
    return product


@transaction.atomic
def restore_product(product: Product, *, by: Actor) -> Product:
    """Put a withdrawn product on sale again.

    Refuses: `not_withdrawn`.
    Records: ProductRestored.
    """
    by.require(EDIT_PRODUCTS)
    withdrawn = Product.objects.filter(pk=product.pk, withdrawn_at__isnull=False)
    if not withdrawn.update(withdrawn_at=None, updated_at=now()):
        raise Refused("not_withdrawn", _("The product is on sale already."))
    product.refresh_from_db()
    record(ProductRestored(product.number), about=product, by=by)
    return product


def _locked(product: Product) -> Product:
    return Product.objects.select_for_update(of=("self",)).select_related("category").get(pk=product.pk)


def _tidied(fields: dict[str, Any]) -> dict[str, Any]:
    if not fields.keys() <= FIELDS:
        raise TypeError(f"a product has no {sorted(fields.keys() - FIELDS)}")
    return {
        name: tidy(value) if isinstance(value, str) and name != OF_SEVERAL_LINES else value
        for name, value in fields.items()
    }
