"""Units, as far as the actor may see them (U2, U9)."""

from django.db.models import QuerySet

from claimdesk.access.queries.papers import customers_of_papers
from claimdesk.kernel.actor import Actor
from claimdesk.warranty.models import Unit
from claimdesk.warranty.permissions import VIEW_OWN_UNITS, VIEW_UNITS
from claimdesk.warranty.serials import fold_serial


def units(actor: Actor) -> QuerySet[Unit]:
    """Return the units that `actor` may see whole: staff all or their customers', others those of their account."""
    if actor.kind == "system":
        return Unit.objects.all()
    if actor.is_staff and not actor.is_acting and actor.may(VIEW_UNITS):
        if actor.only_own_customers:
            return Unit.objects.filter(dealer__representative_id=actor.id)
        return Unit.objects.all()
    if not actor.may(VIEW_OWN_UNITS):
        return Unit.objects.none()
    keys = customers_of_papers(actor)
    return (
        Unit.objects.filter(dealer_id=keys[0]) if len(keys) == 1 else Unit.objects.filter(dealer_id__in=keys)
    )


def units_to_register(actor: Actor) -> QuerySet[Unit]:
    """Return the units that wait to be registered (U3)."""
    return units(actor).filter(is_registered=False, state=Unit.State.ACTIVE)


def unit_with_serial(serial: str) -> Unit | None:
    """Return the unit that bears the serial number, in whichever spelling, with what cover is computed from.

    Who may see how much of it the caller decides.
    """
    product = "product__category__parent__parent"
    return Unit.objects.select_related(product).filter(serial_folded=fold_serial(serial)).first()
