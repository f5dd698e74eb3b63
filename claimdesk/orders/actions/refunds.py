"""Refunds: what goes back for quantities of lines, credited or paid out (O18, O19)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from claimdesk.company.queries.company import company
from claimdesk.kernel.actor import Actor
from claimdesk.kernel.clock import now
from claimdesk.kernel.quantities import shown_quantity
from claimdesk.kernel.refused import Refused
from claimdesk.ledger.actions.timers import set_timer
from claimdesk.ledger.models import subject_key
from claimdesk.ledger.record import record
from claimdesk.orders.actions import allotments
from claimdesk.orders.actions.balances import Given, hold_order, write_accounts, write_balance
from claimdesk.orders.events.refunds import OrderRefunded
from claimdesk.orders.models import Invoice, Order, Refund
from claimdesk.orders.money_words import plain_sum
from claimdesk.orders.payments import provider_named
from claimdesk.orders.permissions import REFUND
from claimdesk.orders.queries.accounts import OrderAccounts
from claimdesk.orders.queries.refund_plans import RefundPlan, plan_refund, refuse_wrong
from claimdesk.orders.queries.refunds import refunds_under, whole_key
from claimdesk.orders.refunding import CREDIT, NOTHING, PAYOUT, Part

PAYING_OUT = "refund.pay_out"
LONGEST_LIST = 200


@transaction.atomic
def refund_lines(
    order: Order,
    *,
    lines: Mapping[int, Decimal],
    reclamation_id: int | None = None,
    with_freight: bool = True,
    method: str = "",
    seen: str = "",
    key: str,
    by: Actor,
) -> list[Refund]:
    """Give back what was paid, or asked, for quantities of lines, by key of line (O18).

    What is open on the invoice is credited there, what is paid is paid out by `method` (a provider's key; by default
    the seller's setting): the worker asks the provider, under a key of its own, until it answers. The freight goes
    back as the seller's setting says, unless `with_freight` is False.

    For a reclamation, quantities are the reclamation's own business. Without one, what no open reclamation holds of a
    line is settled here, so that it cannot be claimed any more.

    Takes: `key`; the same again returns the same refunds and moves nothing. `seen`, the fingerprint of what
    `preview_refund` showed: anything else is refused.
    Returns: the parts; none, where nothing was asked or paid for the quantities (a replacement).
    Refuses: `no_lines`, `foreign_line`, `quantity_not_positive`, `already_refunded`, `quantity_taken`,
    `refund_changed`.
    Records: OrderRefunded.
    """
    by.require(REFUND)
    held = hold_order(order)
    if earlier := refunds_under(order, key):
        return earlier
    refuse_wrong(held, lines)
    if reclamation_id is None:
        _settle_unheld(held, lines)
    plan = plan_refund(held, lines, is_canceled=False, with_freight=with_freight)
    if seen and seen != plan.fingerprint:
        raise Refused("refund_changed", _("What would come back has changed meanwhile; look at it again."))
    return _write(held, plan, reclamation_id=reclamation_id, method=method, key=key, by=by)


@transaction.atomic
def refund_canceled(order: Order, *, lines: Mapping[int, Decimal], key: str, by: Actor) -> list[Refund]:
    """Give up, or give back, the price of quantities that were canceled; whoever cancels them calls this.

    What was not invoiced is not asked for any more; what was paid in advance for it is paid out. When all of an order
    is canceled, its freight goes the same way. The same `key` again moves nothing.

    Refuses: what refund_lines refuses.
    Records: OrderRefunded, if anything had been asked or paid.
    """
    held = hold_order(order)
    if earlier := refunds_under(order, key):
        return earlier
    refuse_wrong(held, lines)
    plan = plan_refund(held, lines, is_canceled=True, with_freight=True)
    return _write(held, plan, reclamation_id=None, method="", key=key, by=by)


def _settle_unheld(held: OrderAccounts, lines: Mapping[int, Decimal]) -> None:
    """Settle what is refunded, but for what open reclamations hold and will settle themselves."""
    loose = {key: max(quantity - held.allotments[key].held, NOTHING) for key, quantity in lines.items()}
    loose = {key: quantity for key, quantity in loose.items() if quantity}
    if loose:
        allotments.hold(loose)
        allotments.settle(loose)


def _write(
    held: OrderAccounts, plan: RefundPlan, *, reclamation_id: int | None, method: str, key: str, by: Actor
) -> list[Refund]:
    """Write the sums and the refunds, have payouts made, and remember it, if money moved."""
    parts = [(line_id, part) for line_id, found in plan.parts.items() for part in found]
    write_accounts(held, plan.quantities, {key: _given(plan, key) for key in plan.quantities})
    from_advance = sum(part.amount for _line, part in parts if part.kind == PAYOUT and part.invoice is None)
    write_balance(held, _given(plan, None), advance=-from_advance)
    _write_invoices(part for _line, part in parts)
    if plan.is_canceled:
        parts = [(line_id, part) for line_id, part in parts if part.invoice or part.kind == PAYOUT]
    if not parts:
        return []
    refunds = _insert(held, plan, parts, reclamation_id=reclamation_id, method=method, key=key, by=by)
    fact = OrderRefunded(
        [row.pk for row in refunds],
        order=held.order.number,
        what=_named(held, plan.quantities),
        amount=plain_sum(sum(row.amount for row in refunds), held.order.currency),
        reclamation_id=reclamation_id,
    )
    record(fact, about=held.order, by=by)
    return refunds


def _given(plan: RefundPlan, key: int | None) -> Given:
    return Given(credited=plan.sum_of(key, CREDIT), paid_out=plan.sum_of(key, PAYOUT))


def _write_invoices(parts: Iterable[Part]) -> None:
    sums: dict[int, Given] = defaultdict(Given)
    for part in parts:
        if part.invoice is None:
            continue
        if part.kind == CREDIT:
            sums[part.invoice].credited += part.amount
        else:
            sums[part.invoice].paid_out += part.amount
    rows = Invoice.objects.in_bulk(list(sums))
    for key, given in sums.items():
        rows[key].credited += given.credited
        rows[key].paid_out += given.paid_out
    Invoice.objects.bulk_update(rows.values(), ["credited", "paid_out"])


def _insert(
    held: OrderAccounts,
    plan: RefundPlan,
    parts: list[tuple[int | None, Part]],
    *,
    reclamation_id: int | None,
    method: str,
    key: str,
    by: Actor,
) -> list[Refund]:
    payer = provider_named(method or company().payout_method)
    at = now()
    rows = []
    for place, (line_id, part) in enumerate(parts, 1):
        is_done = part.kind == CREDIT
        rows.append(
            Refund(
                order=held.order,
                line_id=line_id,
                invoice_id=part.invoice,
                reclamation_id=reclamation_id,
                quantity=plan.quantities.get(line_id, NOTHING) if line_id else NOTHING,
                amount=part.amount,
                tax=part.tax,
                currency=held.order.currency,
                kind=part.kind,
                state=Refund.State.DONE if is_done else Refund.State.PENDING,
                method="" if is_done else payer.key,
                idempotency_key=f"{whole_key(held.order, key)}/{place}",
                created_by_name=by.name,
                settled_at=at if is_done else None,
            )
        )
    refunds = Refund.objects.bulk_create(rows)
    for row in refunds:
        if row.kind == Refund.Kind.PAYOUT:
            set_timer(PAYING_OUT, subject_key(row), due_at=at)
    return refunds


def _named(held: OrderAccounts, quantities: Mapping[int, Decimal]) -> str:
    text = ", ".join(
        f"{shown_quantity(quantity)} × {held.lines[key].product_number}"
        for key, quantity in quantities.items()
    )
    return text if len(text) <= LONGEST_LIST else text[: LONGEST_LIST - 1] + "…"
