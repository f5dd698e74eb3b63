"""The papers of an order as its pages show them: shipments, invoices, payments, refunds (O2)."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from claimdesk.kernel.actor import Actor
from claimdesk.orders.models import Order, Refund
from claimdesk.orders.payment_methods import method_name
from claimdesk.orders.payments import providers
from claimdesk.orders.queries.invoices import invoices_of, with_standing
from claimdesk.orders.queries.payments import payments_of
from claimdesk.orders.queries.refunds import refunds_of
from claimdesk.orders.queries.shipments import shipments_of, tracking_url
from claimdesk.web.words import standing_name

MOST = 100


@dataclass(frozen=True, slots=True)
class Papers:
    """What one may see of an order's papers, each row with the words that it is shown by."""

    shipments: list[dict[str, Any]]
    invoices: list[dict[str, Any]]
    payments: list[dict[str, Any]]
    refunds: list[dict[str, Any]]

    @property
    def with_events(self) -> list[Any]:
        """The papers whose events stand on the order's timeline beside its own."""
        return [shown["row"] for shown in self.invoices]


def papers_of(order: Order, actor: Actor) -> Papers:
    """Return the papers of an order that the actor was shown, the newest first."""
    listed: QuerySet[Any] = with_standing(invoices_of(order, actor))
    return Papers(
        shipments=[
            {"row": row, "tracking": tracking_url(row.carrier, row.tracking_number)}
            for row in shipments_of(order, actor).order_by("-shipped_on", "-pk")[:MOST]
        ],
        invoices=[
            {"row": row, "standing_name": standing_name(row.standing)}
            for row in listed.order_by("-issued_on", "-pk")[:MOST]
        ],
        payments=shown_payments(payments_of(order, actor).order_by("-paid_on", "-pk")[:MOST]),
        refunds=[
            {"row": row, "way": refund_way(row)} for row in refunds_of(order, actor).order_by("-pk")[:MOST]
        ],
    )


def shown_payments(rows: Any) -> list[dict[str, Any]]:
    """Return payments with the way of each in words, and whether it was taken back."""
    return [
        {"row": row, "way": method_name(row.method), "is_reversed": hasattr(row, "reversal")} for row in rows
    ]


def refund_way(row: Refund) -> str:
    """Return how a refund is paid out; a credit is not."""
    names = {each.key: each.label for each in providers()}
    return str(names.get(row.method, row.method))
