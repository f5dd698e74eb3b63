"""Sales › Orders: the overview (O1, O15)."""

from dataclasses import replace
from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.http.response import HttpResponseBase
from django.urls import path, reverse_lazy
from django.utils.translation import gettext_lazy

from claimdesk.customers.queries.customers import keys_of_customers
from claimdesk.customers.queries.on_file import addresses
from claimdesk.kernel.actor import Actor
from claimdesk.kernel.money import to_decimal
from claimdesk.office.cells.orders import (
    business_unit_cell,
    claim_cell,
    has_claim_cell,
    order_customer_cell,
    order_link,
    order_state_cell,
    order_total_cell,
)
from claimdesk.office.settings.days import SinceDay, UntilDay
from claimdesk.orders.models import Order
from claimdesk.orders.permissions import ORDER_FOR_CUSTOMERS, VIEW_ORDERS
from claimdesk.orders.queries.items import with_items_in
from claimdesk.orders.queries.orders import orders, search_orders, with_approval
from claimdesk.orders.queries.processes import state_choices
from claimdesk.people.queries.staff import staff_members
from claimdesk.web.gates import office_page
from claimdesk.web.lists import Column, Empty, ListPage, Preset, render_list
from claimdesk.web.numbers import whole_number
from claimdesk.web.requests import PageRequest

MOST_CUSTOMERS = 20
MOST_ADDRESSES = 200


def business_units(actor: Actor, customers: list[int], chosen: int) -> list[tuple[int, str]]:
    """Return the addresses to choose from: those of the customers filtered by, and the one chosen already."""
    if not customers and not chosen:
        return []
    of_customers = Q(pk=chosen) | Q(customer_id__in=customers[:MOST_CUSTOMERS])
    found = addresses(actor).filter(of_customers).order_by("town", "street", "pk")[:MOST_ADDRESSES]
    return [(address.pk, address.label or str(address)) for address in found]


class OrderFilters(django_filters.FilterSet):
    """Filters of Orders."""

    state = django_filters.ChoiceFilter(
        label=gettext_lazy("Status"), choices=state_choices, empty_label=gettext_lazy("All")
    )
    item_state = django_filters.ChoiceFilter(
        method="having_items",
        choices=state_choices,
        label=gettext_lazy("Has items in"),
        empty_label=gettext_lazy("All"),
    )
    customer = django_filters.CharFilter(
        label=gettext_lazy("Customer (number or name)"), method="of_customer"
    )
    ship_to = django_filters.ChoiceFilter(
        choices=(),
        label=gettext_lazy("Business unit (of the customer named)"),
        empty_label=gettext_lazy("All"),
    )
    since = SinceDay(field_name="ordered_at", label=gettext_lazy("From"))
    until = UntilDay(field_name="ordered_at", label=gettext_lazy("Until"))
    representative = django_filters.ModelChoiceFilter(
        queryset=lambda request: staff_members(),
        label=gettext_lazy("Representative"),
        empty_label=gettext_lazy("All"),
    )
    has_claim = django_filters.ChoiceFilter(
        method="having_claim",
        choices=[("yes", gettext_lazy("With")), ("no", gettext_lazy("Without"))],
        label=gettext_lazy("Reclamation"),
        empty_label=gettext_lazy("All"),
    )
    approval = django_filters.ChoiceFilter(
        method="of_approval",
        label=gettext_lazy("Approval by the customer"),
        choices=Order.Approval.choices,
        empty_label=gettext_lazy("All"),
    )

    def __init__(self, *arguments: Any, **named: Any) -> None:
        """Look up the customer that is named once: for its orders, and for the addresses to choose from."""
        super().__init__(*arguments, **named)
        if not self.request.seller.reclamations_on:
            del self.filters["has_claim"]
        typed = self.data.get("customer", "") if self.data else ""
        self.named = keys_of_customers(typed) if typed else []
        chosen = whole_number(self.data.get("ship_to")) if self.data else 0
        self.filters["ship_to"].extra["choices"] = business_units(self.request.actor, self.named, chosen)

    def of_customer(self, rows: QuerySet[Order], _name: str, _value: str) -> QuerySet[Order]:
        """Those of the customers with that number or name."""
        return rows.filter(customer_id__in=self.named)

    def of_approval(self, rows: QuerySet[Order], _name: str, value: str) -> QuerySet[Order]:
        """Those whose approval stands so."""
        return with_approval(rows, value)

    def having_items(self, rows: QuerySet[Order], _name: str, value: str) -> QuerySet[Order]:
        """Those with an item in that state, whatever state the order shows."""
        return with_items_in(rows, value)

    def having_claim(self, rows: QuerySet[Order], _name: str, value: str) -> QuerySet[Order]:
        """Those with a reclamation, or without."""
        return rows.filter(has_reclamation=value == "yes")


