from decimal import Decimal

import pytest

from claimdesk.access.queries.access import actor_of
from claimdesk.aftersales.actions.reclamations import close_reclamation
from claimdesk.aftersales.models import Reclamation
from claimdesk.kernel.refused import NotAllowed, Refused
from claimdesk.ledger.models import Event
from claimdesk.orders.models import Allotment, OrderItem
from tests import make

pytestmark = pytest.mark.django_db
ONE, TWO = Decimal(1), Decimal(2)


def test_closing_settles_what_is_finished_and_frees_the_rest():  # R8
    order = make.order(quantities=(2, 3))
    first, second = order.lines.order_by("position")
    reclamation = make.reclamation(order)

    close_reclamation(reclamation, outcomes={first.pk: "repaired"}, reason="kept as it is", by=make.STAFF)

    by_line = {each.line_id: each for each in Allotment.objects.all()}
    assert [(by_line[line.pk].held, by_line[line.pk].settled) for line in (first, second)] == [(0, 2), (0, 0)]
    assert [by_line[line.pk].free for line in (first, second)] == [0, 3]
    reclamation.refresh_from_db()
    assert (reclamation.state, reclamation.closed_by_name) == ("closed", "Sam Staff")
    assert Event.objects.about(reclamation).latest("pk").data["unfinished"] == 1


def test_closing_with_unfinished_lines_asks_for_a_reason():  # R7
    reclamation = make.reclamation()

    for reason in ("", "   "):
        with pytest.raises(Refused) as refusal:
            close_reclamation(reclamation, reason=reason, by=make.STAFF)
        assert refusal.value.code == "reason_needed"

    reclamation.refresh_from_db()
    assert reclamation.is_open
    assert Allotment.objects.get().held == 1


def test_closing_what_is_finished_needs_no_reason():  # R7
    reclamation = make.reclamation()
    line = reclamation.lines.get()

    close_reclamation(reclamation, outcomes={line.line_id: "replaced"}, by=make.STAFF)

    assert Reclamation.objects.get().state == "closed"


def test_closing_twice_frees_once():  # R8
    order = make.order(quantities=(2,))
    line = order.lines.get()
    first, second = make.reclamation(order, {line.pk: ONE}), make.reclamation(order, {line.pk: ONE})
    close_reclamation(first, reason="no", by=make.STAFF)

    with pytest.raises(Refused) as refusal:
        close_reclamation(Reclamation.objects.get(pk=first.pk), reason="no", by=make.STAFF)

    assert refusal.value.code == "reclamation_closed"
    assert Allotment.objects.get().held == 1
    assert second.lines.get().quantity == 1


def test_closing_moves_no_item():  # R6
    reclamation = make.reclamation()
    before = list(OrderItem.objects.values())

    close_reclamation(reclamation, reason="no", by=make.STAFF)

    assert list(OrderItem.objects.values()) == before


@pytest.mark.parametrize(("outcome", "code"), [("eaten", "unknown_outcome"), ("refunded", "foreign_line")])
def test_an_outcome_is_known_and_of_a_claimed_line(outcome: str, code: str):  # R7
    reclamation, other = make.reclamation(), make.order().lines.get()
    line_id = reclamation.lines.get().line_id if code == "unknown_outcome" else other.pk

    with pytest.raises(Refused) as refusal:
        close_reclamation(reclamation, outcomes={line_id: outcome}, reason="no", by=make.STAFF)

    assert refusal.value.code == code
    assert Reclamation.objects.get().is_open


def test_staff_without_the_permission_or_with_other_customers_do_not_close():  # R5
    reclamation = make.reclamation()
    for person in (make.staff("finance"), make.staff("service", only_own_customers=True)):
        with pytest.raises(NotAllowed):
            close_reclamation(reclamation, reason="no", by=actor_of(person, door="office"))

    assert Reclamation.objects.get().is_open


def test_switched_off_nothing_is_closed_and_nothing_lost():  # R10
    reclamation = make.reclamation()
    make.company(reclamations_on=False)

    with pytest.raises(Refused) as refusal:
        close_reclamation(reclamation, reason="no", by=make.STAFF)

    assert refusal.value.code == "reclamations_off"
    assert Reclamation.objects.get().is_open
    assert Allotment.objects.get().held == 1
