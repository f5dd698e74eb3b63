"""Writers of the money of an order, that invoices, payments and refunds share; they record nothing.

Whoever changes money of an order holds it first, so that two who do come one after the other; the constraints of
the tables hold what every sum must be.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from claimdesk.kernel.money import NET, tax_of
from claimdesk.orders.models import Allotment, Order, OrderBalance, OrderLine
from claimdesk.orders.refunding import NO_MONEY, NOTHING, Account, Slice

MONEY_OF_LINE = (
    "invoiced", "invoiced_tax", "credited", "paid_out", "refunded_tax", "invoiced_quantity", "refunded_quantity",
)  # fmt: skip


@dataclass(slots=True)
class Given:
    """What is given back now: credited and paid out."""

    credited: int = 0
    paid_out: int = 0


@dataclass(slots=True)
class HeldOrder:
    """An order whose money this transaction holds, with the accounts of its lines and of its freight as they are."""

    order: Order
    balance: OrderBalance
    lines: dict[int, OrderLine]
    allotments: dict[int, Allotment]
    accounts: dict[int, Account] = field(default_factory=dict)
    freight: Account = field(default_factory=lambda: Account(NOTHING, NO_MONEY))

    def uninvoiced(self) -> int:
        """Return what is still to be invoiced, tax inside."""
        accounts = [*self.accounts.values(), self.freight]
        return sum(account.price.amount - account.invoiced.amount for account in accounts)


def hold_balance(order: Order) -> OrderBalance:
    """Hold the money of an order until the transaction ends; the order's row first, as whoever moves its items does."""
    Order.objects.select_for_update(of=("self",)).get(pk=order.pk)
    balance, _made = OrderBalance.objects.get_or_create(order_id=order.pk)
    return balance


def hold_order(order: Order) -> HeldOrder:
    """Hold the money of an order, and read its accounts."""
    balance = hold_balance(order)
    lines = {line.pk: line for line in OrderLine.objects.filter(order_id=order.pk).order_by("position")}
    rows = Allotment.objects.filter(line__order_id=order.pk).select_for_update(of=("self",)).order_by("pk")
    held = HeldOrder(order, balance, lines, {row.pk: row for row in rows})
    held.accounts = {
        key: account_of(line, held.allotments[key], mode=order.price_mode) for key, line in lines.items()
    }
    held.freight = freight_account(order, balance)
    return held


def account_of(line: OrderLine, allotment: Allotment, *, mode: str) -> Account:
    """Return the account of a line."""
    price = line.amount + line.tax if mode == NET else line.amount
    return Account(
        ordered=line.quantity,
        price=Slice(price, line.tax),
        invoiced_quantity=allotment.invoiced_quantity,
        refunded_quantity=allotment.refunded_quantity,
        invoiced=Slice(allotment.invoiced, allotment.invoiced_tax),
        refunded=Slice(allotment.given_back, allotment.refunded_tax),
    )


def freight_account(order: Order, balance: OrderBalance) -> Account:
    """Return the account of an order's freight."""
    tax = tax_of(order.freight, order.freight_tax_rate, order.price_mode)
    return Account(
        ordered=NOTHING,
        price=Slice(order.freight + tax if order.price_mode == NET else order.freight, tax),
        invoiced=Slice(balance.invoiced, balance.invoiced_tax),
        refunded=Slice(balance.credited + balance.paid_out, balance.refunded_tax),
    )


def write_accounts(held: HeldOrder, keys: Iterable[int], given: Mapping[int, Given]) -> None:
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


def write_balance(held: HeldOrder, given: Given, *, advance: int = 0) -> None:
    """Write the freight's account as it is now with what is `given` back of it, and add `advance` to what was paid before."""
    balance, freight = held.balance, held.freight
    balance.invoiced, balance.invoiced_tax = freight.invoiced.amount, freight.invoiced.tax
    balance.refunded_tax = freight.refunded.tax
    balance.credited += given.credited
    balance.paid_out += given.paid_out
    balance.advance += advance
    balance.save()
