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

from claimdesk.kernel.actor import Actor
from claimdesk.web.addresses import page_address

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
    Group(_("Reports"), (Entry(_("Recognition"), "office:report_matching", "chart-bar"),)),
    Group(
        _("Settings"),
        (
            Entry(_("Company"), "office:settings_company", "settings"),
            Entry(_("System emails"), "office:settings_emails", "mail"),
            Entry(_("Reclamations"), "office:settings_reclamations", "package"),
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
            Entry(_("Company"), "portal:customer", "building"),
            Entry(_("Team"), "portal:team", "users-group"),
            Entry(_("My Account"), "portal:account", "user-circle"),
        ),
    ),
)


@cache
def _gate_of(url: str, addresses: str) -> str:
    try:
        return getattr(resolve(url, addresses).func, "gate", "")
    except Resolver404:
        return ""


def _lets_in(url: str, actor: Actor) -> bool:
    gate = _gate_of(url, settings.ROOT_URLCONF)
    return gate in OPEN_GATES or actor.may(gate)


def shown(
    groups: Iterable[Group], actor: Actor, path: str, counts: Mapping[str, int]
) -> list[dict[str, Any]]:
    """Return the menu as `actor` sees it at `path`: groups of entries, the longest matching one current."""
    menu = []
    entries = []
    for group in groups:
        lines = []
        for entry in group.entries:
            url = page_address(entry.url)
            if entry.for_all_customers and actor.only_own_customers:
                continue
            if url and _lets_in(url, actor):
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
    roots = ("/", "/office/")
    here = [
        line
        for line in entries
        if path == line["url"] or (line["url"] not in roots and path.startswith(line["url"]))
    ]
    if here:
        max(here, key=lambda line: len(line["url"]))["current"] = True
    return menu
