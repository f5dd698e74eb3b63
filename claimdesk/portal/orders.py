"""The account's orders: the list, and one order with all that became of it (O1, O2)."""

from datetime import date
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from claimdesk.kernel.actor import Actor
from claimdesk.kernel.money import to_decimal
from claimdesk.orders.models import Order
from claimdesk.orders.permissions import APPROVE_ORDERS, SEE_ORDERS
from claimdesk.orders.queries.orders import orders, orders_to_approve, search_orders, with_approval
from claimdesk.orders.queries.processes import state_choices, state_label
from claimdesk.portal.order_page import calm, order_context
from claimdesk.web.addresses import address_of
from claimdesk.web.gates import portal_page
from claimdesk.web.lists import Column, Empty, ListPage, Preset, render_list
from claimdesk.web.pieces import badge, money
from claimdesk.web.requests import PageRequest

Approval = Order.Approval
MOST_WAITING = 100


def order_url(order: Order) -> str:
    """Return where one order is shown."""
    return address_of("portal:order", order.pk)


def status_words(order: Order) -> str:
    """Return where an order stands in the customer's words: with his own manager, or with us."""
    if order.approval in (Approval.PENDING, Approval.DENIED):
        return str(order.get_approval_display())
    return state_label(order.process, order.state, for_customer=True)


def status_code(order: Order) -> str:
    """Return the code of where an order stands, for its colour."""
    if order.approval in (Approval.PENDING, Approval.DENIED):
        return order.approval
    return calm(order.state)


def status_cell(order: Order, _actor: Actor) -> SafeString:
    """Show where an order stands."""
    return badge(status_code(order), status_words(order))


def number_cell(order: Order, _actor: Actor) -> SafeString:
    """Show an order's number, and that something was claimed on it."""
    claimed = format_html(" <small>{}</small>", _("with a claim")) if order.has_reclamation else ""
    return format_html('<a href="{}">{}</a>{}', order_url(order), order.number, claimed)


def total_cell(order: Order, _actor: Actor) -> SafeString:
    """Show what an order comes to."""
    return format_html("{}", money(order.total, order.currency))


class OrderFilters(django_filters.FilterSet):
    """By status, days, and whose."""

    status = django_filters.ChoiceFilter(
        field_name="state",
        label=gettext_lazy("Status"),
        empty_label=gettext_lazy("All"),
        choices=lambda: state_choices(for_customer=True),
    )
    since = django_filters.DateFilter(
        field_name="ordered_on", lookup_expr="gte", label=gettext_lazy("From day")
    )
    until = django_filters.DateFilter(
        field_name="ordered_on", lookup_expr="lte", label=gettext_lazy("Until day")
    )
    placed = django_filters.ChoiceFilter(
        label=gettext_lazy("Placed by"),
        empty_label=gettext_lazy("Everybody"),
        choices=[("me", gettext_lazy("me"))],
        method="placed_by",
    )
    approval = django_filters.ChoiceFilter(
        method="of_approval",
        label=gettext_lazy("Approval"),
        empty_label=gettext_lazy("All"),
        choices=Approval.choices,
    )

    def of_approval(self, rows: QuerySet[Order], _name: str, value: str) -> QuerySet[Order]:
        return with_approval(rows, value)

    def placed_by(self, rows: QuerySet[Order], _name: str, _me: str) -> QuerySet[Order]:
        return rows.filter(placed_by_id=self.request.actor.id)


def listed(actor: Actor) -> QuerySet[Order]:
    """Return the account's orders with what the list shows; the text of their process is read once, not per row."""
    return orders(actor).select_related("process").defer("process__text")


def day_of(order: Order) -> date:
    return order.ordered_on


PAGE = ListPage(
    name="portal:orders",
    title=gettext_lazy("Orders"),
    rows=listed,
    columns=(
        Column("number", gettext_lazy("Order"), heading=True, cell=number_cell),
        Column("po_number", gettext_lazy("PO number")),
        Column("placed_by", gettext_lazy("Placed by"), value="placed_by_name"),
        Column("status", gettext_lazy("Status"), value=status_words, cell=status_cell),
        Column(
            "total",
            gettext_lazy("Total"),
            cell=total_cell,
            numeric=True,
            export=lambda order: to_decimal(order.total, order.currency),
        ),
        Column("currency", gettext_lazy("Currency"), shown=False),
        Column("date", gettext_lazy("Date"), value=day_of, sort="ordered_at"),
    ),
    sort="-date",
    filters=OrderFilters,
    search=search_orders,
    search_hint=gettext_lazy("Order or PO number"),
    presets=(
        Preset(gettext_lazy("All"), ""),
        Preset(gettext_lazy("Mine"), "placed=me"),
        Preset(gettext_lazy("Waiting for approval"), "approval=pending"),
    ),
    row_url=order_url,
    layout="web/portal.html",
    template="portal/orders/list.html",
    empty=Empty(
        gettext_lazy("No orders yet"),
        gettext_lazy("What you order in the shop, or what we order for you, stands here."),
        icon="package",
    ),
)


@portal_page(SEE_ORDERS)
@require_GET
def orders_page(request: PageRequest) -> HttpResponseBase:
    actor = request.actor
    waiting = orders_to_approve(actor)[:MOST_WAITING].count() if actor.may(APPROVE_ORDERS) else 0
    return render_list(request, PAGE, approvals=waiting)


@portal_page(SEE_ORDERS)
@require_GET
def order(request: PageRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(orders(request.actor).select_related("process", "customer"), pk=pk)
    context: dict[str, Any] = {
        "title": _("Order %(number)s") % {"number": row.number},
        "order": row,
        "status": status_words(row),
        "status_state": status_code(row),
        **order_context(request, row),
    }
    return render(request, "portal/orders/page.html", context)


urls = [
    path("orders/", orders_page, name="orders"),
    path("orders/<int:pk>/", order, name="order"),
]
