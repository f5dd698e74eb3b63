"""Units: made, changed, assigned, replaced, with whom they are and until when they are covered."""

from datetime import date, timedelta

import pytest

from claimdesk.kernel.clock import today
from claimdesk.kernel.refused import NotAllowed
from claimdesk.ledger.models import Event
from claimdesk.warranty.actions.registrations import register_unit
from claimdesk.warranty.actions.units import assign_unit, change_unit, create_unit, replace_unit
from claimdesk.warranty.models import Custody, Unit
from claimdesk.warranty.queries.units import units, units_to_register
from claimdesk.warranty.serials import fold_serial
from tests import make
from tests.refusals import refused

pytestmark = pytest.mark.django_db


def custodies(unit: Unit) -> list[tuple]:
    """Who had a unit from when until when."""
    rows = Custody.objects.filter(unit=unit).order_by("from_on", "id")
    return [(row.role, row.holder_name, row.from_on, row.until_on) for row in rows]


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("ab-12 / 0034", "ab120034"),
        ("AB 12.0034", "ab120034"),
        ("ＡＢ１２００３４", "ab120034"),
        ("000123", "000123"),
        ("СЕРИЯ-7", "серия7"),
        (" - ", ""),
    ],
)
def test_a_serial_number_is_one_in_every_spelling(typed: str, folded: str):  # U1
    assert fold_serial(typed) == folded


def test_a_unit_is_assigned_to_a_dealer_who_sees_it_among_those_to_register():  # U3 U9
    dealer = make.customer(town="Kiel", country="DE")

    unit = create_unit(serial=" AB-1 ", product=make.product(), dealer=dealer, by=make.STAFF)

    assert (unit.serial, unit.region, unit.is_registered) == ("AB-1", "DE", False)
    assert list(units_to_register(make.dealer(dealer))) == [unit]
    assert list(units(make.dealer(make.customer()))) == []
    assert custodies(unit) == [("dealer", dealer.name, today(), None)]
    assert Event.objects.get(kind="unit.created").customer_id == dealer.pk


def test_a_serial_number_is_on_file_once_in_every_spelling():  # U3
    make.unit(serial="AB-1")
    product = make.product()

    assert refused(create_unit, serial="ab 1", product=product, by=make.STAFF) == "serial_taken"
    assert refused(create_unit, serial=" -/- ", product=product, by=make.STAFF) == "serial_empty"
    assert Unit.objects.count() == 1


def test_days_that_cannot_be_are_refused():  # U3
    product, day = make.product(), date(2024, 5, 1)
    made = {"serial": "AB-1", "product": product, "by": make.STAFF, "manufactured_on": day}

    assert refused(create_unit, **made, shipped_on=day - timedelta(1)) == "made_after_delivery"
    assert refused(create_unit, **(made | {"manufactured_on": today() + timedelta(1)})) == "day_in_future"
    assert not Unit.objects.exists()


def test_a_changed_unit_tells_what_changed_and_its_cover_follows():  # U5 U9
    make.policy(start="invoice")
    unit = make.unit(invoiced_on=date(2024, 1, 15))

    changed = change_unit(unit, invoiced_on=date(2024, 2, 15), note="repaired once", by=make.STAFF)

    assert changed.cover_ends_on == date(2026, 2, 15)
    event = Event.objects.get(kind="unit.changed")
    assert event.data["before"]["invoiced_on"] == "2024-01-15"
    assert Unit.objects.get().note == "repaired once"


def test_a_unit_that_goes_to_another_dealer_leaves_the_first_ones_sight():  # U6
    one, other = make.customer(), make.customer()
    unit = create_unit(serial="AB-1", product=make.product(), dealer=one, by=make.STAFF)

    assign_unit(unit, dealer=other, by=make.STAFF)

    assert list(units(make.dealer(one))) == []
    assert list(units(make.dealer(other))) == [unit]
    assert [(role, name, until is None) for role, name, _from, until in custodies(unit)] == [
        ("dealer", one.name, False),
        ("dealer", other.name, True),
    ]
    assert refused(assign_unit, unit, dealer=other, by=make.STAFF) == "already_assigned"


def test_a_delivered_unit_that_is_assigned_anew_stays_with_its_owner():  # U6
    unit, other = make.unit(), make.customer()
    register_unit(unit, owner_name="Meyer", delivered_on=today(), by=make.STAFF)

    assign_unit(unit, dealer=other, by=make.STAFF)

    assert list(units(make.dealer(other))) == [unit]
    assert [row[:2] for row in custodies(unit) if row[3] is None] == [("owner", "Meyer")]


def test_a_replaced_unit_is_inactive_and_its_successor_takes_over_its_cover():  # U7
    make.policy()
    old, new = make.unit(), make.unit(dealer=None)
    register_unit(old, owner_name="Meyer", delivered_on=today() - timedelta(100), by=make.STAFF)
    old.refresh_from_db()
    end = old.cover_ends_on

    replace_unit(old, successor=new, by=make.STAFF)

    old.refresh_from_db()
    new.refresh_from_db()
    assert (old.state, old.replaced_by, old.cover_ends_on) == ("inactive", new, today())
    assert (new.dealer, new.cover_ends_on) == (old.dealer, end)
    told = Event.objects.filter(kind="unit.replaced").values_list("subject", "customer_id")
    assert set(told) == {(f"unit/{each.pk}", old.dealer_id) for each in (old, new)}


def test_a_unit_replaces_one_other_unit_and_never_itself():  # U7
    old, new, third = make.unit(), make.unit(), make.unit()
    replace_unit(old, successor=new, by=make.STAFF)

    assert refused(replace_unit, third, successor=new, by=make.STAFF) == "successor_taken"
    assert refused(replace_unit, third, successor=third, by=make.STAFF) == "successor_is_itself"
    assert refused(replace_unit, old, successor=third, by=make.STAFF) == "unit_inactive"
    assert refused(replace_unit, new, successor=old, by=make.STAFF) == "unit_inactive"
    assert Unit.objects.filter(state="inactive").count() == 1


def test_only_service_staff_make_assign_and_replace_units():  # U9
    dealer = make.customer()
    unit, product = make.unit(dealer=dealer), make.product()
    for actor in (make.dealer(dealer, "manager"), make.actor(make.staff("finance"), door="office")):
        for deed in (
            lambda by: create_unit(serial="AB-1", product=product, by=by),
            lambda by: change_unit(unit, note="mine", by=by),
            lambda by: assign_unit(unit, dealer=None, by=by),
            lambda by: replace_unit(unit, successor=unit, by=by),
        ):
            with pytest.raises(NotAllowed):
                deed(actor)

    unit.refresh_from_db()
    assert (unit.note, unit.dealer, Unit.objects.count()) == ("", dealer, 1)
