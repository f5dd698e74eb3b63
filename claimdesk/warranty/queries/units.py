"""Units, as far as the actor may see them (U2, U9)."""

from django.db.models import QuerySet

from claimdesk.kernel.actor import Actor
from claimdesk.orders.queries.scope import papers
from claimdesk.warranty.models import Unit
from claimdesk.warranty.permissions import VIEW_OWN_UNITS, VIEW_UNITS
from claimdesk.warranty.serials import fold_serial


def units(actor: Actor) -> QuerySet[Unit]:
    """Return the units that `actor` may see whole: staff all or their customers', others those of their account."""
    return papers(Unit.objects.all(), actor, staff=VIEW_UNITS, customers=VIEW_OWN_UNITS, customer="dealer")


def units_to_register(actor: Actor) -> QuerySet[Unit]:
    """Return the units that wait to be registered (U3)."""
    return units(actor).filter(is_registered=False, state=Unit.State.ACTIVE)


def unit_with_serial(serial: str) -> Unit | None:
    """Return the unit that bears the serial number, in whichever spelling, with what cover is computed from.

    Who may see how much of it the caller decides.
    """
    product = "product__category__parent__parent"
    return Unit.objects.select_related(product).filter(serial_folded=fold_serial(serial)).first()
