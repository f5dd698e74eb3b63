"""What was invoiced and given back of an order, line by line and of its freight: read for deeds, and to look ahead."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from claimdesk.kernel.money import NET, tax_of
from claimdesk.orders.models import Allotment, Order, OrderBalance, OrderLine
from claimdesk.orders.refunding import NO_MONEY, NOTHING, Account, Slice


@dataclass(slots=True)
class OrderAccounts:
    """The accounts of an order's lines and of its freight; as they are for whoever holds the order, else as they were."""

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


def accounts_of(order: Order, balance: OrderBalance, allotments: Iterable[Allotment]) -> OrderAccounts:
    """Return the accounts of an order whose balance and allotments were read."""
    lines = {line.pk: line for line in OrderLine.objects.filter(order_id=order.pk).order_by("position")}
    rows = {row.pk: row for row in allotments}
    accounts = {key: account_of(line, rows[key], mode=order.price_mode) for key, line in lines.items()}
    return OrderAccounts(order, balance, lines, rows, accounts, freight_account(order, balance))


def look_at_accounts(order: Order) -> OrderAccounts:
    """Return the accounts of an order that nobody holds, to look at."""
    balance = OrderBalance.objects.filter(pk=order.pk).first() or OrderBalance(order=order)
    return accounts_of(order, balance, Allotment.objects.filter(line__order_id=order.pk).order_by("pk"))


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
