"""Add, change and remove prices (O7)."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from claimdesk.catalog.actions.writing import (
    price_words,
    require_price_of,
    save_price,
    whose_words,
)
from claimdesk.catalog.events import PriceAdded, PriceChanged, PriceRemoved
from claimdesk.catalog.models import Price, Product
from claimdesk.catalog.permissions import EDIT_PRICES
from claimdesk.customers.models import Customer
from claimdesk.kernel.actor import Actor
from claimdesk.kernel.differences import set_differences
from claimdesk.kernel.refused import Refused
from claimdesk.kernel.text import tidy
from claimdesk.ledger.record import record

FIELDS = frozenset({"quantity_from", "amount", "per", "starts_on", "ends_on"})


@transaction.atomic
def add_price(
    product: Product,
    *,
    amount: int,
    currency: str,
    customer: Customer | None = None,
    price_group: str = "",
    by: Actor,
    **fields: Any,
) -> Price:
    """Add a price: a customer's own, a price group's, or without either everybody's.

    Takes: `amount` in minor units for `per` units; `fields`, others of FIELDS, both days included.
    Refuses: `price_exists`.
    Raises: NotAllowed, where staff limited to their own customers would set what others pay.
    Records: PriceAdded.
    """
    by.require(EDIT_PRICES)
    require_price_of(customer, by)
    whose = {"customer": customer, "price_group": "" if customer else tidy(price_group)}
    price = Price(product=product, currency=currency, amount=amount, **whose, **_known(fields))
    save_price(price)
    fact = PriceAdded(
        price.pk,
        number=product.number,
        price=price_words(price),
        whose=whose_words(price),
        quantity_from=f"{price.quantity_from.normalize():f}",
        starts_on=price.starts_on.isoformat() if price.starts_on else "",
        ends_on=price.ends_on.isoformat() if price.ends_on else "",
    )
    record(fact, about=product, customer=customer, by=by)
    return price


@transaction.atomic
def change_price(price: Price, *, seen_at: datetime | None = None, by: Actor, **fields: Any) -> Price:
    """Change FIELDS of a price; whose it is stays. What does not differ changes nothing.

    Takes: `seen_at`, the `updated_at` that the editor saw.
    Refuses: `price_gone`, `changed_meanwhile`, `price_exists`.
    Records: PriceChanged, if anything changed.
    """
    by.require(EDIT_PRICES)
    row = _locked(price, by)
    if seen_at is not None and row.updated_at != seen_at:
        raise Refused("changed_meanwhile", _("Somebody else changed this price meanwhile; look again."))
    before, after = set_differences(row, _known(fields))
    if after:
        save_price(row)
        fact = PriceChanged(
            row.pk,
            number=row.product.number,
            whose=whose_words(row),
            fields=", ".join(after),
            before=before,
            after=after,
        )
        record(fact, about=row.product, customer=row.customer, by=by)
    return row


@transaction.atomic
def remove_price(price: Price, *, by: Actor) -> None:
    """Remove a price; what was ordered keeps what it cost.

    Refuses: `price_gone`.
    Records: PriceRemoved.
    """
    by.require(EDIT_PRICES)
    row = _locked(price, by)
    fact = PriceRemoved(
        row.pk,
        number=row.product.number,
        price=price_words(row),
        whose=whose_words(row),
        quantity_from=f"{row.quantity_from.normalize():f}",
    )
    record(fact, about=row.product, customer=row.customer, by=by)
    row.delete()


def _known(fields: dict[str, Any]) -> dict[str, Any]:
    if not fields.keys() <= FIELDS:
        raise TypeError(f"a price's {sorted(fields.keys() - FIELDS)} cannot be set")
    return fields


def _locked(price: Price, by: Actor) -> Price:
    rows = Price.objects.select_for_update(of=("self",)).select_related("product", "customer")
    row = rows.filter(pk=price.pk).first()
    if row is None:
        raise Refused("price_gone", _("This price was removed meanwhile."))
    require_price_of(row.customer, by)
    return row
