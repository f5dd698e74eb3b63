"""Writers of the money of an order, that invoices, payments and refunds share; they record nothing.

Whoever changes money of an order holds it first, so that two who do come one after the other; the constraints of
the tables hold what every sum must be.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from claimdesk.orders.models import Allotment, Order, OrderBalance
from claimdesk.orders.queries.accounts import OrderAccounts, accounts_of

MONEY_OF_LINE = (
    "invoiced", "invoiced_tax", "credited", "paid_out", "refunded_tax", "invoiced_quantity", "refunded_quantity",
)  # fmt: skip


@dataclass(slots=True)
class Given:
    """What is given back now: credited and paid out."""

    credited: int = 0
    paid_out: int = 0


def hold_balance(order: Order) -> OrderBalance:
    """Hold the money of an order until the transaction ends; the order's row first, as whoever moves its items does."""
    Order.objects.select_for_update(of=("self",)).get(pk=order.pk)
    balance, _made = OrderBalance.objects.get_or_create(order_id=order.pk)
    return balance


def hold_order(order: Order) -> OrderAccounts:
    """Hold the money of an order, and read its accounts."""
    balance = hold_balance(order)
    rows = Allotment.objects.filter(line__order_id=order.pk).select_for_update(of=("self",)).order_by("pk")
    return accounts_of(order, balance, rows)


def write_accounts(held: OrderAccounts, keys: Iterable[int], given: Mapping[int, Given]) -> None:
    """Write the accounts of lines as they are now, with what is `given` back on each, in one UPDATE."""
    changed = []
    for key in sorted(set(keys)):
        account, row = held.accounts[key], held.allotments[key]
        row.invoiced, row.invoiced_tax = account.invoiced.amount, account.invoiced.tax
        row.invoiced_quantity = account.invoiced_quantity
        row.refunded_quantity, row.refunded_tax = account.refunded_quantity, account.refunded.tax
        if key in given:
            row.credited += given[key].credited
            row.paid_out += given[key].paid_out
        changed.append(row)
    Allotment.objects.bulk_update(changed, MONEY_OF_LINE, batch_size=200)


def write_balance(held: OrderAccounts, given: Given, *, advance: int = 0) -> None:
    """Write the freight's account as it is now with what is `given` back of it, and add `advance` to what was paid before."""
    balance, freight = held.balance, held.freight
    balance.invoiced, balance.invoiced_tax = freight.invoiced.amount, freight.invoiced.tax
    balance.refunded_tax = freight.refunded.tax
    balance.credited += given.credited
    balance.paid_out += given.paid_out
    balance.advance += advance
    balance.save()
