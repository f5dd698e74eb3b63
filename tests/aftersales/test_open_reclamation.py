from datetime import timedelta
from decimal import Decimal

import pytest

from claimdesk.access.queries.access import actor_of
from claimdesk.aftersales.actions.reclamations import open_reclamation
from claimdesk.aftersales.models import Reclamation, ReclamationCause
from claimdesk.aftersales.queries.causes import offered_causes
from claimdesk.kernel.actor import Actor
from claimdesk.kernel.clock import today
from claimdesk.kernel.refused import NotAllowed, Refused
from claimdesk.ledger.models import Event
from claimdesk.orders.models import Allotment, Order, OrderItem, Shipment
from tests import make

pytestmark = pytest.mark.django_db
ONE = Decimal(1)


def opened(order: Order, quantities: dict, *, by: Actor = make.STAFF, **fields) -> Reclamation:
    """A reclamation on the order for its first cause, wishing a refund."""
    wish = {"cause": offered_causes()[0], "wish": "refund"} | fields
    return open_reclamation(order, lines=quantities, by=by, **wish)


def refusal_of(order: Order, quantities: dict, **fields) -> str:
    """The code by which opening is refused; nothing may have changed."""
    held = dict(Allotment.objects.values_list("line_id", "held"))
    with pytest.raises(Refused) as refusal:
        opened(order, quantities, **fields)
    assert not Reclamation.objects.exists()
    assert not Event.objects.filter(kind="reclamation.opened").exists()
    assert dict(Allotment.objects.values_list("line_id", "held")) == held
    return refusal.value.code


def service_person(order: Order) -> Actor:
    """One of the customer's people who may claim."""
    user = make.user()
    make.membership(user, order.customer, "service")
    return actor_of(user, door="portal")


def test_staff_claim_on_all_items_of_an_order():  # R3
    order = make.order(quantities=(2, 3))
    first, second = order.lines.order_by("position")

    reclamation = opened(order, {first.pk: Decimal(2), second.pk: Decimal(3)}, note=" box was wet ")

    assert (reclamation.state, reclamation.order, reclamation.customer) == ("open", order, order.customer)
    assert (reclamation.note, reclamation.opened_by_name) == ("box was wet", "Sam Staff")
    assert [line.quantity for line in reclamation.lines.order_by("line__position")] == [2, 3]
    event = Event.objects.about(reclamation).get()
    assert (event.kind, event.customer_id) == ("reclamation.opened", order.customer_id)


def test_one_claims_on_a_part_of_one_item():  # R3
    order = make.order(quantities=(2, 3))
    first, second = order.lines.order_by("position")

    opened(order, {second.pk: ONE})

    assert (first.allotment.free, second.allotment.free) == (2, 2)


def test_an_order_can_have_several_reclamations_each_with_a_number_of_its_own():  # R4
    order = make.order(quantities=(2,))
    line = order.lines.get()

    one, two = opened(order, {line.pk: ONE}), opened(order, {line.pk: ONE})

    assert one.number != two.number
    assert order.reclamations.count() == 2
    assert line.allotment.free == 0


def test_opening_moves_no_item():  # R6
    order = make.order(quantities=(2,))
    before = list(OrderItem.objects.values())

    opened(order, {order.lines.get().pk: ONE})

    assert list(OrderItem.objects.values()) == before
    order.refresh_from_db()
    assert order.state == "new"


def test_the_order_knows_that_it_has_a_reclamation():  # R3
    order = make.order()

    opened(order, {order.lines.get().pk: ONE})

    assert Order.objects.get().has_reclamation


def test_one_claims_on_what_was_never_delivered():  # R8
    order = make.order(quantities=(5,), state="new")

    opened(order, {order.lines.get().pk: Decimal(5)})

    assert order.lines.get().allotment.held == 5


def test_more_than_is_free_is_refused():  # R8
    order = make.order(quantities=(2,))

    assert refusal_of(order, {order.lines.get().pk: Decimal(3)}) == "quantity_taken"


@pytest.mark.parametrize("taken", ["canceled", "held", "settled"])
def test_what_is_canceled_held_or_settled_is_not_free(taken: str):  # R8
    order = make.order(quantities=(2,))
    line = order.lines.get()
    Allotment.objects.filter(line=line).update(**{taken: 1})

    assert refusal_of(order, {line.pk: Decimal(2)}) == "quantity_taken"
    opened(order, {line.pk: ONE})


def test_the_last_piece_is_not_claimed_when_another_line_has_none_left():  # R8
    order = make.order(quantities=(1, 1))
    first, second = order.lines.order_by("position")
    Allotment.objects.filter(line=second).update(canceled=1)

    assert refusal_of(order, {first.pk: ONE, second.pk: ONE}) == "quantity_taken"


