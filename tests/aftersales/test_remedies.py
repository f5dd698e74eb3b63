from decimal import Decimal

import pytest

from claimdesk.access.queries.access import actor_of
from claimdesk.aftersales.actions.reclamation_remedies import refund_claimed, replace_lines
from claimdesk.aftersales.actions.reclamations import close_reclamation
from claimdesk.aftersales.models import Reclamation, ReclamationOrder
from claimdesk.kernel.refused import NotAllowed, Refused
from claimdesk.ledger.models import Event
from claimdesk.orders.actions.payments import book_payment
from claimdesk.orders.models import Allotment, Order, OrderItem, Refund
from tests import make

pytestmark = pytest.mark.django_db
ONE, TWO = Decimal(1), Decimal(2)


def paid_order(quantity: int = 2) -> Order:
    """An order of pieces at 10 euros and tax, paid."""
    order = make.order(quantities=(quantity,), state="delivered")
    book_payment(order=order, amount=order.total, by=make.STAFF)
    return order


def test_a_refund_gives_back_what_was_paid_and_finishes_the_quantity():  # R7, O18
    reclamation = make.reclamation(paid_order())
    line = reclamation.lines.get()

    refund_claimed(reclamation, lines={line.line_id: ONE}, key="k", by=make.STAFF)

    line.refresh_from_db()
    assert (line.settled, line.outcome) == (1, "refunded")
    assert sum(Refund.objects.values_list("amount", flat=True)) == 1190
    assert set(Refund.objects.values_list("reclamation_id", flat=True)) == {reclamation.pk}
    assert Event.objects.about(reclamation).latest("pk").data["minor"] == 1190


def test_a_refund_moves_no_item():  # R6
    reclamation = make.reclamation(paid_order())
    before = list(OrderItem.objects.values())

    refund_claimed(reclamation, lines={reclamation.lines.get().line_id: ONE}, key="k", by=make.STAFF)

    assert list(OrderItem.objects.values()) == before


def test_the_same_key_refunds_once():  # R7, O18
    reclamation = make.reclamation(paid_order())
    line_id = reclamation.lines.get().line_id

    first = refund_claimed(reclamation, lines={line_id: ONE}, key="k", by=make.STAFF)
    again = refund_claimed(reclamation, lines={line_id: ONE}, key="k", by=make.STAFF)

    assert first == again
    assert reclamation.lines.get().settled == 1


def test_no_more_is_refunded_than_is_unfinished():  # R7
    reclamation = make.reclamation(paid_order())
    line_id = reclamation.lines.get().line_id
    refund_claimed(reclamation, lines={line_id: TWO}, key="k", by=make.STAFF)

    with pytest.raises(Refused) as refusal:
        refund_claimed(reclamation, lines={line_id: ONE}, key="other", by=make.STAFF)

    assert refusal.value.code == "already_settled"
    assert sum(Refund.objects.values_list("amount", flat=True)) == 2380


def test_who_may_not_refund_refunds_nothing_from_here_either():  # R7
    reclamation = make.reclamation(paid_order())
    by = actor_of(make.staff("service"), door="office")

    with pytest.raises(NotAllowed):
        refund_claimed(reclamation, lines={reclamation.lines.get().line_id: ONE}, key="k", by=by)

    assert not Refund.objects.exists()
    assert reclamation.lines.get().settled == 0


def test_a_replacement_is_a_linked_order_without_price():  # R7
    order = paid_order()
    reclamation = make.reclamation(order)
    line = reclamation.lines.get()

    replacement = replace_lines(reclamation, lines={line.line_id: TWO}, by=make.STAFF)

    line.refresh_from_db()
    assert (replacement.total, replacement.replaces, replacement.customer) == (0, order, order.customer)
    assert ReclamationOrder.objects.get().order == replacement
    assert (line.settled, line.outcome) == (2, "replaced")
    assert Event.objects.about(reclamation).latest("pk").data["order"] == replacement.number


@pytest.mark.parametrize("state", ["new", "canceled"])
def test_what_never_left_the_house_is_not_sent_once_more(state: str):  # R8
    order = make.order(quantities=(2,))
    line = order.lines.get()
    reclamation = make.reclamation(order)
    item = OrderItem.objects.get()
    OrderItem.objects.update(quantity=ONE, state=state)
    at = {"entered_at": item.entered_at, "ordered_at": item.ordered_at}
    OrderItem.objects.create(order=order, line=line, quantity=ONE, state="shipped", **at)

    with pytest.raises(Refused) as refusal:
        replace_lines(reclamation, lines={line.pk: TWO}, by=make.STAFF)
    replacement = replace_lines(reclamation, lines={line.pk: ONE}, by=make.STAFF)

    assert refusal.value.code == "not_shipped"
    assert list(ReclamationOrder.objects.values_list("order_id", flat=True)) == [replacement.pk]
    assert reclamation.lines.get().settled == 1


def test_the_same_key_replaces_once():  # R7
    reclamation = make.reclamation(paid_order())
    line_id = reclamation.lines.get().line_id

    first = replace_lines(reclamation, lines={line_id: ONE}, key="k", by=make.STAFF)
    again = replace_lines(reclamation, lines={line_id: ONE}, key="k", by=make.STAFF)

    assert first == again
    assert Order.objects.count() == 2
    assert reclamation.lines.get().settled == 1


def test_what_was_replaced_is_not_refunded_too():  # R7, R8
    reclamation = make.reclamation(paid_order())
    line_id = reclamation.lines.get().line_id
    replace_lines(reclamation, lines={line_id: TWO}, by=make.STAFF)

    with pytest.raises(Refused) as refusal:
        refund_claimed(reclamation, lines={line_id: ONE}, key="k", by=make.STAFF)

    assert refusal.value.code == "already_settled"
    assert not Refund.objects.exists()


def test_a_replaced_piece_can_be_claimed_on_its_own_order():  # R8
    reclamation = make.reclamation(paid_order())
    replacement = replace_lines(reclamation, lines={reclamation.lines.get().line_id: TWO}, by=make.STAFF)
    close_reclamation(reclamation, by=make.STAFF)

    second = make.reclamation(replacement)

    assert second.is_open
    assert Reclamation.objects.count() == 2
    assert Allotment.objects.get(line__order=reclamation.order).free == 0
