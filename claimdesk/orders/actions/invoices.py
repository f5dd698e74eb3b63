"""Invoices, written from orders and voided (O17)."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from claimdesk.access.actions.invoice_proofs import write_invoice_proof
from claimdesk.company.actions.sequences import next_number
from claimdesk.company.queries.company import company
from claimdesk.kernel.actor import Actor
from claimdesk.kernel.clock import today
from claimdesk.kernel.money import round_half_up
from claimdesk.kernel.refused import Refused
from claimdesk.kernel.text import tidy
from claimdesk.ledger.record import record
from claimdesk.orders.actions.balances import Given, hold_order, write_accounts, write_balance
from claimdesk.orders.events.invoices import InvoiceVoided, InvoiceWritten
from claimdesk.orders.models import Invoice, InvoiceLine, Order
from claimdesk.orders.money_words import plain_sum
from claimdesk.orders.permissions import EDIT_INVOICES
from claimdesk.orders.queries.accounts import OrderAccounts
from claimdesk.orders.queries.payments import asked_without_lines
from claimdesk.orders.refunding import NOTHING, Slice, invoice

FIRST_NUMBER = 10_000
LONGEST_REASON = 300


@transaction.atomic
def write_invoice(
    order: Order,
    *,
    lines: Mapping[int, Decimal] | None = None,
    number: str = "",
    issued_on: date | None = None,
    due_on: date | None = None,
    by: Actor,
) -> Invoice:
    """Invoice an order: all that is not invoiced yet, or `lines`, quantities by key of line (O17).

    The first invoice asks for the freight, too. What was paid in advance is taken on it. Writes the proof of A20. What an
    ERP's invoices without lines ask for is left out of the sum: goods that come to more than the rest are refused.
    Refuses: `nothing_to_invoice`, `quantity_invoiced`, `not_approved`, `invoiced_elsewhere`, `number_taken`,
    `due_before_issued`.
    Records: InvoiceWritten.
    """
    by.require(EDIT_INVOICES)
    _refuse_unless_invoiceable(order)
    held = hold_order(order)
    rows = _take_lines(held, lines)
    issued, due = _days(issued_on, due_on)
    row = _insert(_invoice(held, rows, number=tidy(number), issued_on=issued, due_on=due))
    for line in rows:
        line.invoice = row
    InvoiceLine.objects.bulk_create(rows)
    write_accounts(held, [line.line_id for line in rows if line.line_id], {})
    write_balance(held, Given(), advance=-row.advance)
    write_invoice_proof(order.customer_id, number=row.number, issued_on=issued)
    total = plain_sum(row.total, row.currency)
    fact = InvoiceWritten(row.pk, row.number, total, order_id=order.pk, due_on=due.isoformat())
    record(fact, about=row, by=by)
    return row


@transaction.atomic
def void_invoice(row: Invoice, *, reason: str, by: Actor) -> None:
    """Declare an invoice void; it stays visible as void, and its lines can be invoiced anew (O17).

    What was taken on it from money paid in advance is free again.
    Refuses: `already_void`, `invoice_paid`, `invoice_credited`, `reason_needed`.
    Records: InvoiceVoided.
    """
    by.require(EDIT_INVOICES)
    reason = tidy(reason)[:LONGEST_REASON]
    if not reason:
        raise Refused("reason_needed", _("Say why the invoice is void."))
    held = hold_order(row.order) if row.order else None
    row.refresh_from_db(from_queryset=Invoice.objects.select_for_update(of=("self",)))
    _refuse_unless_voidable(row)
    advance = row.advance
    changed = Invoice.objects.filter(
        pk=row.pk, state=Invoice.State.OPEN, credited=0, paid=advance, advance=advance, paid_out=0
    ).update(state=Invoice.State.VOID, paid=0, advance=0)
    if not changed:
        raise row.refuse_move(Invoice.State.VOID)
    if held:
        _give_back_lines(held, row)
        write_balance(held, Given(), advance=advance)
    write_invoice_proof(row.customer_id, number=row.number, issued_on=row.issued_on, is_void=True)
    row.state, row.paid, row.advance = Invoice.State.VOID, 0, 0
    record(InvoiceVoided(row.pk, row.number, reason), about=row, by=by)


def _refuse_unless_invoiceable(order: Order) -> None:
    if order.approval in (Order.Approval.PENDING, Order.Approval.DENIED):
        raise Refused("not_approved", _("The customer's manager has not approved this order."))


def _days(issued_on: date | None, due_on: date | None) -> tuple[date, date]:
    issued = issued_on or today(company().time_zone)
    due = due_on or issued + timedelta(days=company().payment_days)
    if due < issued:
        raise Refused("due_before_issued", _("An invoice is not due before it is issued."))
    return issued, due


def _invoice(
    held: OrderAccounts, rows: list[InvoiceLine], *, number: str, issued_on: date, due_on: date
) -> Invoice:
    """Return the invoice of `rows`, with what was paid in advance taken on it."""
    net, tax = sum(row.amount for row in rows), sum(row.tax for row in rows)
    advance = min(held.balance.advance, net + tax)
    return Invoice(
        number=number,
        order=held.order,
        customer_id=held.order.customer_id,
        issued_on=issued_on,
        due_on=due_on,
        currency=held.order.currency,
        net=net,
        tax=tax,
        total=net + tax,
        paid=advance,
        advance=advance,
    )


def _refuse_unless_voidable(row: Invoice) -> None:
    if row.state == Invoice.State.VOID:
        raise row.refuse_move(Invoice.State.VOID)
    if row.paid > row.advance or row.paid_out:
        raise Refused(
            "invoice_paid", _("Take back its payments first: this invoice is paid, at least in part.")
        )
    if row.credited:
        raise _credited()


def _credited() -> Refused:
    return Refused(
        "invoice_credited", _("Something was credited on this invoice: it cannot be void any more.")
    )


def _take_lines(held: OrderAccounts, lines: Mapping[int, Decimal] | None) -> list[InvoiceLine]:
    """Return the invoice's lines, and count them as invoiced on the accounts."""
    wanted = lines if lines is not None else {key: each.uninvoiced for key, each in held.accounts.items()}
    left = held.uninvoiced() - asked_without_lines(held.order)
    rows = []
    for key, line in held.lines.items():
        quantity = wanted.get(key, NOTHING)
        account = held.accounts[key]
        if quantity == 0:
            continue
        if not 0 < quantity <= account.uninvoiced:
            raise Refused(
                "quantity_invoiced",
                _("Of %(article)s less is left to invoice than that.") % {"article": line.product_number},
            )
        asked, held.accounts[key] = invoice(account, quantity)
        description = f"{line.product_number} {line.product_name}".strip()
        rows.append(_invoice_line(asked, description, quantity, line_id=key))
    if not rows or set(wanted) - set(held.lines):
        raise Refused("nothing_to_invoice", _("There is nothing left to invoice."))
    if freight := _take_freight(held, most=_left_for_freight(held, left, rows)):
        rows.append(freight)
    return rows