def listed_orders(actor: Actor) -> QuerySet[Order]:
    """Return the orders with what a list shows of them; the text of their process is read once for all."""
    return (
        orders(actor).select_related("customer", "process", "representative").defer("process__text", "note")
    )


def fields_for_files(rows: QuerySet[Order]) -> QuerySet[Order]:
    """Read only what stands in files."""
    with_names = rows.select_related(None).select_related("customer", "representative")
    return with_names.only(
        "number", "po_number", "customer__name", "customer__number", "placed_by_name", "state", "total", "currency",
        "ordered_on", "has_reclamation", "ship_to_town", "representative__name", "wished_on",
    )  # fmt: skip


def exported_total(order: Order) -> Any:
    """Return the total as a number of the currency."""
    return to_decimal(order.total, order.currency)


PAGE = ListPage(
    name="orders",
    title=gettext_lazy("Orders"),
    rows=listed_orders,
    columns=(
        Column("number", gettext_lazy("Number"), heading=True, link=order_link),
        Column("po_number", gettext_lazy("PO number")),
        Column("customer", gettext_lazy("Customer"), value="customer.name", cell=order_customer_cell),
        Column("placed_by", gettext_lazy("Placed by"), value="placed_by_name"),
        Column("status", gettext_lazy("Status"), value="state", cell=order_state_cell),
        Column(
            "total",
            gettext_lazy("Total"),
            cell=order_total_cell,
            numeric=True,
            export=exported_total,
        ),
        Column("date", gettext_lazy("Date"), value="ordered_on", sort="ordered_at"),
        Column("has_claim", gettext_lazy("Reclamation"), value="has_reclamation", cell=has_claim_cell),
        Column("claim", gettext_lazy("Actions"), value="pk", cell=claim_cell, exported=False),
        Column(
            "business_unit",
            gettext_lazy("Business unit"),
            value="ship_to_town",
            cell=business_unit_cell,
            shown=False,
        ),
        Column("representative", gettext_lazy("Representative"), value="representative.name", shown=False),
        Column("customer_number", gettext_lazy("Customer number"), value="customer.number", shown=False),
        Column("currency", gettext_lazy("Currency"), shown=False),
        Column("wished", gettext_lazy("Wished date"), value="wished_on", shown=False),
    ),
    sort="-date",
    filters=OrderFilters,
    search=search_orders,
    search_hint=gettext_lazy("Number, PO number or customer"),
    presets=(
        Preset(gettext_lazy("All"), ""),
        Preset(gettext_lazy("New"), "state=new"),
        Preset(gettext_lazy("With a claim"), "has_claim=yes"),
        Preset(gettext_lazy("Waiting for approval"), "approval=pending"),
    ),
    for_files=fields_for_files,
    row_url=order_link,
    template="office/orders/list.html",
    live_seconds=15,
    empty=Empty(
        gettext_lazy("No orders yet"),
        gettext_lazy("They come from the shop, by import, or you order for a customer."),
        icon="shopping-cart",
        url=reverse_lazy("office:order_new"),
        action=gettext_lazy("New order"),
    ),
)


# While the seller has switched reclamations off, nothing of them shows (R10).
WITHOUT_CLAIMS = replace(
    PAGE,
    columns=tuple(column for column in PAGE.columns if column.name not in ("has_claim", "claim")),
    presets=tuple(preset for preset in PAGE.presets if "has_claim" not in preset.query),
)


@office_page(VIEW_ORDERS)
def orders_page(request: PageRequest) -> HttpResponseBase:
    page = PAGE if request.seller.reclamations_on else WITHOUT_CLAIMS
    return render_list(request, page, may_order=request.actor.may(ORDER_FOR_CUSTOMERS))


urls = [path("orders/", orders_page, name="orders")]
