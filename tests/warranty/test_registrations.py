"""Registrations: the dealer's word that a unit was delivered."""

from datetime import date, timedelta

import pytest

from claimdesk.kernel.clock import today
from claimdesk.kernel.refused import NotAllowed
from claimdesk.ledger.models import Event
from claimdesk.warranty.actions.registrations import (
    correct_registration,
    register_unit,
    withdraw_registration,
)
from claimdesk.warranty.models import Registration
from claimdesk.warranty.queries.units import units_to_register
from tests import make
from tests.refusals import refused
from tests.warranty.test_units import custodies

pytestmark = pytest.mark.django_db
DAY = date(2026, 1, 31)


def test_a_dealer_registers_a_unit_and_its_warranty_begins():  # U4
    make.policy()
    unit = make.unit(manufactured_on=date(2025, 12, 1))
    by = make.dealer(unit.dealer)

    registration = register_unit(
        unit,
        owner_name=" Meyer  Bau ",
        owner_town="Kiel",
        delivered_on=DAY,
        meter=3,
        answers={"Use": "rent"},
        by=by,
    )

    unit.refresh_from_db()
    assert (unit.is_registered, unit.owner_name, unit.delivered_on) == (True, "Meyer Bau", DAY)
    assert unit.cover_ends_on == date(2028, 1, 31)
    assert (registration.dealer, registration.registered_by_name) == (unit.dealer, by.name)
    assert not units_to_register(by).exists()
    assert custodies(unit) == [("owner", "Meyer Bau", DAY, None)]


def test_a_unit_is_registered_once():  # U4
    unit = make.unit()
    register_unit(unit, owner_name="Meyer", delivered_on=today(), by=make.STAFF)

    code = refused(register_unit, unit, owner_name="Other", delivered_on=today(), by=make.STAFF)

    assert code == "already_registered"
    assert Registration.objects.get().owner_name == "Meyer"
    assert Event.objects.filter(kind="unit.registered").count() == 1


def test_a_delivery_tomorrow_or_before_the_unit_was_made_is_refused():  # U4
    unit = make.unit(manufactured_on=DAY, shipped_on=DAY, invoiced_on=DAY)
    facts = {"owner_name": "Meyer", "by": make.STAFF}

    assert refused(register_unit, unit, delivered_on=today() + timedelta(1), **facts) == "day_in_future"
    assert refused(register_unit, unit, delivered_on=DAY - timedelta(1), **facts) == "made_after_delivery"
    assert refused(register_unit, unit, delivered_on=DAY, **(facts | {"owner_name": " "})) == "owner_missing"
    assert not Registration.objects.exists()


def test_nobody_registers_another_dealers_unit():  # U4
    unit = make.unit()

    for by in (make.dealer(make.customer()), make.dealer(unit.dealer, "buyer")):
        with pytest.raises(NotAllowed):
            register_unit(unit, owner_name="Meyer", delivered_on=today(), by=by)

    assert not Registration.objects.exists()


def test_a_correction_stands_in_the_place_of_what_it_corrects_and_both_can_be_read():  # U4
    make.policy()
    unit = make.unit()
    by = make.dealer(unit.dealer)
    first = register_unit(unit, owner_name="Meyer", delivered_on=date(2025, 3, 1), by=by)

    second = correct_registration(first, delivered_on=date(2025, 4, 1), reason="typing error", by=by)

    first.refresh_from_db()
    unit.refresh_from_db()
    assert (first.state, second.corrects, unit.cover_ends_on) == ("corrected", first, date(2027, 4, 1))
    assert Event.objects.get(kind="unit.registration_corrected").data["after"] == {
        "delivered_on": "2025-04-01"
    }
    assert (
        refused(correct_registration, first, owner_name="X", reason="again", by=by) == "registration_changed"
    )
    assert (
        refused(correct_registration, second, owner_name="Meyer", reason="same", by=by) == "nothing_changed"
    )
    assert refused(correct_registration, second, owner_name="X", reason=" ", by=by) == "reason_missing"


def test_staff_withdraw_a_registration_and_the_unit_waits_again():  # U4
    make.policy()
    unit = make.unit()
    registration = register_unit(unit, owner_name="Meyer", delivered_on=today(), by=make.STAFF)
    with pytest.raises(NotAllowed):
        withdraw_registration(registration, reason="not sold", by=make.dealer(unit.dealer))

    withdraw_registration(registration, reason="not sold", by=make.STAFF)

    unit.refresh_from_db()
    assert (unit.is_registered, unit.delivered_on, unit.owner_name, unit.cover_ends_on) == (
        False,
        None,
        "",
        None,
    )
    assert list(units_to_register(make.dealer(unit.dealer))) == [unit]
    register_unit(unit, owner_name="Schulz", delivered_on=today(), by=make.STAFF)
    assert Registration.objects.count() == 2
