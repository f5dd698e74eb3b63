"""Invoices that the actor may see, what is open on them, and how they are filtered."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Case, CharField, DateField, F, Q, QuerySet, Sum, Value, When
from django.db.models.functions import Coalesce

from claimdesk.company.queries.company import company
from claimdesk.customers.search import customers_named
from claimdesk.customers.search.prefix import beginning_with
from claimdesk.kernel.actor import Actor
from claimdesk.kernel.clock import today
from claimdesk.kernel.counting import capped_counts
from claimdesk.kernel.partial_indexes import as_in_the_index
from claimdesk.kernel.text import fold_number
from claimdesk.orders.models import Invoice, Order, OrderLine
from claimdesk.orders.permissions import SEE_INVOICES, VIEW_INVOICES
from claimdesk.orders.queries.scope import of_seen_order, papers

MOST_FOUND = 1001  # a thousand, and one to tell that there are more
MOST_CUSTOMERS = 200
OPEN, VOID = (as_in_the_index(state.value) for state in (Invoice.State.OPEN, Invoice.State.VOID))
# So that the list is read along its sort: SQLite would fetch all that are overdue by their due date, and sort them.
DUE = Coalesce("due_on", None, output_field=DateField())
UNPAID = Q(state=OPEN, total__gt=F("credited") + F("paid"))


def invoices(actor: Actor) -> QuerySet[Invoice]:
    """Return the invoices that `actor` may see: staff all or their own customers', others their account's."""
    return papers(Invoice.objects.all(), actor, staff=VIEW_INVOICES, customers=SEE_INVOICES)


def invoices_of(order: Order, actor: Actor) -> QuerySet[Invoice]:
    """Return the invoices of an order that the actor was shown."""
    return of_seen_order(Invoice.objects.all(), order, actor, staff=VIEW_INVOICES, customers=SEE_INVOICES)


def in_standing(rows: QuerySet[Invoice], standing: str, *, on: date | None = None) -> QuerySet[Invoice]:
    """Narrow to invoices that are `open` (something is to be paid), `overdue`, `paid` or `void`."""
    if standing == "open":
        return rows.filter(UNPAID)
    if standing == "overdue":
        return rows.alias(due=DUE).filter(UNPAID, due__lt=on or today(company().time_zone))
    if standing == "paid":
        return rows.filter(state=Invoice.State.OPEN, total__lte=F("credited") + F("paid"))
    return rows.filter(state=VOID)


def with_standing(rows: QuerySet[Invoice], *, on: date | None = None) -> QuerySet[Invoice]:
    """Annotate invoices with how they stand today (`on`): `standing` is `void`, `paid`, `overdue` or `open`."""
    return rows.annotate(
        standing=Case(
            When(state=Invoice.State.VOID, then=Value("void")),
            When(total__lte=F("credited") + F("paid"), then=Value("paid")),
            When(due_on__lt=on or today(company().time_zone), then=Value("overdue")),
            default=Value("open"),
            output_field=CharField(),
        )
    )


def search_invoices(rows: QuerySet[Invoice], text: str) -> list[int]:
    """Return the keys of invoices that hit, the newest first: by their number or its beginning, their order's, their customer."""
    found: dict[int, None] = {}
    newest = rows.order_by("-issued_on", "-pk")
    if folded := fold_number(text):
        begun = rows.filter(beginning_with("number_folded", folded)).order_by()
        hits = begun.values_list("issued_on", "pk")[:MOST_FOUND]
        found |= dict.fromkeys(key for _day, key in sorted(hits, reverse=True))
        found |= _keys(newest.filter(order__number_folded=folded))
    if customers := customers_named(text, most=MOST_CUSTOMERS):
        found |= _keys(newest.filter(customer_id__in=customers))
    return list(found)[:MOST_FOUND]


def _keys(rows: QuerySet[Invoice]) -> dict[int, None]:
    return dict.fromkeys(rows.values_list("pk", flat=True)[:MOST_FOUND])


@dataclass(frozen=True, slots=True)
class OpenSum:
    """What is open in one currency, and of that what is overdue."""

    currency: str
    open: int
    overdue: int


def open_sums(rows: QuerySet[Invoice], *, on: date) -> list[OpenSum]:
    """Return what is open on invoices, by currency, and what of that is overdue on a day (O3)."""
    late = Q(due_on__lt=on)
    left = F("total") - F("credited") - F("paid")
    found = rows.filter(UNPAID).values("currency").order_by("currency")
    return [
        OpenSum(row["currency"], row["open"], row["overdue"] or 0)
        for row in found.annotate(open=Sum(left), overdue=Sum(left, filter=late))
    ]


def standings(actor: Actor) -> Mapping[str, int]:
    """Return how many invoices are open and overdue, up to a thousand and one."""
    rows, on = invoices(actor), today(company().time_zone)
    return capped_counts({each: in_standing(rows, each, on=on) for each in ("open", "overdue")})


def to_be_invoiced(order: Order) -> dict[OrderLine, Decimal]:
    """Return how much of each line of an order no invoice has asked for yet."""
    lines = OrderLine.objects.filter(order=order).select_related("allotment").order_by("position")
    left = {line: line.quantity - line.allotment.invoiced_quantity for line in lines}
    return {line: quantity for line, quantity in left.items() if quantity > 0}
