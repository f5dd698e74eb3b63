"""The menus of office and portal, assembled in one place from URL names.

An entry shows where its page exists in this installation and the page's own gate lets the actor in.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.urls import Resolver404, resolve
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from claimdesk.company.models import Company
from claimdesk.kernel.actor import Actor
from claimdesk.web.addresses import page_address
from claimdesk.web.gates import EITHER

OPEN_GATES = ("public", "signed_in", "staff")


@dataclass(frozen=True, slots=True)
class Entry:
    """A page in the menu: its URL name, and the number that stands beside it.

    `for_all_customers`: it is nothing for staff who see only the customers whose representative they are.
    """

    label: Any
    url: str
    icon: str = ""
    counter: str = ""
    for_all_customers: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Entries under one heading; without a label they stand alone."""

    label: Any
    entries: tuple[Entry, ...]


OFFICE = (
    Group("", (Entry(_("Dashboard"), "office:dashboard", "layout-dashboard"),)),
    Group(
        _("Users"),
        (
            Entry(_("Claims"), "office:account_claims", "user-check", counter="account_claims"),
            Entry(_("User management"), "office:users", "users"),
            Entry(_("Contacts"), "office:contacts", "id"),
        ),
    ),
    Group(
        _("Customers"),
        (
            Entry(_("Manage customers"), "office:customers", "building"),
            Entry(_("New accounts"), "office:new_accounts", "sparkles", counter="new_accounts"),
            Entry(_("Duplicates"), "office:duplicates", "git-merge"),
            Entry(_("Import"), "office:import", "file-import", for_all_customers=True),
        ),
    ),
    Group(
        _("Sales"),
        (
            Entry(_("Orders"), "office:orders", "shopping-cart"),
            Entry(_("Reclamations"), "office:reclamations", "package"),
            Entry(_("Invoices"), "office:invoices", "file-invoice"),
            Entry(_("Products"), "office:products", "tag"),
            Entry(_("Prices"), "office:prices", "credit-card"),
        ),
    ),
    Group(
        _("Service"),
        (
            Entry(_("Warranty claims"), "office:warranty_claims", "shield-check"),
            Entry(_("RMAs"), "office:rmas", "arrow-back-up"),
            Entry(_("Units"), "office:units", "tool"),
            Entry(_("Registrations"), "office:unit_registrations", "certificate"),
        ),
    ),
    Group(
        _("Reports"),
        (
            Entry(_("Recognition"), "office:report_matching", "chart-bar"),
            Entry(_("Causes of reclamations"), "office:report_reclamations", "chart-bar"),
        ),
    ),
    Group(
        _("Settings"),
        (
            Entry(_("Company"), "office:settings_company", "settings"),
            Entry(_("Order process"), "office:settings_process", "adjustments"),
            Entry(_("System emails"), "office:settings_emails", "mail"),
            Entry(_("Reclamations"), "office:settings_reclamations", "package"),
            Entry(_("Warranty"), "office:settings_warranty", "shield-check"),
            Entry(_("Staff"), "office:settings_staff", "user-cog"),
            Entry(_("Audit log"), "office:settings_audit", "list-check"),
        ),
    ),
)

PORTAL = (
    Group(
        "",
        (
            Entry(_("Home"), "portal:home", "home"),
            Entry(_("Shop"), "portal:shop", "building-store"),
            Entry(_("Orders"), "portal:orders", "clipboard-list"),
            Entry(_("Invoices"), "portal:invoices", "file-invoice"),
            Entry(pgettext_lazy("on orders", "Claims"), "portal:claims", "package"),
            Entry(_("RMAs"), "portal:rmas", "arrow-back-up"),
            Entry(_("Products & warranty"), "portal:units", "tool"),
            Entry(
                _("Pending registration"),
                "portal:unit_registrations",
                "certificate",
                counter="units_to_register",
            ),
            Entry(_("Company"), "portal:customer", "building"),
            Entry(_("Team"), "portal:team", "users-group"),
            Entry(_("My Account"), "portal:account", "user-circle"),
        ),
    ),
)


@cache
def _gate_of(url: str, addresses: str) -> tuple[str, str]:
    """Return whom a page is for, and the seller's setting that it exists with."""
    try:
        view = resolve(url, addresses).func
    except Resolver404:
        return "", ""
    return getattr(view, "gate", ""), getattr(view, "while_on", "")


def _lets_in(url: str, actor: Actor, seller: Company | None) -> bool:
    gate, setting = _gate_of(url, settings.ROOT_URLCONF)
    is_there = not setting or seller is None or getattr(seller, setting)
    return is_there and (gate in OPEN_GATES or any(map(actor.may, gate.split(EITHER))))


def shown(
    groups: Iterable[Group],
    actor: Actor,
    path: str,
    counts: Mapping[str, int],
    seller: Company | None = None,
) -> list[dict[str, Any]]:
    """Return the menu as `actor` sees it at `path`: groups of entries, the longest matching one current.

    Pages that the `seller` has switched off are left out.
    """
    menu = []
    entries = []
    for group in groups:
        lines = []
        for entry in group.entries:
            url = page_address(entry.url)
            if entry.for_all_customers and actor.only_own_customers:
                continue
            if url and _lets_in(url, actor, seller):
                line = {
                    "label": entry.label,
                    "url": url,
                    "icon": entry.icon,
                    "current": False,
                    "counter": entry.counter,
                    "count": counts[entry.counter] if entry.counter else 0,
                }
                lines.append(line)
        if lines:
            menu.append({"label": group.label, "entries": lines})
            entries += lines
    _mark_current(entries, path)
    return menu


def _mark_current(entries: list[dict[str, Any]], path: str) -> None:
    """Mark the entry whose page, or part of the house, `path` is: the longest that fits."""
    roots = ("/", "/office/")
    here = [
        line
        for line in entries
        if path == line["url"] or (line["url"] not in roots and path.startswith(line["url"]))
    ]
    if here:
        max(here, key=lambda line: len(line["url"]))["current"] = True