def _left_for_freight(held: OrderAccounts, left: int, rows: Iterable[InvoiceLine]) -> int:
    """Return what is left to ask for beside the goods. Refuses goods that an ERP's invoices without lines leave no room for."""
    rest = left - sum(row.amount + row.tax for row in rows)
    if rest < 0:
        words = _(
            "The ERP invoiced this order in a sum without lines; at most %(sum)s of it can be invoiced here."
        )
        raise Refused("invoiced_elsewhere", words % {"sum": plain_sum(max(left, 0), held.order.currency)})
    return rest


def _take_freight(held: OrderAccounts, *, most: int) -> InvoiceLine | None:
    """Ask for the freight, as far as it is not within what an ERP's invoices without lines ask."""
    asked = held.freight.price - held.freight.invoiced
    if asked.amount > most:
        asked = Slice(most, round_half_up(Fraction(asked.tax * most, asked.amount)))
    if asked.amount <= 0:
        return None
    held.freight = replace(held.freight, invoiced=held.freight.invoiced + asked)
    with override(held.order.customer.language or None):
        return _invoice_line(asked, _("Freight"), Decimal(1))


def _invoice_line(
    asked: Slice, description: str, quantity: Decimal, *, line_id: int | None = None
) -> InvoiceLine:
    return InvoiceLine(
        line_id=line_id,
        description=description[:300],
        quantity=quantity,
        amount=asked.amount - asked.tax,
        tax=asked.tax,
    )


def _give_back_lines(held: OrderAccounts, row: Invoice) -> None:
    """Let the lines of a void invoice be invoiced anew; what was given for nothing and came back shows in pieces only."""
    keys = []
    for line in InvoiceLine.objects.filter(invoice=row):
        before = held.freight if line.line_id is None else held.accounts[line.line_id]
        after = replace(
            before,
            invoiced=before.invoiced - Slice(line.amount + line.tax, line.tax),
            invoiced_quantity=before.invoiced_quantity - (NOTHING if line.line_id is None else line.quantity),
        )
        if after.refunded_quantity > after.invoiced_quantity or after.refunded.amount > after.invoiced.amount:
            raise _credited()
        if line.line_id is None:
            held.freight = after
        else:
            held.accounts[line.line_id] = after
            keys.append(line.line_id)
    write_accounts(held, keys, {})


def _insert(row: Invoice) -> Invoice:
    """Insert an invoice under its number, or under the next of ours that no ERP has taken."""
    is_given = bool(row.number)
    while True:
        if not is_given:
            row.number = f"INV-{FIRST_NUMBER + next_number('invoice')}"
        try:
            with transaction.atomic():
                row.save(force_insert=True)
        except IntegrityError:
            if not Invoice.objects.filter(number_folded=row.number_folded).exists():
                raise
            if is_given:
                raise _number_taken(row) from None
        else:
            return row


def _number_taken(row: Invoice) -> Refused:
    return Refused("number_taken", _("There is an invoice %(number)s already.") % {"number": row.number})
