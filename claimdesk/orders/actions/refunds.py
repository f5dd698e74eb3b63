"""Refunds: what goes back for quantities of lines, credited or paid out (O18, O19)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from django.db import transaction
from django.db.models import Sum
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
from claimdesk.orders.actions.balances import (
    Given,
    HeldOrder,
    hold_order,
    write_accounts,
    write_balance,
)
from claimdesk.orders.events.refunds import OrderRefunded
from claimdesk.orders.models import Invoice, InvoiceLine, Order, Refund
from claimdesk.orders.money_words import plain_sum
from claimdesk.orders.payments import provider_named
from claimdesk.orders.permissions import REFUND
from claimdesk.orders.refunding import (
    CREDIT,
    NO_MONEY,
    NOTHING,
    PAYOUT,
    Part,
    Room,
    Slice,
    Till,
    freight_share,
    give_back,
    refund,
    refund_freight,
    taken_without_lines,
)

PAYING_OUT = "refund.pay_out"
LONGEST_KEY = 100
LONGEST_LIST = 200


@transaction.atomic
def refund_lines(
    order: Order,
    *,
    lines: Mapping[int, Decimal],
    reclamation_id: int | None = None,
    with_freight: bool = True,
    method: str = "",
    key: str,
    by: Actor,
) -> list[Refund]:
    """Give back what was paid, or asked, for quantities of lines, by key of line (O18).

    What is open on the invoice is credited there, what is paid is paid out by `method` (a provider's key; by default
    the seller's setting): the worker asks the provider, under a key of its own, until it answers. The freight goes
    back as the seller's setting says, unless `with_freight` is False.

    For a reclamation, quantities are the reclamation's own business. Without one, what no open reclamation holds of a
    line is settled here, so that it cannot be claimed any more.

    Takes: `key`; the same again returns the same refunds and moves nothing.
    Returns: the parts; none, where nothing was asked or paid for the quantities (a replacement).
    Refuses: `no_lines`, `foreign_line`, `quantity_not_positive`, `already_refunded`, `quantity_taken`.
    Records: OrderRefunded.
    """
    by.require(REFUND)
    held = hold_order(order)
    if earlier := _refunded_under(order, key):
        return earlier
    _refuse_wrong(held, lines)
    if reclamation_id is None:
        _settle_unheld(held, lines)
    plan = _plan(held, lines, is_canceled=False, with_freight=with_freight)
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
    if earlier := _refunded_under(order, key):
        return earlier
    _refuse_wrong(held, lines)
    plan = _plan(held, lines, is_canceled=True, with_freight=True)
    return _write(held, plan, reclamation_id=None, method="", key=key, by=by)


@dataclass(slots=True)
class _Plan:
    """The parts in which money goes back, by key of line (None: freight), and the quantities refunded."""

    quantities: Mapping[int, Decimal]
    is_canceled: bool
    parts: dict[int | None, list[Part]] = field(default_factory=dict)

    def given(self, key: int | None) -> Given:
        found = self.parts.get(key, [])
        return Given(
            credited=sum(part.amount for part in found if part.kind == CREDIT),
            paid_out=sum(part.amount for part in found if part.kind == PAYOUT),
        )


def _refunded_under(order: Order, key: str) -> list[Refund]:
    if not key or len(key) > LONGEST_KEY:
        raise ValueError("a refund has a key, of at most a hundred characters")
    found = Refund.objects.filter(idempotency_key__startswith=f"{key}/", order=order)
    return list(found.order_by("pk"))


def _refuse_wrong(held: HeldOrder, lines: Mapping[int, Decimal]) -> None:
    if not lines:
        raise Refused("no_lines", _("Choose what is to be refunded."))
    for key, quantity in lines.items():
        if key not in held.accounts:
            raise Refused("foreign_line", _("This item is not part of the order."))
        if quantity <= 0:
            raise Refused("quantity_not_positive", _("A quantity must be more than zero."))
        account = held.accounts[key]
        if quantity > account.ordered - account.refunded_quantity:
            article = held.lines[key].product_number
            raise Refused(
                "already_refunded",
                _("Of %(article)s less is left to refund than that.") % {"article": article},
            )


def _settle_unheld(held: HeldOrder, lines: Mapping[int, Decimal]) -> None:
    """Settle what is refunded, but for what open reclamations hold and will settle themselves."""
    loose = {key: max(quantity - held.allotments[key].held, NOTHING) for key, quantity in lines.items()}
    loose = {key: quantity for key, quantity in loose.items() if quantity}
    if loose:
        allotments.hold(loose)
        allotments.settle(loose)


def _plan(held: HeldOrder, lines: Mapping[int, Decimal], *, is_canceled: bool, with_freight: bool) -> _Plan:
    """Count `lines` as refunded on the accounts, and find in what parts the money goes back."""
    slices: dict[int | None, tuple[Slice, Slice]] = {}
    for key, quantity in sorted(lines.items()):
        asked, given_up, held.accounts[key] = refund(held.accounts[key], quantity, is_canceled=is_canceled)
        slices[key] = asked, given_up
    if with_freight and (freight := _freight(held)):
        slices[None] = freight
    rooms, till = _rooms_and_till(held, list(lines))
    _limit(held, rooms, till, sum(given_up.amount for _asked, given_up in slices.values()), is_canceled)
    plan = _Plan(lines, is_canceled)
    for place, (asked, given_up) in slices.items():
        parts = give_back(asked, rooms[place], till)
        parts += give_back(given_up, rooms[_WITHOUT_LINES], till, from_advance=True)
        plan.parts[place] = parts
    return plan


def _freight(held: HeldOrder) -> tuple[Slice, Slice] | None:
    accounts = held.accounts
    share = freight_share(
        company().freight_refund,
        refunded=sum(account.refunded.amount for account in accounts.values()),
        goods=sum(account.price.amount for account in accounts.values()),
        is_all=all(account.refunded_quantity == account.ordered for account in accounts.values()),
        is_canceled=all(row.canceled == row.ordered for row in held.allotments.values()),
    )
    asked, given_up, held.freight = refund_freight(held.freight, share)
    return None if (asked, given_up) == (NO_MONEY, NO_MONEY) else (asked, given_up)


_WITHOUT_LINES = -1


def _rooms_and_till(held: HeldOrder, keys: list[int]) -> tuple[Mapping[int | None, list[Room]], Till]:
    """Return what can still be given back on each invoice, by key of line (None: freight), and the order's money.

    Invoices from an ERP that came without lines have room for what no line was invoiced for.
    """
    invoices = list(
        Invoice.objects.filter(order=held.order, state=Invoice.State.OPEN).order_by("issued_on", "pk")
    )
    asked: dict[tuple[int, int | None], int] = defaultdict(int)
    with_lines = set()
    for line in InvoiceLine.objects.filter(invoice__in=invoices):
        with_lines.add(line.invoice_id)
        asked[line.invoice_id, line.line_id] += line.amount + line.tax
    given = Refund.objects.filter(order=held.order, invoice__in=invoices).values_list("invoice", "line")
    for invoice_id, line_id, amount in given.annotate(sum=Sum("amount")).order_by():
        asked[invoice_id, line_id] -= amount
    rooms: dict[int | None, list[Room]] = defaultdict(list)
    for row in invoices:
        for key in (*keys, None):
            if left := asked.get((row.pk, key), 0):
                rooms[key].append(Room(row.pk, left))
        if row.pk not in with_lines:
            rooms[_WITHOUT_LINES].append(Room(row.pk, row.total - row.credited - row.paid_out))
    till = Till(
        open={row.pk: row.open_amount for row in invoices},
        paid={row.pk: row.paid - row.paid_out for row in invoices},
    )
    return rooms, till


def _limit(
    held: HeldOrder, rooms: Mapping[int | None, list[Room]], till: Till, given_up: int, is_canceled: bool
) -> None:
    """Limit what is taken on invoices without lines, and from the advance to what is not needed afterwards."""
    uninvoiced = held.uninvoiced()
    without_lines = sum(room.left for room in rooms[_WITHOUT_LINES])
    taken = taken_without_lines(
        given_up,
        uninvoiced=uninvoiced + given_up,
        without_lines=without_lines,
        is_canceled=is_canceled,
    )
    till.limit([room.invoice for room in rooms[_WITHOUT_LINES]], taken)
    still_asked = uninvoiced - (without_lines - taken)
    till.advance = max(held.balance.advance - max(still_asked, 0), 0)


def _write(
    held: HeldOrder, plan: _Plan, *, reclamation_id: int | None, method: str, key: str, by: Actor
) -> list[Refund]:
    """Write the sums and the refunds, have payouts made, and remember it, if money moved."""
    parts = [(line_id, part) for line_id, found in plan.parts.items() for part in found]
    write_accounts(held, plan.quantities, {key: plan.given(key) for key in plan.quantities})
    from_advance = sum(part.amount for _line, part in parts if part.kind == PAYOUT and part.invoice is None)
    write_balance(held, plan.given(None), advance=-from_advance)
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
    held: HeldOrder,
    plan: _Plan,
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
                idempotency_key=f"{key}/{place}",
                created_by_name=by.name,
                settled_at=at if is_done else None,
            )
        )
    refunds = Refund.objects.bulk_create(rows)
    for row in refunds:
        if row.kind == Refund.Kind.PAYOUT:
            set_timer(PAYING_OUT, subject_key(row), due_at=at)
    return refunds


def _named(held: HeldOrder, quantities: Mapping[int, Decimal]) -> str:
    text = ", ".join(
        f"{shown_quantity(quantity)} × {held.lines[key].product_number}"
        for key, quantity in quantities.items()
    )
    return text if len(text) <= LONGEST_LIST else text[: LONGEST_LIST - 1] + "…"
