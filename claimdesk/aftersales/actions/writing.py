"""Writers that the actions of reclamations share; they record nothing."""

from collections.abc import Mapping
from decimal import Decimal

from django.db.models import F
from django.utils.translation import gettext as _

from claimdesk.aftersales.models import Reclamation, ReclamationLine
from claimdesk.kernel.clock import now
from claimdesk.kernel.quantities import quantity_value
from claimdesk.kernel.refused import Refused
from claimdesk.orders.models import OrderLine


def hold(reclamation: Reclamation) -> None:
    """Read the reclamation anew under lock, with its order, which everybody holds before quantities and money of it.

    Whoever held quantities first and then waited for the order would wait for who moves its items, and he for them.
    """
    rows = Reclamation.objects.select_for_update(of=("self", "order")).select_related(
        "order__customer", "customer", "cause"
    )
    reclamation.refresh_from_db(from_queryset=rows)


def hold_open(reclamation: Reclamation) -> None:
    """Hold the reclamation, and refuse if it is closed (R5)."""
    hold(reclamation)
    if not reclamation.is_open:
        raise reclamation.refuse_move()


def write_changed(reclamation: Reclamation, **fields: object) -> None:
    """Set fields of an open reclamation, and when it changed."""
    values = {**fields, "changed_at": now()}
    changed = Reclamation.objects.filter(pk=reclamation.pk, state=Reclamation.State.OPEN).update(**values)
    if not changed:
        reclamation.refresh_from_db()
        raise reclamation.refuse_move()
    for name, value in values.items():
        setattr(reclamation, name, value)


def write_settled(reclamation: Reclamation, quantities: Mapping[int, Decimal], outcome: str) -> None:
    """Finish quantities of claimed lines, by key of the order's line; nothing is finished twice (R8).

    Refuses: `already_settled`, `foreign_line`.
    """
    for line_id, quantity in sorted(quantities.items()):
        if quantity <= 0:
            raise Refused("quantity_not_positive", _("A quantity must be more than zero."))
        rows = ReclamationLine.objects.filter(reclamation=reclamation, line_id=line_id)
        finished = rows.filter(quantity__gte=F("settled") + quantity_value(quantity)).update(
            settled=F("settled") + quantity_value(quantity), outcome=outcome
        )
        if not finished:
            raise _refused(rows.exists(), line_id)


def _refused(is_claimed: bool, line_id: int) -> Refused:
    if not is_claimed:
        return Refused("foreign_line", _("This item is not part of the reclamation."))
    line = OrderLine.objects.get(pk=line_id)
    message = _("Of %(article)s less is unfinished than that; somebody was faster.")
    return Refused("already_settled", message % {"article": line.product_name})
