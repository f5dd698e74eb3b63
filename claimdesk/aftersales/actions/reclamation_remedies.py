"""What makes a claim good: money back, goods once more (R7)."""

from collections.abc import Mapping
from decimal import Decimal

from django.db import transaction

from claimdesk.aftersales.actions.writing import hold_open, write_changed, write_settled
from claimdesk.aftersales.events.reclamations import ReclamationRefunded, ReclamationReplaced
from claimdesk.aftersales.models import Reclamation, ReclamationLine, ReclamationOrder
from claimdesk.aftersales.permissions import EDIT_RECLAMATIONS
from claimdesk.aftersales.queries.claimable import (
    checked_quantities,
    refuse_unless_on,
    refuse_unless_shipped,
    require_staff,
)
from claimdesk.company.queries.company import company
from claimdesk.kernel.actor import Actor
from claimdesk.ledger.record import record
from claimdesk.orders.actions.orders import place_replacement
from claimdesk.orders.actions.refunds import refund_lines
from claimdesk.orders.models import Order, Refund
from claimdesk.orders.money_words import plain_sum
from claimdesk.orders.permissions import REFUND
from claimdesk.orders.queries.refunds import refunds_under

Quantities = Mapping[int, Decimal]


@transaction.atomic
def refund_claimed(
    reclamation: Reclamation, *, lines: Quantities, with_freight: bool = True, key: str, by: Actor
) -> list[Refund]:
    """Give back what was paid, or credit what was asked, for claimed quantities, and finish these (R7, O18).

    Takes: `lines`, quantities by key of the order's line; `key`, under which the same again moves nothing.
    Returns: the refunds; none where nothing was paid or asked for the quantities.
    Refuses: `reclamation_closed`, `already_settled`, and what `refund_lines` refuses.
    Records: ReclamationRefunded.
    """
    hold_open(reclamation)
    require_staff(reclamation.order, REFUND, by)
    refuse_unless_on(company())
    wanted = checked_quantities(reclamation.order, lines)
    whole_key = f"reclamation/{reclamation.pk}/{key}"
    if earlier := refunds_under(reclamation.order, whole_key):
        return earlier
    write_settled(reclamation, wanted, ReclamationLine.Outcome.REFUNDED)
    refunds = refund_lines(
        reclamation.order,
        lines=wanted,
        reclamation_id=reclamation.pk,
        with_freight=with_freight,
        key=whole_key,
        by=by,
    )
    if refunds and all(refund.kind == Refund.Kind.CREDIT for refund in refunds):
        rows = ReclamationLine.objects.filter(reclamation=reclamation, line_id__in=list(wanted))
        rows.update(outcome=ReclamationLine.Outcome.CREDITED)
    write_changed(reclamation)
    record(_refunded(reclamation, refunds), about=reclamation, by=by)
    return refunds


@transaction.atomic
def replace_lines(reclamation: Reclamation, *, lines: Quantities, key: str = "", by: Actor) -> Order:
    """Send claimed quantities once more, by an order without price that is linked, and finish them (R7).

    Takes: `lines`, quantities by key of the order's line; `key`, under which the same again orders nothing.
    Refuses: `reclamation_closed`, `not_shipped`, `already_settled`, and what `place_replacement` refuses.
    Records: ReclamationReplaced.
    """
    hold_open(reclamation)
    require_staff(reclamation.order, EDIT_RECLAMATIONS, by)
    refuse_unless_on(company())
    wanted = checked_quantities(reclamation.order, lines)
    refuse_unless_shipped(reclamation.order, wanted)
    whole_key = f"reclamation/{reclamation.pk}/{key}" if key else ""
    order = place_replacement(reclamation.order, lines=wanted, key=whole_key, by=by)
    if ReclamationOrder.objects.filter(reclamation=reclamation, order=order).exists():
        return order
    write_settled(reclamation, wanted, ReclamationLine.Outcome.REPLACED)
    ReclamationOrder.objects.create(reclamation=reclamation, order=order)
    write_changed(reclamation)
    fact = ReclamationReplaced(
        reclamation.pk, number=reclamation.number, order_id=order.pk, order=order.number
    )
    record(fact, about=reclamation, by=by)
    return order


def _refunded(reclamation: Reclamation, refunds: list[Refund]) -> ReclamationRefunded:
    minor, currency = sum(refund.amount for refund in refunds), reclamation.order.currency
    return ReclamationRefunded(
        reclamation.pk,
        number=reclamation.number,
        amount=plain_sum(minor, currency),
        minor=minor,
        currency=currency,
    )
