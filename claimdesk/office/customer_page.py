"""A customer's page: all that is known of it, who has access, what happened."""

from typing import Any

from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.translation import gettext as _

from claimdesk.access.queries.account_claims import account_claims
from claimdesk.access.queries.members import members
from claimdesk.aftersales.models import Reclamation, WarrantyClaim
from claimdesk.aftersales.permissions import EDIT_RECLAMATIONS, VIEW_RECLAMATIONS, VIEW_WARRANTY_CLAIMS
from claimdesk.aftersales.queries.reclamations import reclamations
from claimdesk.aftersales.queries.warranty_claims import warranty_claims
from claimdesk.conversations.queries.outgoing import outgoing_mails
from claimdesk.customers.models import Customer
from claimdesk.customers.permissions import VIEW_CUSTOMERS
from claimdesk.customers.queries.customers import customers
from claimdesk.customers.queries.on_file import aliases_of, domains_to_confirm
from claimdesk.kernel.actor import Actor
from claimdesk.ledger.queries.timeline import events_of_customer, timeline
from claimdesk.office.alike import alike_of
from claimdesk.office.cells.customers import status_cell
from claimdesk.office.cells.orders import order_state
from claimdesk.office.customers import customer_url
from claimdesk.office.orders import listed_orders
from claimdesk.office.timelines import entries_of, seen_by
from claimdesk.orders.permissions import ORDER_FOR_CUSTOMERS
from claimdesk.people.permissions import VIEW_USERS
from claimdesk.web.gates import office_page
from claimdesk.web.record_forms import language_name
from claimdesk.web.requests import PageRequest

MOST_SHOWN = 20
MOST_ORDERS = 10


@office_page(VIEW_CUSTOMERS)
def customer_page(request: PageRequest, pk: int) -> HttpResponseBase:
    rows = customers(request.actor).select_related("representative", "merged_into")
    customer = get_object_or_404(rows, pk=pk)
    if customer.merged_into is not None:
        return redirect(customer_url(customer.merged_into))
    return render(request, "office/customers/page.html", _context(request, customer))


def _context(request: PageRequest, customer: Customer) -> dict[str, Any]:
    actor = request.actor
    contacts = list(customer.contacts.order_by("-is_enabled", "name_folded", "pk")[: MOST_SHOWN + 1])
    domains = list(customer.domains.select_related("confirmed_by").order_by("domain"))
    people = list(members(customer)[: MOST_SHOWN + 1])
    return {
        "title": customer.name,
        "customer": customer,
        "status": status_cell(customer, actor),
        "facts": facts_of(customer),
        "addresses": list(customer.addresses.order_by("kind", "-is_default", "pk")),
        "contacts": contacts[:MOST_SHOWN],
        "has_more_contacts": len(contacts) > MOST_SHOWN,
        "domains": domains,
        "domains_to_confirm": domains_to_confirm(customer, contacts, domains),
        "members": people[:MOST_SHOWN] if actor.may(VIEW_USERS) else [],
        "account_claims": account_claims(actor).filter(customer=customer).order_by("state", "-pk")[:10],
        "orders": orders_of(customer, actor),
        "may_order": actor.may(ORDER_FOR_CUSTOMERS),
        "reclamations": _reclamations(request, customer),
        "warranty_claims": _warranty_claims(request, customer),
        "may_claim": actor.may(EDIT_RECLAMATIONS),
        "mails": outgoing_mails(actor).filter(customer_id=customer.pk).order_by("-pk")[:10],
        "entries": entries_of(timeline(seen_by(events_of_customer(customer.pk), actor), with_outcomes=True)),
        "aliases": aliases_of(customer),
        "erp": erp_comparison(customer),
    }


def orders_of(customer: Customer, actor: Actor) -> list[dict[str, Any]]:
    """Return the customer's newest orders, each with where it stands."""
    newest = listed_orders(actor).filter(customer=customer).order_by("-ordered_at", "-pk")
    return [{"order": order, "state": order_state(order)} for order in newest[:MOST_ORDERS]]


def _reclamations(request: PageRequest, customer: Customer) -> list[Reclamation] | None:
    """Return the customer's latest reclamations (R11); None where there is nothing to show of any."""
    if not (request.seller.reclamations_on and request.actor.may(VIEW_RECLAMATIONS)):
        return None
    return list(reclamations(request.actor).filter(customer=customer).order_by("-opened_at", "-pk")[:10])


def _warranty_claims(request: PageRequest, customer: Customer) -> list[WarrantyClaim] | None:
    """Return the customer's latest warranty claims; None where there is nothing to show of any."""
    if not (request.seller.warranty_claims_on and request.actor.may(VIEW_WARRANTY_CLAIMS)):
        return None
    return list(warranty_claims(request.actor).filter(customer=customer).order_by("-changed_at", "-pk")[:10])


def facts_of(customer: Customer) -> list[tuple[str, Any]]:
    """Return the fields of a customer (A76) with their labels."""
    percent = f"{customer.discount / 100:g} %" if customer.discount else ""
    return [
        (_("Number"), customer.number),
        (_("Type"), customer.get_kind_display()),
        (_("E-mail"), customer.email),
        (_("Phone"), customer.phone),
        (_("Website"), customer.website),
        (_("Tax number"), customer.tax_number),
        (_("Payment terms"), customer.terms),
        (_("Price group"), customer.price_group),
        (_("Discount"), percent),
        (_("Currency"), customer.currency),
        (_("Language"), language_name(customer.language)),
        (_("Groups"), ", ".join(group.name for group in customer.groups.order_by("name"))),
        (_("Representative"), customer.representative.name if customer.representative else ""),
        (_("Origin"), customer.get_origin_display()),
    ]


def erp_comparison(customer: Customer) -> list[dict[str, Any]]:
    """Return what the ERP calls the customer beside what we do, each with whether they are alike (A79)."""
    pairs = (
        (_("Number"), customer.number, customer.erp_number),
        (_("Name"), customer.name, customer.erp_name),
    )
    return [
        {"label": label, "ours": ours, "theirs": theirs, "differs": bool(theirs) and ours != theirs}
        for label, ours, theirs in pairs
    ]


@office_page(VIEW_CUSTOMERS)
def customer_alike(request: PageRequest, pk: int) -> HttpResponseBase:
    """Whom else on file the customer may be; asked by the page once it stands, as it costs a search (A67)."""
    customer = get_object_or_404(customers(request.actor), pk=pk)
    context = {"title": _("Likely duplicates"), "customer": customer, "alike": alike_of(customer)}
    template = "_alike" if request.headers.get("HX-Target") == "alike" else "alike"
    return render(request, f"office/customers/{template}.html", context)


urls = [
    path("customers/<int:pk>/", customer_page, name="customer"),
    path("customers/<int:pk>/alike/", customer_alike, name="customer_alike"),
]
