"""Rivals for units: one serial number, one registration, one decision about a transfer, one successor."""

import pytest

from claimdesk.kernel.clock import today
from claimdesk.ledger.models import Event
from claimdesk.warranty.actions.registrations import register_unit
from claimdesk.warranty.actions.transfers import accept_transfer, ask_transfer, withdraw_transfer
from claimdesk.warranty.actions.units import create_unit, replace_unit
from claimdesk.warranty.models import Custody, Registration, Unit
from tests import make
from tests.refusals import refusals

pytestmark = pytest.mark.race


def test_of_many_units_with_one_serial_number_one_is_made(race):  # U3
    product = make.product()

    results = race(*[lambda: create_unit(serial="AB-1", product=product, by=make.STAFF)] * 5)

    assert refusals(results) == {"serial_taken": 4}
    assert Unit.objects.count() == Event.objects.filter(kind="unit.created").count() == 1


def test_of_many_registrations_at_once_one_holds(race):  # U4
    unit = make.unit()
    by = make.dealer(unit.dealer)

    results = race(*[lambda: register_unit(unit, owner_name="Meyer", delivered_on=today(), by=by)] * 5)

    assert refusals(results) == {"already_registered": 4}
    assert Registration.objects.count() == Event.objects.filter(kind="unit.registered").count() == 1
    assert Custody.objects.filter(unit=unit, until_on=None).count() == 1


def test_a_transfer_is_accepted_or_withdrawn_and_never_both(race):  # U6
    one, other = make.customer(), make.customer()
    transfer = ask_transfer(make.unit(dealer=one), to=other, by=make.STAFF)
    mine, theirs = make.dealer(one), make.dealer(other)

    results = race(
        lambda: accept_transfer(transfer, by=theirs),
        lambda: withdraw_transfer(transfer, by=mine),
        lambda: accept_transfer(transfer, by=theirs),
    )

    assert refusals(results) == {"transfer_decided": 2}
    transfer.refresh_from_db()
    assert (transfer.state == "accepted") == (Unit.objects.get().dealer_id == other.pk)


def test_one_unit_takes_the_place_of_one_other(race):  # U7
    new = make.unit()
    rivals = [make.unit() for _n in range(4)]

    results = race(*[lambda old=old: replace_unit(old, successor=new, by=make.STAFF) for old in rivals])

    assert refusals(results) == {"successor_taken": 3}
    assert Unit.objects.filter(state="inactive").count() == 1
