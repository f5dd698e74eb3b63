"""The first page of the office: what waits, and what happened."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _

from claimdesk.access.permissions import VIEW_ACCOUNT_CLAIMS
from claimdesk.access.queries.account_claims import oldest_pending, pending_count
from claimdesk.company.permissions import EDIT_SETTINGS
from claimdesk.conversations.queries.outgoing import failed_count
from claimdesk.customers.permissions import MERGE_CUSTOMERS, VIEW_CUSTOMERS
from claimdesk.customers.queries.customers import new_accounts_count
from claimdesk.customers.queries.duplicates import open_pairs_count
from claimdesk.ledger.queries.timeline import latest_events, timeline
from claimdesk.office.timelines import entries_of
from claimdesk.people.permissions import VIEW_AUDIT_LOG
from claimdesk.web.gates import office_page
from claimdesk.web.requests import PageRequest

SHOWN = 12


@office_page()
def dashboard(request: PageRequest) -> HttpResponse:
    actor = request.actor
    may_read_all = actor.may(VIEW_AUDIT_LOG)
    context = {
        "title": _("Dashboard"),
        "tiles": _tiles(request),
        "entries": entries_of(timeline(latest_events(), limit=SHOWN)) if may_read_all else None,
    }
    return render(request, "office/dashboard.html", context)


def _tiles(request: PageRequest) -> list[dict[str, Any]]:
    """Return a tile for each thing that may wait for the actor: number, words, address."""
    actor, tiles = request.actor, []
    if actor.may(VIEW_ACCOUNT_CLAIMS):
        tiles.append(
            {
                "icon": "user-check",
                "number": pending_count(actor),
                "label": _("account claims wait"),
                "oldest": oldest_pending(actor),
                "url": reverse("office:account_claims") + "?status=pending",
            }
        )
    if actor.may(VIEW_CUSTOMERS):
        number, url = new_accounts_count(actor), reverse("office:new_accounts")
        tiles.append({"icon": "sparkles", "number": number, "label": _("new accounts"), "url": url})
    if actor.may(MERGE_CUSTOMERS):
        number, url = open_pairs_count(actor), reverse("office:duplicates")
        tiles.append({"icon": "git-merge", "number": number, "label": _("likely duplicates"), "url": url})
    if actor.may(EDIT_SETTINGS):
        number, url = failed_count(), reverse("office:settings_sent") + "?status=failed"
        tiles.append({"icon": "mail", "number": number, "label": _("mails failed"), "url": url})
    return tiles


urls = [path("", dashboard, name="dashboard")]
