"""Warranty claims as lists want them: the four views of a customer, their counts, the search (W6)."""

from typing import Literal

from django.db.models import Q, QuerySet

from claimdesk.aftersales.models import WarrantyClaim
from claimdesk.aftersales.queries.warranty_claims import warranty_claims
from claimdesk.customers.search.prefix import beginning_with
from claimdesk.kernel.actor import Actor
from claimdesk.kernel.counting import capped_counts
from claimdesk.kernel.text import fold_number
from claimdesk.warranty.serials import fold_serial

View = Literal["active", "draft", "closed", "all"]
VIEWS: tuple[View, ...] = ("active", "draft", "closed", "all")
MOST_HITS = 1000
State = WarrantyClaim.State


def claims_in_view(actor: Actor, view: View) -> QuerySet[WarrantyClaim]:
    """Return the claims of a view, as far as `actor` may see them: active are neither drafts nor closed."""
    rows = warranty_claims(actor)
    if view == "active":
        return rows.exclude(state__in=(State.DRAFT, State.CLOSED))
    return rows if view == "all" else rows.filter(state=view)


def counts_by_view(actor: Actor) -> dict[str, int]:
    """Return how many claims each view holds; capped."""
    return capped_counts({view: claims_in_view(actor, view).order_by() for view in VIEWS})


def search_claims(rows: QuerySet[WarrantyClaim], text: str) -> list[int]:
    """Return the keys of those among `rows` whose number, serial number or invoice number begins so, newest first."""
    number, serial = fold_number(text), fold_serial(text)
    hits = Q(pk__in=())
    if serial:
        hits |= beginning_with("serial_folded", serial)
    if number:
        hits |= beginning_with("number_folded", number) | Q(invoice_number_folded=number)
        if number.isdigit():
            hits |= beginning_with("number_folded", f"w{number}")
    return list(rows.filter(hits).order_by("-pk").values_list("pk", flat=True)[: MOST_HITS + 1])
