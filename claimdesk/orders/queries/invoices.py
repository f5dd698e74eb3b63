"""Invoices that the actor may see, what is open on them, and how they are filtered."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q, QuerySet, Sum

from claimdesk.company.queries.company import company
from claimdesk.kernel.actor import Actor
from claimdesk.kernel.clock import today
from claimdesk.kernel.text import fold_number
from claimdesk.orders.models import Invoice
from claimdesk.orders.permissions import SEE_INVOICES, VIEW_INVOICES

MOST_FOUND = 1000
UNPAID = Q(state=Invoice.State.OPEN, total__gt=F("credited") + F("paid"))


def invoices(actor: Actor) -> QuerySet[Invoice]:
    """Return the invoices that `actor` may see: staff all or their own customers', others those of the customer in hand."""
    rows = Invoice.objects.all()
    if actor.kind == "system":
        return rows
    if actor.is_staff and not actor.is_acting and actor.door == "office":
        if not actor.may(VIEW_INVOICES):
            return rows.none()
        return rows.filter(customer__representative_id=actor.id) if actor.only_own_customers else rows
    if not actor.customer_id or not actor.may(SEE_INVOICES):
        return rows.none()
    return rows.filter(customer_id=actor.customer_id)


def in_standing(rows: QuerySet[Invoice], standing: str) -> QuerySet[Invoice]:
    """Narrow to invoices that are `open` (something is to be paid), `overdue`, `paid` or `void`."""
    if standing == "open":
        return rows.filter(UNPAID)
    if standing == "overdue":
        return rows.filter(UNPAID, due_on__lt=today(company().time_zone))
    if standing == "paid":
        return rows.filter(state=Invoice.State.OPEN, total__lte=F("credited") + F("paid"))
    return rows.filter(state=Invoice.State.VOID)


def standing_of(invoice: Invoice, *, on: date | None = None) -> str:
    """Return how an invoice stands: `void`, `paid`, `overdue` or `open`."""
    if invoice.state == Invoice.State.VOID:
        return "void"
    if not invoice.open_amount:
        return "paid"
    is_late = invoice.due_on is not None and invoice.due_on < (on or today(company().time_zone))
    return "overdue" if is_late else "open"


def search_invoices(rows: QuerySet[Invoice], text: str) -> QuerySet[Invoice]:
    """Narrow to invoices whose number, or whose order's number, begins with `text`; or whose customer's number is `text`."""
    folded = fold_number(text)
    if not folded:
        return rows.none()
    found = Invoice.objects.filter(number_folded__startswith=folded).values("pk")[:MOST_FOUND]
    of_orders = Invoice.objects.filter(order__number_folded__startswith=folded).values("pk")[:MOST_FOUND]
    of_customers = Invoice.objects.filter(customer__number_folded=folded).values("pk")[:MOST_FOUND]
    keys = {row["pk"] for each in (found, of_orders, of_customers) for row in each}
    return rows.filter(pk__in=keys)


@dataclass(frozen=True, slots=True)
class OpenSum:
    """What is open in one currency, and of that what is overdue."""

    currency: str
    open: int
    overdue: int


def open_sums(actor: Actor) -> list[OpenSum]:
    """Return what is open on all invoices that the actor may see, by currency (O3)."""
    late = Q(due_on__lt=today(company().time_zone))
    left = F("total") - F("credited") - F("paid")
    rows = invoices(actor).filter(UNPAID).values("currency").order_by("currency")
    return [
        OpenSum(row["currency"], row["open"], row["overdue"] or 0)
        for row in rows.annotate(open=Sum(left), overdue=Sum(left, filter=late))
    ]


def standings(actor: Actor) -> Mapping[str, int]:
    """Return how many invoices are open and overdue, up to a thousand and one."""
    rows = invoices(actor).order_by()
    return {each: in_standing(rows, each)[: MOST_FOUND + 1].count() for each in ("open", "overdue")}
