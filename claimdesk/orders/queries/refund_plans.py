"""What a refund would give back, and in what parts: shown before it is made, and done as it was planned (O18)."""

import hashlib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Sum
from django.utils.translation import gettext as _

from claimdesk.company.queries.company import company
from claimdesk.kernel.actor import Actor
from claimdesk.kernel.money import NET, line_amount
from claimdesk.kernel.refused import Refused
from claimdesk.orders.models import Invoice, InvoiceLine, Order, OrderLine, Refund
from claimdesk.orders.permissions import REFUND
from claimdesk.orders.queries.accounts import OrderAccounts, look_at_accounts
from claimdesk.orders.refunding import (
    NO_MONEY,
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

_WITHOUT_LINES = -1


@dataclass(slots=True)
class RefundPlan:
    """The parts in which money goes back, by key of line (None: freight), and the quantities refunded."""

    quantities: Mapping[int, Decimal]
    is_canceled: bool
    parts: dict[int | None, list[Part]] = field(default_factory=dict)

    def sum_of(self, key: int | None, kind: str) -> int:
        """Return what goes back in one form for a line, or for the freight."""
        return sum(part.amount for part in self.parts.get(key, []) if part.kind == kind)

    @property
    def fingerprint(self) -> str:
        """What tells this plan from any other, so that what was looked at is what is done."""
        quantities = sorted((key, str(quantity.normalize())) for key, quantity in self.quantities.items())
        text = repr((quantities, sorted(self.parts.items(), key=str)))
        return hashlib.sha256(text.encode()).hexdigest()


def refuse_wrong(held: OrderAccounts, lines: Mapping[int, Decimal]) -> None:
    """Refuse what can be refunded in no case: `no_lines`, `foreign_line`, `quantity_not_positive`, `already_refunded`."""
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


def plan_refund(
    held: OrderAccounts, lines: Mapping[int, Decimal], *, is_canceled: bool, with_freight: bool
) -> RefundPlan:
    """Count `lines` as refunded on the accounts, and find in what parts the money goes back."""
    slices: dict[int | None, tuple[Slice, Slice]] = {}
    for key, quantity in sorted(lines.items()):
        asked, given_up, held.accounts[key] = refund(held.accounts[key], quantity, is_canceled=is_canceled)
        slices[key] = asked, given_up
    if with_freight and (freight := _freight(held)):
        slices[None] = freight
    rooms, till = _rooms_and_till(held, list(lines))
    _limit(held, rooms, till, sum(given_up.amount for _asked, given_up in slices.values()), is_canceled)
    plan = RefundPlan(lines, is_canceled)
    for place, (asked, given_up) in slices.items():
        parts = give_back(asked, rooms[place], till)
        parts += give_back(given_up, rooms[_WITHOUT_LINES], till, from_advance=True)
        plan.parts[place] = parts
    return plan


def _freight(held: OrderAccounts) -> tuple[Slice, Slice] | None:
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


def _rooms_and_till(held: OrderAccounts, keys: list[int]) -> tuple[Mapping[int | None, list[Room]], Till]:
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
            if (left := asked.get((row.pk, key), 0)) > 0:
                rooms[key].append(Room(row.pk, left))
        if row.pk not in with_lines:
            rooms[_WITHOUT_LINES].append(Room(row.pk, row.total - row.credited - row.paid_out))
    till = Till(
        open={row.pk: row.open_amount for row in invoices},
        paid={row.pk: row.paid - row.paid_out for row in invoices},
    )
    return rooms, till


def _limit(
    held: OrderAccounts, rooms: Mapping[int | None, list[Room]], till: Till, given_up: int, is_canceled: bool
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


@dataclass(frozen=True, slots=True)
class PreviewLine:
    """What comes back for a line (None: the freight), in minor units; `amount` holds its `tax`.

    `goods` less `discount` is its price without tax, or with it where prices are gross.
    """

    line: OrderLine | None
    quantity: Decimal
    goods: int
    discount: int
    tax: int
    amount: int
    parts: list[Part]


@dataclass(frozen=True, slots=True)
class RefundPreview:
    """What a refund would give back, line by line, by invoices that are named by key."""

    fingerprint: str
    lines: list[PreviewLine]
    invoices: Mapping[int, Invoice]
    is_net: bool

    @property
    def amount(self) -> int:
        return sum(line.amount for line in self.lines)

    @property
    def tax(self) -> int:
        return sum(line.tax for line in self.lines)


def preview_refund(
    order: Order, *, lines: Mapping[int, Decimal], with_freight: bool = True, actor: Actor
) -> RefundPreview:
    """Return what `refund_lines` would give back for these quantities now: it plans by the same function.

    Refuses: what `refuse_wrong` refuses.
    """
    actor.require(REFUND)
    held = look_at_accounts(order)
    refuse_wrong(held, lines)
    plan = plan_refund(held, lines, is_canceled=False, with_freight=with_freight)
    shown = [_preview_line(held, plan, key) for key in (*sorted(plan.quantities), None) if key in plan.parts]
    named = {part.invoice for parts in plan.parts.values() for part in parts if part.invoice}
    is_net = order.price_mode == NET
    return RefundPreview(plan.fingerprint, shown, Invoice.objects.in_bulk(list(named)), is_net)


def _preview_line(held: OrderAccounts, plan: RefundPlan, key: int | None) -> PreviewLine:
    parts = plan.parts[key]
    amount, tax = sum(part.amount for part in parts), sum(part.tax for part in parts)
    price = amount - tax if held.order.price_mode == NET else amount
    if key is None:
        return PreviewLine(None, Decimal(1), price, 0, tax, amount, parts)
    line, quantity = held.lines[key], plan.quantities[key]
    goods = line_amount(line.unit_price, quantity, per=line.per) if line.discount else price
    return PreviewLine(line, quantity, goods, goods - price, tax, amount, parts)
