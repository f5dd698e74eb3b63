"""Whether one may order here, and if not, why, and what happens next (O6)."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from claimdesk.customers.models import Customer
from claimdesk.kernel.actor import Actor
from claimdesk.orders.permissions import PLACE_ORDERS
from claimdesk.web.addresses import address_of, page_address

Status = Customer.Status


@dataclass(frozen=True, slots=True)
class WhyNot:
    """Why nobody can order here now, what happens next, and where that can be seen to."""

    title: str
    text: str
    url: str = ""
    action: str = ""


def may_order(actor: Actor, customer: Customer) -> bool:
    """Tell whether the actor can order for the customer: people of Active ones, staff for those of Admin too (O5)."""
    states = (Status.ACTIVE, Status.ADMIN) if actor.is_acting else (Status.ACTIVE,)
    return actor.may(PLACE_ORDERS) and customer.state in states


def why_not(actor: Actor, customer: Customer) -> WhyNot | None:
    """Return why the actor cannot order for the customer, or None where he can."""
    if may_order(actor, customer):
        return None
    if customer.state == Status.NEW and actor.is_acting:
        return WhyNot(
            _("This account is New: nobody can order for it yet"),
            _("Change it to Admin, and staff can order for it; activate it, and its people can."),
            address_of("office:customer", customer.pk),
            _("Change to Admin"),
        )
    if customer.state != Status.ACTIVE:
        return WhyNot(
            _("Nobody can order for this account at present"),
            _("Please ask us; we look at it and write to you as soon as you can order."),
        )
    return WhyNot(
        _("You can look around, but not order"),
        _("Your role does not include ordering. A manager of your account can change that under Team."),
        page_address("portal:team"),
        _("Show the team"),
    )
