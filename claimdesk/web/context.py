"""What every page's furniture needs to know; lazy, so that parts of pages pay nothing."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from claimdesk.access.models import AccountClaim
from claimdesk.access.queries.account_claims import account_claims
from claimdesk.company.queries.company import company
from claimdesk.customers.models import Customer
from claimdesk.customers.queries.customers import customers
from claimdesk.kernel.actor import VISITOR, Actor
from claimdesk.kernel.counting import capped_counts
from claimdesk.orders.queries.carts import cart_lines
from claimdesk.people.models import Notification
from claimdesk.warranty.models import Unit
from claimdesk.warranty.queries.units import units_to_register
from claimdesk.web import menus
from claimdesk.web.theme import theme_of

DIALOG = "dialog"
LAYOUTS = ("office", "portal", "plain")


def furniture(request: HttpRequest) -> dict[str, Any]:
    """Return the seller, the actor, the menus, and `layout`: in a dialog every page wears the dialog's frame."""
    actor = getattr(request, "actor", VISITOR)
    in_dialog = request.headers.get("HX-Target") == DIALOG
    seller: Any = getattr(request, "seller", SimpleLazyObject(company))
    counts: Any = SimpleLazyObject(lambda: _counts(actor))
    return {
        "company": seller,
        "actor": actor,
        "theme": theme_of(request),
        "in_dialog": in_dialog,
        "layout": {name: "web/dialog.html" if in_dialog else f"web/{name}.html" for name in LAYOUTS},
        "counts": counts,
        "accounts": SimpleLazyObject(lambda: _accounts(request)),
        "office_menu": SimpleLazyObject(
            lambda: menus.shown(menus.OFFICE, actor, request.path, counts, seller)
        ),
        "portal_menu": SimpleLazyObject(
            lambda: menus.shown(menus.PORTAL, actor, request.path, counts, seller)
        ),
    }


def _accounts(request: HttpRequest) -> list[dict[str, Any]]:
    """Return the customers whom a user can take in hand, for the switcher; staff who act hold just the one."""
    actor = getattr(request, "actor", VISITOR)
    if actor.is_acting:
        return []
    return [
        {
            "id": membership.customer_id,
            "name": membership.customer.name,
            "number": membership.customer.number,
            "current": membership.customer_id == actor.customer_id,
        }
        for membership in getattr(request, "memberships", ())
    ]


def _counts(actor: Actor) -> dict[str, int]:
    """Return the numbers beside menu entries; those past a thousand show as 1,000+."""
    pending = account_claims(actor).filter(state=AccountClaim.State.PENDING)
    new = customers(actor).filter(state=Customer.Status.NEW, merged_into=None)
    unread = Notification.objects.filter(user_id=actor.id or 0, read_at=None)
    cart = cart_lines(actor).order_by()
    return capped_counts(
        {
            "account_claims": pending,
            "new_accounts": new,
            "unread": unread,
            "cart": cart,
            "units_to_register": _to_register(actor),
        }
    )


def _to_register(actor: Actor) -> QuerySet[Unit]:
    """The units that the account in hand has to register; staff read their number nowhere."""
    return units_to_register(actor).order_by() if actor.customer_id else Unit.objects.none()
