"""The price list as rows to look through."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from claimdesk.catalog.models import Price, Product
from claimdesk.catalog.queries.prices import prices
from claimdesk.catalog.search import find_products
from claimdesk.kernel.actor import Actor
from claimdesk.kernel.clock import today
from claimdesk.kernel.text import fold_number

MOST_PRODUCTS = 200


def listed_prices(actor: Actor) -> QuerySet[Price]:
    """Return the prices that `actor` may see, with product and customer."""
    return prices(actor).select_related("product", "customer")


def search_prices(rows: QuerySet[Price], text: str) -> QuerySet[Price]:
    """Narrow to prices of the products that hit, of the best two hundred."""
    return rows.filter(product__in=find_products(Product.objects.all(), text)[:MOST_PRODUCTS])


def held_by(rows: QuerySet[Price], whose: str) -> QuerySet[Price]:
    """Narrow to prices of customers, of price groups, or of everybody (`customer`, `group`, `list`)."""
    if whose == "customer":
        return rows.filter(customer__isnull=False)
    everybodys = Q(price_group="")
    return rows.filter(~everybodys if whose == "group" else everybodys, customer=None)


def of_customer_numbered(rows: QuerySet[Price], number: str) -> QuerySet[Price]:
    """Narrow to the prices of the customer with that number."""
    return rows.filter(customer__number_folded=fold_number(number) or number)


def valid_when(rows: QuerySet[Price], when: str) -> QuerySet[Price]:
    """Narrow to prices that hold `now`, only `later`, or whose days are `over`."""
    day = today()
    if when == "later":
        return rows.filter(starts_on__gt=day)
    if when == "over":
        return rows.filter(ends_on__lt=day)
    return rows.filter(Q(starts_on=None) | Q(starts_on__lte=day), Q(ends_on=None) | Q(ends_on__gte=day))


def price_groups() -> list[str]:
    """Return the names of price groups that have prices."""
    groups = Price.objects.exclude(price_group="").order_by("price_group")
    return list(groups.values_list("price_group", flat=True).distinct())


@dataclass(frozen=True, slots=True)
class PricedProducts:
    """How many products are `on_sale`, and how many of these have a price in a currency that holds today."""

    on_sale: int
    with_price: int


def priced_products(currency: str) -> PricedProducts:
    """Count the products on sale, and those among them that have a price in the currency."""
    on_sale = Product.objects.filter(withdrawn_at=None)
    prices_now = valid_when(Price.objects.filter(product=OuterRef("pk"), currency=currency), "now")
    return PricedProducts(on_sale.count(), on_sale.filter(Exists(prices_now)).count())