@pytest.mark.parametrize("quantity", ["0", "-1", "-0.5"])
def test_a_quantity_is_more_than_zero(quantity: str):  # R3
    order = make.order(quantities=(2,))

    assert refusal_of(order, {order.lines.get().pk: Decimal(quantity)}) == "quantity_not_positive"


def test_pieces_are_claimed_whole():  # R3
    order = make.order(quantities=(2,))

    assert refusal_of(order, {order.lines.get().pk: Decimal("0.5")}) == "quantity_step"


def test_what_is_sold_by_fractions_is_claimed_by_fractions():  # R3
    order = make.order(quantities=(Decimal("2.5"),))
    line = order.lines.get()

    opened(order, {line.pk: Decimal("0.125")})

    assert line.allotment.free == Decimal("2.375")


def test_nothing_chosen_is_refused():  # R3
    assert refusal_of(make.order(), {}) == "no_lines"


def test_a_line_of_another_order_is_refused():  # R4
    order, other = make.order(), make.order()

    assert refusal_of(order, {other.lines.get().pk: ONE}) == "foreign_line"


def test_a_cause_is_needed_that_is_offered():  # R1
    order = make.order()
    old = ReclamationCause.objects.get(names__en="faulty")
    ReclamationCause.objects.filter(pk=old.pk).update(is_active=False)
    old.refresh_from_db()

    assert refusal_of(order, {order.lines.get().pk: ONE}, cause=old) == "cause_not_offered"


def test_an_unknown_wish_is_refused():  # R3
    order = make.order()

    assert refusal_of(order, {order.lines.get().pk: ONE}, wish="revenge") == "unknown_wish"


def test_the_same_key_twice_opens_one_reclamation():  # R3
    order = make.order(quantities=(2,))
    line = order.lines.get()

    first = opened(order, {line.pk: ONE}, key="k1")
    again = opened(order, {line.pk: ONE}, key="k1")

    assert first == again
    assert line.allotment.held == 1
    assert Event.objects.filter(kind="reclamation.opened").count() == 1


def test_another_orders_key_is_another_key():  # R3
    order, other = make.order(), make.order()

    first = opened(order, {order.lines.get().pk: ONE}, key="k1")
    second = opened(other, {other.lines.get().pk: ONE}, key="k1")

    assert first != second


def test_switched_off_nobody_opens_one():  # R10
    make.company(reclamations_on=False)
    order = make.order()

    assert refusal_of(order, {order.lines.get().pk: ONE}) == "reclamations_off"


def test_a_customers_service_person_claims_where_the_seller_lets_him():  # R9
    make.company(customers_may_claim=True)
    order = make.order()

    reclamation = opened(order, {order.lines.get().pk: ONE}, by=service_person(order))

    assert reclamation.is_by_customer


def test_customers_do_not_claim_unless_the_seller_lets_them():  # R9
    order = make.order()
    by = service_person(order)

    assert refusal_of(order, {order.lines.get().pk: ONE}, by=by) == "customers_may_not_claim"


def test_customers_claim_within_the_window_which_begins_with_the_last_delivery():  # R9
    make.company(customers_may_claim=True, claim_window_days=14)
    order = make.order(quantities=(2,), ordered_on=today() - timedelta(days=60))
    by, line = service_person(order), order.lines.get()

    assert refusal_of(order, {line.pk: ONE}, by=by) == "claim_window_over"
    Shipment.objects.create(
        number="S1",
        order=order,
        shipped_on=today() - timedelta(days=16),
        delivered_on=today() - timedelta(days=14),
    )
    opened(order, {line.pk: ONE}, by=by)


def test_staff_claim_long_after_the_window():  # R9
    make.company(customers_may_claim=True, claim_window_days=1)
    order = make.order(ordered_on=today() - timedelta(days=900))

    assert opened(order, {order.lines.get().pk: ONE}).pk


@pytest.mark.parametrize("role", ["viewer", "buyer"])
def test_customers_people_need_the_role_of_service(role: str):  # R9
    make.company(customers_may_claim=True)
    order, user = make.order(), make.user()
    make.membership(user, order.customer, *([] if role == "viewer" else [role]))

    with pytest.raises(NotAllowed):
        opened(order, {order.lines.get().pk: ONE}, by=actor_of(user, door="portal"))
    assert not Reclamation.objects.exists()


def test_nobody_claims_on_another_customers_order():  # R4
    make.company(customers_may_claim=True)
    order = make.order()

    with pytest.raises(NotAllowed):
        opened(order, {order.lines.get().pk: ONE}, by=service_person(make.order()))
    assert not Reclamation.objects.exists()


def test_limited_staff_claim_on_their_own_customers_orders_only():  # R3
    person = make.staff("service", only_own_customers=True)
    mine, other = make.order(make.customer(representative=person)), make.order()
    by = actor_of(person, door="office")

    assert opened(mine, {mine.lines.get().pk: ONE}, by=by).pk
    with pytest.raises(NotAllowed):
        opened(other, {other.lines.get().pk: ONE}, by=by)
