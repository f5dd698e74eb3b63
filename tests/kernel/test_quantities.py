"""Quantities: exact to three decimals on either database."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.db.models import Case, F, Sum, Value, When

from claimdesk.kernel.quantities import parse_quantity, quantity_value, shown_quantity, thousandths
from claimdesk.orders.models import Allotment, OrderItem
from tests import make

pytestmark = pytest.mark.django_db


def test_a_tenth_and_two_tenths_are_three_tenths_in_the_database():
    order = make.order(quantities=[Decimal("0.3")])

    Allotment.objects.update(held=F("held") + quantity_value(Decimal("0.1")))
    Allotment.objects.update(held=F("held") + quantity_value(Decimal("0.2")))

    allotment = Allotment.objects.get(line__order=order)
    assert allotment.held == Decimal("0.3")
    assert allotment.free == 0


def test_no_more_than_was_ordered_is_ever_held_settled_and_canceled():  # R8
    make.order(quantities=[2])

    with pytest.raises(IntegrityError), transaction.atomic():
        Allotment.objects.update(held=Decimal("1.5"), settled=Decimal("0.5"), canceled=Decimal("0.001"))


@pytest.mark.parametrize(
    "held",
    [
        F("held") + 1,
        F("held") - Decimal("0.5"),
        1 + F("held"),
        F("held") + quantity_value(1) + 1,
        F("held") + Value(1),
        F("held") * quantity_value(2),
        Value(1),
        Case(When(settled=0, then=Value(1)), default=F("held")),
    ],
)
def test_a_bare_number_is_never_written_as_thousandths(held):  # R8
    make.order(quantities=[3])

    with pytest.raises(TypeError, match="thousandths"), transaction.atomic():
        Allotment.objects.update(held=held)

    assert Allotment.objects.get().held == 0


def test_a_bare_number_is_never_compared_as_thousandths():  # R8
    order = make.order(quantities=[3])
    allotments = Allotment.objects.filter(line__order=order)

    for comparison in ("exact", "gt", "gte", "lt", "lte"):
        with pytest.raises(TypeError, match="thousandths"):
            allotments.filter(**{f"ordered__{comparison}": F("held") + 1})

    assert allotments.filter(ordered=3, held__lt=1, ordered__gt=F("held") + quantity_value(2)).exists()
    assert not allotments.filter(ordered__gt=F("held") + quantity_value(3)).exists()


def test_numbers_are_set_and_quantities_added():
    make.order(quantities=[Decimal("2.5")])

    Allotment.objects.update(held=F("ordered") - quantity_value(1), settled=1)

    assert Allotment.objects.values_list("held", "settled").get() == (Decimal("1.5"), 1)


def test_quantities_add_up_over_rows():
    make.order(quantities=[Decimal("0.125"), 2])

    assert OrderItem.objects.aggregate(all=Sum("quantity"))["all"] == Decimal("2.125")


def test_finer_than_a_thousandth_is_no_quantity():
    with pytest.raises(ValueError, match="more than 3 decimals"):
        thousandths(Decimal("0.0001"))


@pytest.mark.parametrize(
    ("text", "quantity"),
    [("2", "2"), (" 2,5 ", "2.5"), ("1 000", "1000"), ("0.125", "0.125"), ("-1", "-1"), ("1e2", "100")],
)
def test_quantities_are_read_as_people_type_them(text: str, quantity: str):
    assert parse_quantity(text) == Decimal(quantity)


@pytest.mark.parametrize("text", ["", "two", "1.2.3", "1,000,000", "NaN", "Infinity", "1e20", "0.0001"])
def test_what_is_no_quantity_is_said_so(text: str):
    with pytest.raises(ValueError, match=r"quantity|decimals"):
        parse_quantity(text)


@pytest.mark.parametrize(
    ("quantity", "shown"), [("12", "12"), ("2.500", "2.5"), ("100", "100"), ("0.125", "0.125")]
)
def test_quantities_are_shown_without_idle_zeros(quantity: str, shown: str):
    assert shown_quantity(Decimal(quantity)) == shown
