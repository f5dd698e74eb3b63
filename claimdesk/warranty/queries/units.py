"""Units, as far as the actor may see them (U2, U9)."""

from datetime import date

from django.db.models import Q, QuerySet

from claimdesk.customers.queries.customers import keys_of_customers
from claimdesk.customers.search import customers_named
from claimdesk.customers.search.prefix import beginning_with
from claimdesk.kernel.actor import Actor
from claimdesk.kernel.text import fold
from claimdesk.orders.queries.scope import papers
from claimdesk.warranty.models import Custody, Unit
from claimdesk.warranty.permissions import VIEW_OWN_UNITS, VIEW_UNITS
from claimdesk.warranty.serials import fold_serial

MOST_HITS = 1000


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


def search_units(rows: QuerySet[Unit], text: str) -> list[int]:
    """Return the keys of those among `rows` whose serial number begins so, in whichever spelling."""
    serial = fold_serial(text)
    if not serial:
        return []
    hits = rows.filter(beginning_with("serial_folded", serial)).order_by("serial_folded")
    return list(hits.values_list("pk", flat=True)[: MOST_HITS + 1])


def search_units_and_dealers(rows: QuerySet[Unit], text: str) -> list[int]:
    """Return the keys of those among `rows` whose serial number begins so, then of those whose dealer is named so."""
    keys = search_units(rows, text)
    dealers = customers_named(text, most=MOST_HITS)
    if dealers and len(keys) <= MOST_HITS:
        theirs = rows.filter(dealer_id__in=dealers).order_by("-created_at", "-pk")
        keys += theirs.values_list("pk", flat=True)[: MOST_HITS + 1]
    return list(dict.fromkeys(keys))


def of_dealer(rows: QuerySet[Unit], text: str) -> QuerySet[Unit]:
    """Narrow to the units of the dealers with that number or name."""
    return rows.filter(dealer_id__in=keys_of_customers(text))


def of_product(rows: QuerySet[Unit], text: str) -> QuerySet[Unit]:
    """Narrow to the units of the product with that number."""
    return rows.filter(product__number_folded=fold(text)[:120])


def by_cover(rows: QuerySet[Unit], word: str, *, on: date) -> QuerySet[Unit]:
    """Narrow to the units whose base cover `runs` on a day, has `ended` before it, or is `none`."""
    if word == "none":
        return rows.filter(cover_ends_on=None)
    return rows.filter(Q(cover_ends_on__lt=on) if word == "ended" else Q(cover_ends_on__gte=on))


def custody_of(unit: Unit) -> QuerySet[Custody]:
    """Return who had the unit from when until when, oldest first (U6)."""
    return Custody.objects.filter(unit=unit).select_related("customer").order_by("from_on", "id")


def chain_of(unit: Unit) -> tuple[Unit | None, Unit | None]:
    """Return the unit whose place this one took, and the one that took its place (U7)."""
    around = Unit.objects.filter(Q(replaced_by_id=unit.pk) | Q(pk=unit.replaced_by_id or 0))
    found = {each.pk: each for each in around}
    after = found.get(unit.replaced_by_id or 0)
    return next((each for each in found.values() if each is not after), None), after
