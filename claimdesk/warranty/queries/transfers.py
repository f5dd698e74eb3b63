"""Wishes to hand units on, as far as the actor may see them (U6)."""

from django.db.models import QuerySet

from claimdesk.access.queries.papers import customers_of_papers
from claimdesk.kernel.actor import Actor
from claimdesk.warranty.models import Transfer, Unit
from claimdesk.warranty.permissions import VIEW_OWN_UNITS


def transfers_to(actor: Actor) -> QuerySet[Transfer]:
    """Return the units that others want to hand on to the actor's account and that it has not decided on."""
    return _asked(actor).filter(to_customer_id__in=customers_of_papers(actor)).order_by("-id")


def transfers_from(actor: Actor) -> QuerySet[Transfer]:
    """Return the units that the actor's account wants to hand on and that are not decided on."""
    return _asked(actor).filter(from_customer_id__in=customers_of_papers(actor)).order_by("-id")


def transfer_asked(unit: Unit) -> Transfer | None:
    """Return the wish to hand on a unit that the caller was shown, if there is one."""
    asked = Transfer.objects.filter(unit=unit, state=Transfer.State.ASKED)
    return asked.select_related("to_customer", "from_customer").first()


def transfer_with_id(key: int) -> Transfer | None:
    """Return a wish to hand on a unit, for those who tell both sides of it."""
    rows = Transfer.objects.select_related("unit__product", "from_customer", "to_customer")
    return rows.filter(pk=key).first()


def _asked(actor: Actor) -> QuerySet[Transfer]:
    rows = Transfer.objects.filter(state=Transfer.State.ASKED)
    rows = rows.select_related("unit__product", "from_customer", "to_customer")
    return rows if actor.may(VIEW_OWN_UNITS) else rows.none()
