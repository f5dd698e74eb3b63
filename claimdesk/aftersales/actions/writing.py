"""Writers that the actions of reclamations share; they record nothing."""

from collections.abc import Mapping
from decimal import Decimal

from django.db.models import F
from django.utils.translation import gettext as _

from claimdesk.aftersales.models import Reclamation, ReclamationLine
from claimdesk.aftersales.models.reclamation import NOTHING
from claimdesk.kernel.clock import now
from claimdesk.kernel.quantities import quantity_value
from claimdesk.kernel.refused import Refused
from claimdesk.orders.actions import allotments
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


def let_go(reclamation: Reclamation, left: Mapping[int, Decimal]) -> None:
    """Free what the reclamation has of lines beyond what is `left`, by key of the order's line (R8).

    What a follow-up had taken over and settled nothing of is settled again by the closed one that it follows.
    """
    back: dict[int, Decimal] = {}
    loose: dict[int, Decimal] = {}
    for line in ReclamationLine.objects.filter(reclamation=reclamation, line_id__in=list(left)):
        back[line.line_id] = max(line.taken_over - left[line.line_id], NOTHING)
        loose[line.line_id] = line.quantity - left[line.line_id] - back[line.line_id]
    for line_id, quantity in back.items():
        if quantity:
            rows = ReclamationLine.objects.filter(line_id=line_id)
            rows.filter(reclamation=reclamation).update(taken_over=F("taken_over") - quantity_value(quantity))
            rows.filter(reclamation__followed_by=reclamation).update(
                followed=F("followed") - quantity_value(quantity)
            )
    allotments.settle(back)
    allotments.free(loose)


def _refused(is_claimed: bool, line_id: int) -> Refused:
    if not is_claimed:
        return Refused("foreign_line", _("This item is not part of the reclamation."))
    line = OrderLine.objects.get(pk=line_id)
    message = _("Of %(article)s less is unfinished than that; somebody was faster.")
    return Refused("already_settled", message % {"article": line.product_name})
