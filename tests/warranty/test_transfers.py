"""Units that are handed on from dealer to dealer."""

from datetime import timedelta

import pytest

from claimdesk.kernel.clock import today
from claimdesk.kernel.refused import NotAllowed
from claimdesk.warranty.actions.registrations import register_unit
from claimdesk.warranty.actions.transfers import (
    accept_transfer,
    ask_transfer,
    refuse_transfer,
    withdraw_transfer,
)
from claimdesk.warranty.actions.units import assign_unit
from claimdesk.warranty.models import Transfer
from claimdesk.warranty.queries.units import units
from tests import make
from tests.refusals import refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def two():
    return make.customer(), make.customer()


def test_what_is_accepted_is_with_the_other_dealer_and_its_history_with_it(two):  # U6
    one, other = two
    unit = make.unit(dealer=one)
    transfer = ask_transfer(unit, to=other, note="sold on", by=make.dealer(one))
    assert list(units(make.dealer(other))) == []

    accept_transfer(transfer, by=make.dealer(other))

    assert list(units(make.dealer(other))) == [unit]
    assert list(units(make.dealer(one))) == []
    assert refused(refuse_transfer, transfer, by=make.dealer(other)) == "transfer_decided"


def test_only_who_was_asked_accepts_and_only_who_asked_withdraws(two):  # U6
    one, other = two
    unit = make.unit(dealer=one)
    transfer = ask_transfer(unit, to=other, by=make.dealer(one))

    for deed, by in ((accept_transfer, one), (refuse_transfer, one), (withdraw_transfer, other)):
        with pytest.raises(NotAllowed):
            deed(transfer, by=make.dealer(by))
    with pytest.raises(NotAllowed):
        ask_transfer(unit, to=other, by=make.dealer(other))

    withdraw_transfer(transfer, by=make.dealer(one))
    unit.refresh_from_db()
    assert (unit.dealer, Transfer.objects.get().state) == (one, "withdrawn")


def test_what_cannot_be_handed_on_is_refused(two):  # U6
    one, other = two
    unit = make.unit(dealer=one)
    gone = make.customer(state="inactive")

    assert refused(ask_transfer, unit, to=one, by=make.STAFF) == "same_dealer"
    assert refused(ask_transfer, unit, to=gone, by=make.STAFF) == "dealer_gone"
    ask_transfer(unit, to=other, by=make.STAFF)
    assert refused(ask_transfer, unit, to=make.customer(), by=make.STAFF) == "transfer_asked_already"
    sold = make.unit(dealer=one)
    register_unit(sold, owner_name="Meyer", delivered_on=today() - timedelta(1), by=make.STAFF)
    assert refused(ask_transfer, sold, to=other, by=make.STAFF) == "unit_registered"


def test_what_was_delivered_after_it_was_offered_is_not_taken_over(two):  # U6
    one, other = two
    unit = make.unit(dealer=one)
    transfer = ask_transfer(unit, to=other, by=make.dealer(one))
    register_unit(unit, owner_name="Meyer", delivered_on=today(), by=make.dealer(one))

    assert refused(accept_transfer, transfer, by=make.dealer(other)) == "unit_registered"

    transfer.refresh_from_db()
    unit.refresh_from_db()
    assert (unit.dealer, transfer.state) == (one, "asked")
    assert not units(make.dealer(other)).exists()


def test_staff_who_assign_a_unit_end_the_wish_to_hand_it_on(two):  # U6
    one, other = two
    unit = make.unit(dealer=one)
    transfer = ask_transfer(unit, to=other, by=make.STAFF)

    assign_unit(unit, dealer=make.customer(), by=make.STAFF)

    assert refused(accept_transfer, transfer, by=make.dealer(other)) == "transfer_decided"
