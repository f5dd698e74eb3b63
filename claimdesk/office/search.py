"""Search over everything: the top hits of each kind."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from claimdesk.access.models import AccountClaim
from claimdesk.access.permissions import VIEW_ACCOUNT_CLAIMS
from claimdesk.access.queries.account_claims import account_claims
from claimdesk.access.queries.contacts import contacts_with_sign_in, search_contacts
from claimdesk.access.queries.users import find_users, users
from claimdesk.aftersales.models import Reclamation, WarrantyClaim
from claimdesk.aftersales.permissions import VIEW_RECLAMATIONS, VIEW_WARRANTY_CLAIMS
from claimdesk.aftersales.queries.claims_queue import search_warranty_claims
from claimdesk.aftersales.queries.reclamations import reclamations, search_reclamations
from claimdesk.aftersales.queries.warranty_claims import warranty_claims
from claimdesk.catalog.models import Product
from claimdesk.catalog.permissions import VIEW_PRODUCTS
from claimdesk.catalog.queries.products import products
from claimdesk.catalog.search import find_products
from claimdesk.company.queries.company import company
from claimdesk.customers.models import Contact, Customer
from claimdesk.customers.permissions import VIEW_CUSTOMERS
from claimdesk.customers.queries.customers import listed_customers
from claimdesk.customers.search import find_customers
from claimdesk.kernel.actor import Actor
from claimdesk.kernel.text import tidy
from claimdesk.office.cells.orders import order_link
from claimdesk.office.contacts import contact_url
from claimdesk.office.customers import customer_url
from claimdesk.office.invoices import invoice_url
from claimdesk.office.orders import listed_orders
from claimdesk.office.products import product_url
from claimdesk.office.reclamations import reclamation_url
from claimdesk.office.warranty_claims import warranty_claim_url
from claimdesk.orders.models import Order
from claimdesk.orders.permissions import VIEW_INVOICES, VIEW_ORDERS
from claimdesk.orders.queries.invoices import invoices, search_invoices, with_standing
from claimdesk.orders.queries.orders import search_orders
from claimdesk.orders.queries.processes import state_label
from claimdesk.people.models import User
from claimdesk.people.permissions import VIEW_USERS
from claimdesk.web.addresses import address_of, page_address
from claimdesk.web.gates import office_page
from claimdesk.web.pieces import money
from claimdesk.web.requests import PageRequest
from claimdesk.web.words import standing_name

TOP = 5
LONGEST = 200


@dataclass(frozen=True, slots=True)
class Hit:
    """One line of the answer."""

    title: str
    url: str
    detail: str = ""
    state: str = ""
    state_label: str = ""
    is_dialog: bool = False


def _customers(actor: Actor, text: str) -> list[Hit]:
    rows = listed_customers(actor)
    keys = find_customers(rows, text)[:TOP]
    return [_customer(row) for row in _in_order(rows, keys)]


def _customer(row: Customer) -> Hit:
    detail = " · ".join(filter(None, (row.number, row.email, row.town)))  # type: ignore[attr-defined]  # the query annotates it
    return Hit(row.name, customer_url(row), detail, row.state, row.get_state_display())


def _contacts(actor: Actor, text: str) -> list[Hit]:
    rows = contacts_with_sign_in(actor)
    return [_contact(row) for row in _in_order(rows, search_contacts(rows, text)[:TOP])]


def _contact(row: Contact) -> Hit:
    parts = (row.username, row.email, row.customer.name)  # type: ignore[attr-defined]  # the query annotates it
    return Hit(row.name, contact_url(row), " · ".join(filter(None, parts)), is_dialog=True)


def _users(actor: Actor, text: str) -> list[Hit]:
    return [_user(row) for row in find_users(users(actor), text)[:TOP]]


def _user(row: User) -> Hit:
    url = address_of("office:user", row.pk) if page_address("office:users") else ""
    return Hit(row.name, url, f"{row.username} · {row.email}")


def _account_claims(actor: Actor, text: str) -> list[Hit]:
    theirs = [user.pk for user in find_users(users(actor), text)]
    rows = account_claims(actor).filter(user__in=theirs).order_by("-pk")[:TOP]
    return [_account_claim(row) for row in rows]


def _account_claim(row: AccountClaim) -> Hit:
    url = address_of("office:account_claim", row.pk) if page_address("office:account_claims") else ""
    detail = f"{row.user.email} · {row.customer.name}"
    return Hit(row.user.name, url, detail, row.state, row.get_state_display(), is_dialog=True)


def _products(actor: Actor, text: str) -> list[Hit]:
    rows = products(actor).select_related("category")
    return [_product(row) for row in _in_order(rows, find_products(rows, text)[:TOP])]


def _product(row: Product) -> Hit:
    detail = " · ".join(filter(None, (row.number, row.category.name if row.category else "")))
    withdrawn = ("withdrawn", _("Withdrawn")) if row.is_withdrawn else ("", "")
    return Hit(row.name, product_url(row), detail, *withdrawn)


def _orders(actor: Actor, text: str) -> list[Hit]:
    rows = listed_orders(actor)
    return [_order(row) for row in _in_order(rows, search_orders(rows, text)[:TOP])]


def _order(row: Order) -> Hit:
    detail = " · ".join(filter(None, (row.customer.name, row.po_number)))
    return Hit(row.number, order_link(row), detail, row.state, state_label(row.process, row.state))


def _invoices(actor: Actor, text: str) -> list[Hit]:
    rows = with_standing(invoices(actor)).select_related("customer")
    return [_invoice(row) for row in _in_order(rows, search_invoices(rows, text)[:TOP])]


def _invoice(row: Any) -> Hit:
    detail = f"{row.customer.name} · {money(row.total, row.currency)}"
    return Hit(row.number, invoice_url(row), detail, row.standing, standing_name(row.standing))


def _reclamations(actor: Actor, text: str) -> list[Hit]:
    if not company().reclamations_on:
        return []
    rows = reclamations(actor)
    return [_reclamation(row) for row in _in_order(rows, search_reclamations(rows, text)[:TOP])]


def _reclamation(row: Reclamation) -> Hit:
    detail = " · ".join((row.order.number, row.customer.name, row.cause.name))
    return Hit(row.number, reclamation_url(row), detail, row.state, row.get_state_display())


def _warranty_claims(actor: Actor, text: str) -> list[Hit]:
    if not company().warranty_claims_on:
        return []
    rows = warranty_claims(actor).select_related("customer")
    return [_warranty_claim(row) for row in _in_order(rows, search_warranty_claims(rows, text)[:TOP])]


def _warranty_claim(row: WarrantyClaim) -> Hit:
    detail = " · ".join(filter(None, (row.serial, row.customer.name, row.complaint)))
    return Hit(row.number, warranty_claim_url(row), detail, row.state, row.get_state_display())


def _in_order(rows: Any, keys: list[int]) -> list[Any]:
    by_key = {row.pk: row for row in rows.filter(pk__in=keys)}
    return [by_key[key] for key in keys if key in by_key]


KINDS: tuple[tuple[str, str, str, Callable[[Actor, str], list[Hit]]], ...] = (
    ("customers", "office:customers", VIEW_CUSTOMERS, _customers),
    ("contacts", "office:contacts", VIEW_CUSTOMERS, _contacts),
    ("users", "office:users", VIEW_USERS, _users),
    ("account_claims", "office:account_claims", VIEW_ACCOUNT_CLAIMS, _account_claims),
    ("orders", "office:orders", VIEW_ORDERS, _orders),
    ("reclamations", "office:reclamations", VIEW_RECLAMATIONS, _reclamations),
    ("warranty_claims", "office:warranty_claims", VIEW_WARRANTY_CLAIMS, _warranty_claims),
    ("invoices", "office:invoices", VIEW_INVOICES, _invoices),
    ("products", "office:products", VIEW_PRODUCTS, _products),
)


@office_page()
def search_page(request: PageRequest) -> HttpResponseBase:
    actor: Actor = request.actor
    text = tidy(request.GET.get("q", ""))[:LONGEST]
    labels = {
        "customers": _("Customers"),
        "contacts": _("Contacts"),
        "users": _("Users"),
        "account_claims": _("Claims"),
        "orders": _("Orders"),
        "reclamations": _("Reclamations"),
        "warranty_claims": _("Warranty claims"),
        "invoices": _("Invoices"),
        "products": _("Products"),
    }
    kinds = [
        {"label": labels[kind], "hits": hits, "more": _all(page, text) if len(hits) == TOP else ""}
        for kind, page, permission, find in KINDS
        if text and actor.may(permission) and (hits := find(actor, text))
    ]
    return render(request, "office/search/page.html", {"title": _("Search"), "text": text, "kinds": kinds})


def _all(page: str, text: str) -> str:
    url = page_address(page)
    return f"{url}?{urlencode({'q': text})}" if url else ""


urls = [path("search/", search_page, name="search")]
