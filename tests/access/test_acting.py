from datetime import timedelta

import pytest

from claimdesk.access.actions.acting import start_acting, stop_acting
from claimdesk.access.actions.invitations import invite
from claimdesk.access.models import ActingSession
from claimdesk.access.permissions import MANAGE_TEAM, VIEW_ACCOUNT
from claimdesk.access.queries.access import acting_actor
from claimdesk.kernel.clock import clock_at, now
from claimdesk.kernel.refused import NotAllowed, Refused
from claimdesk.ledger.models import Event
from claimdesk.people.queries.staff import staff_actor
from tests import make

pytestmark = pytest.mark.django_db


def test_staff_act_for_a_customer_under_both_names_for_a_while():  # A84
    staff, membership = make.staff("sales"), make.membership()

    session = start_acting(
        membership.customer, person=membership.user, reason="phone order", by=staff_actor(staff)
    )

    actor = acting_actor(staff, session, door="portal")
    assert (actor.name, actor.acting_for) == (staff.name, membership.user.name)
    assert actor.may(VIEW_ACCOUNT)
    with clock_at(now() + timedelta(minutes=31)):
        assert acting_actor(staff, session, door="portal") is None


def test_who_acts_changes_neither_members_nor_credentials():  # A84
    staff, membership = make.staff(), make.membership()
    session = start_acting(membership.customer, reason="phone order", by=staff_actor(staff))
    actor = acting_actor(staff, session, door="portal")

    assert not actor.may(MANAGE_TEAM)
    with pytest.raises(NotAllowed):
        invite(membership.customer, email="x@example.com", roles=[], by=actor)
    with pytest.raises(NotAllowed):
        actor.require_self(membership.user_id)


def test_stopping_ends_it_at_once_and_so_does_beginning_anew():  # A84
    staff = make.staff()
    first = start_acting(make.customer(), reason="a", by=staff_actor(staff))
    second = start_acting(make.customer(), reason="b", by=staff_actor(staff))
    stop_acting(second, by=staff_actor(staff))

    assert ActingSession.objects.filter(ended_at=None).count() == 0
    first.refresh_from_db()
    assert acting_actor(staff, first, door="portal") is None


def test_it_needs_a_reason_permission_and_a_customer_of_ones_own():  # A84 A53
    limited = make.staff("sales", only_own_customers=True)

    with pytest.raises(Refused):
        start_acting(make.customer(), reason=" ", by=staff_actor(make.staff()))
    with pytest.raises(NotAllowed):
        start_acting(make.customer(), reason="x", by=staff_actor(make.staff("finance")))
    with pytest.raises(NotAllowed):
        start_acting(make.customer(), reason="x", by=staff_actor(limited))

    assert not ActingSession.objects.exists()


def test_acting_ends_with_the_permission_the_customer_and_the_representation():  # A80 A84
    staff, customer = make.staff("sales"), make.customer()
    session = make.acting_session(staff, customer)
    assert acting_actor(staff, session, door="portal") is not None

    staff.only_own_customers = True
    assert acting_actor(staff, session, door="portal") is None
    staff.only_own_customers = False
    staff.roles.clear()
    assert acting_actor(staff, session, door="portal") is None


@pytest.mark.parametrize("state", ["admin", "new"])
def test_staff_act_for_a_customer_for_whom_nobody_signs_in(state):  # A65
    staff, customer = make.staff("sales"), make.customer(state=state, email="")

    session = start_acting(customer, reason="phone order", by=staff_actor(staff))

    actor = acting_actor(staff, session, door="portal")
    assert (actor.customer_id, actor.acting_for) == (customer.pk, customer.name)


def test_both_names_stand_on_what_is_done_while_acting():  # A84
    staff, membership = make.staff("sales", name="Sam Sales"), make.membership(make.user(name="Mia Miller"))
    by = staff_actor(staff)
    session = start_acting(membership.customer, person=membership.user, reason="phone order", by=by)

    stop_acting(session, by=acting_actor(staff, session, door="portal"))

    event = Event.objects.get(kind="acting.stopped")
    assert (event.actor_name, event.acting_for) == ("Sam Sales", "Mia Miller")


def test_how_long_staff_act_is_a_setting():  # A84
    make.company(acting_minutes=5)

    with clock_at(now()):
        session = start_acting(make.customer(), reason="phone order", by=staff_actor(make.staff()))

    assert session.ends_at - session.started_at == timedelta(minutes=5)
