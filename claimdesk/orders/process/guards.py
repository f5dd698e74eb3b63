"""The guards that a process can name: questions about an order, answered from what is on file now.

Each bears the name that `vocabulary.GUARDS` gives it.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property

from django.db.models import Q, Sum
from django.db.models.functions import Coalesce

from claimdesk.kernel.money import NET, share_out
from claimdesk.orders.models import Allotment, Order, Payment


class Facts:
    """What guards ask about some orders; what has to be read is read once for all of them, when it is asked."""

    def __init__(self, orders: Iterable[Order]) -> None:
        self.orders = {order.pk: order for order in orders}

    @cached_property
    def paid(self) -> frozenset[int]:
        """The keys of orders for which as much was paid as they come to, without what was canceled of them."""
        paid = self._sums_paid()
        short = [order for order in self.orders.values() if paid.get(order.pk, 0) < order.total]
        canceled = _sums_canceled([order for order in short if paid.get(order.pk)])
        return frozenset(
            order.pk
            for order in self.orders.values()
            if paid.get(order.pk, 0) >= order.total - canceled.get(order.pk, 0)
        )

    def _sums_paid(self) -> Mapping[int, int]:
        keys = list(self.orders)
        rows = (
            Payment.objects.filter(Q(order__in=keys) | Q(order=None, invoice__order__in=keys))
            .values_list(Coalesce("order_id", "invoice__order_id"))
            .annotate(sum=Sum("amount"))
        )
        return dict(rows)


def _sums_canceled(orders: list[Order]) -> Mapping[int, int]:
    """Return for each order the value, tax included, of what was canceled of its lines."""
    sums = dict.fromkeys((order.pk for order in orders), 0)
    modes = {order.pk: order.price_mode for order in orders}
    canceled = Allotment.objects.filter(line__order__in=list(sums), canceled__gt=0).select_related("line")
    for allotment in canceled:
        line = allotment.line
        value = line.amount + line.tax if modes[line.order_id] == NET else line.amount
        sums[line.order_id] += share_out(value, [allotment.canceled, allotment.ordered - allotment.canceled])[
            0
        ]
    return sums


def approval_needed(order: Order, facts: Facts) -> bool:
    """A manager of the customer has not said yes, and must."""
    return not no_approval_needed(order, facts)


def no_approval_needed(order: Order, _facts: Facts) -> bool:
    """No approval is missing."""
    return order.approval in (Order.Approval.NOT_NEEDED, Order.Approval.APPROVED)


def prepayment_due(order: Order, facts: Facts) -> bool:
    """The order is to be paid first, and is not; nobody pays before a manager has said yes (O22)."""
    return no_approval_needed(order, facts) and not no_prepayment_due(order, facts)


def no_prepayment_due(order: Order, facts: Facts) -> bool:
    """The order is on account, or paid."""
    return order.payment_terms != Order.PaymentTerms.PREPAYMENT or paid(order, facts)


def paid(order: Order, facts: Facts) -> bool:
    """The order is paid, and no approval is missing: money does not stand for a manager's word (O22)."""
    return no_approval_needed(order, facts) and order.pk in facts.paid


def erp_connected(_order: Order, _facts: Facts) -> bool:
    """An ERP takes orders over. None can be connected to this version; orders reach one by export."""
    return False


def no_erp_connected(order: Order, facts: Facts) -> bool:
    """No ERP takes orders over."""
    return not erp_connected(order, facts)


GUARDS: Mapping[str, Callable[[Order, Facts], bool]] = {
    guard.__name__: guard
    for guard in (
        approval_needed,
        no_approval_needed,
        prepayment_due,
        no_prepayment_due,
        paid,
        erp_connected,
        no_erp_connected,
    )
}
