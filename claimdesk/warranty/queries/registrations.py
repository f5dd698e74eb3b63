"""Registrations of units, as far as the actor may see them (U4)."""

from django.db.models import Q, QuerySet

from claimdesk.access.queries.papers import customers_of_papers
from claimdesk.customers.search import customers_named
from claimdesk.customers.search.prefix import beginning_with
from claimdesk.kernel.actor import Actor
from claimdesk.orders.queries.scope import papers
from claimdesk.warranty.models import Registration, Unit
from claimdesk.warranty.permissions import VIEW_OWN_UNITS, VIEW_UNITS
from claimdesk.warranty.serials import fold_serial

MOST_HITS = 1000


def registrations(actor: Actor) -> QuerySet[Registration]:
    """Return the registrations that `actor` may see: staff all or their customers', others their account's."""
    rows = Registration.objects.select_related("unit__product", "dealer")
    return papers(rows, actor, staff=VIEW_UNITS, customers=VIEW_OWN_UNITS, customer="dealer")


def registrations_of(unit: Unit, actor: Actor) -> list[Registration]:
    """Return what was registered of a unit that `actor` was shown, newest first.

    A dealer's people see what is in force and what their own account told; an earlier dealer's words they do not.
    """
    rows = Registration.objects.filter(unit=unit).order_by("-id")
    if not actor.is_staff or actor.is_acting:
        rows = rows.filter(Q(state=Registration.State.IN_FORCE) | Q(dealer_id__in=customers_of_papers(actor)))
    return list(rows)


def registration_in_force(unit: Unit) -> Registration | None:
    """Return the registration in force of a unit that the caller was shown."""
    in_force = Registration.objects.filter(unit=unit, state=Registration.State.IN_FORCE)
    return in_force.select_related("unit").first()


def search_registrations(rows: QuerySet[Registration], text: str) -> list[int]:
    """Return the keys of those among `rows` whose serial number begins so or whose dealer is named so, newest first."""
    serial = fold_serial(text)
    hits = Q(dealer_id__in=customers_named(text, most=MOST_HITS))
    if serial:
        numbered = Unit.objects.filter(beginning_with("serial_folded", serial)).order_by("serial_folded")
        hits |= Q(unit_id__in=list(numbered.values_list("pk", flat=True)[:MOST_HITS]))
    return list(rows.filter(hits).order_by("-pk").values_list("pk", flat=True)[: MOST_HITS + 1])
