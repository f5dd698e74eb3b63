"""Change many prices at once by a percentage (O7)."""

from datetime import date
from fractions import Fraction

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from claimdesk.catalog.events import PricesAdjusted
from claimdesk.catalog.models import Price
from claimdesk.catalog.models.price import ALWAYS
from claimdesk.catalog.permissions import EDIT_PRICES
from claimdesk.company.queries.company import company
from claimdesk.kernel.actor import Actor
from claimdesk.kernel.clock import now
from claimdesk.kernel.money import WHOLE, round_half_up
from claimdesk.kernel.refused import NotAllowed
from claimdesk.ledger.imports.bulk import insert_rows
from claimdesk.ledger.record import record

KEPT = ("product_id", "currency", "customer_id", "price_group", "quantity_from", "per", "ends_on")
INSERTED = (*(name.removesuffix("_id") for name in KEPT), "amount")


@transaction.atomic
def adjust_prices(rows: QuerySet[Price], *, percent: int, starts_on: date | None = None, by: Actor) -> int:
    """Change the amounts of `rows` by a percentage, each rounded to the minor unit; return how many prices changed.

    Takes: `percent` in basis points, negative to lower; `starts_on`, the day from which new prices hold beside the
    old ones. Without it the prices themselves change, at once. Of a dated list, only what holds on that day counts.
    Raises: NotAllowed, where staff limited to their own customers would set what others pay.
    Records: PricesAdjusted, if any changed.
    """
    by.require(EDIT_PRICES)
    if percent <= -WHOLE:
        raise ValueError("prices are not lowered by all")
    rows = Price.objects.filter(pk__in=rows.order_by().values("pk"))
    if by.only_own_customers and rows.filter(customer=None).exists():
        raise NotAllowed("own customers")
    changed = _raise_in_place(rows, percent) if starts_on is None else _raise_from(rows, percent, starts_on)
    if changed:
        day = starts_on.isoformat() if starts_on else ""
        record(PricesAdjusted(changed, percent=f"{percent / 100:+g}", starts_on=day), about=company(), by=by)
    return changed


def _raise_in_place(rows: QuerySet[Price], percent: int) -> int:
    # Whole numbers: half a minor unit more, then cut off, is rounded half up (O8), as no amount is negative.
    rounded = (F("amount") * (2 * (WHOLE + percent)) + WHOLE) / (2 * WHOLE)
    return rows.update(amount=rounded, updated_at=now())


def _raise_from(rows: QuerySet[Price], percent: int, day: date) -> int:
    holding = _holding_on(rows, day)
    changed = _raise_in_place(holding.filter(starts_on=day), percent)
    earlier = holding.exclude(starts_on=day)
    new = [
        (*kept, round_half_up(Fraction(amount * (WHOLE + percent), WHOLE)))
        for *kept, amount in earlier.values_list(*KEPT, "amount")
    ]
    alike = {"starts_on": day, "external_id": "", "source_digest": "", "updated_at": now()}
    insert_rows(Price, INSERTED, new, same=alike)
    return changed + len(new)


def _holding_on(rows: QuerySet[Price], day: date) -> QuerySet[Price]:
    """Return the rows that hold on the day: begun, not over, and followed by none that began later."""
    follower = Price.objects.annotate(owner=Coalesce("customer_id", 0)).filter(
        product=OuterRef("product"),
        currency=OuterRef("currency"),
        owner=Coalesce(OuterRef("customer_id"), 0),
        price_group=OuterRef("price_group"),
        quantity_from=OuterRef("quantity_from"),
        starts_on__lte=day,
        starts_on__gt=Coalesce(OuterRef("starts_on"), ALWAYS),
    )
    begun = Q(starts_on=None) | Q(starts_on__lte=day)
    return rows.filter(begun, Q(ends_on=None) | Q(ends_on__gte=day)).exclude(Exists(follower))
