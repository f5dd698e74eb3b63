"""Rivals for what comes back: one unit on one RMA, each piece received once."""

from decimal import Decimal

import pytest

from claimdesk.aftersales.actions.rmas.issuing import (
    cancel_rma,
    draft_rma_of_claim,
    draft_rma_of_reclamation,
    issue_rma,
)
from claimdesk.aftersales.actions.rmas.receipts import receive_quantity, receive_unit
from claimdesk.aftersales.models import Rma, RmaLine, RmaMismatch
from tests import make
from tests.aftersales.test_rmas import claim_on_units, claimed, issued
from tests.refusals import refusals

pytestmark = pytest.mark.race


def test_a_unit_comes_onto_one_rma_however_many_prepare_one(race):  # M4
    claim, units = claim_on_units("AB-1")

    results = race(*[lambda: draft_rma_of_claim(claim, units=units, by=make.STAFF)] * 4)

    assert refusals(results) == {"unit_in_other_rma": 3}
    assert RmaLine.objects.count() == Rma.objects.count() == 1


def test_no_piece_comes_onto_two_rmas(race):  # R8
    reclamation, (line,) = claimed(5, shipped=5)

    results = race(
        *[lambda: draft_rma_of_reclamation(reclamation, quantities={line: Decimal(2)}, by=make.STAFF)] * 4
    )

    assert refusals(results) == {"quantity_taken": 2}
    assert sum(row.quantity for row in RmaLine.objects.all()) == 4


def test_a_unit_scanned_at_two_places_is_received_once(race):  # M3
    rma = issued("AB-1", "AB-2")
    fresh = lambda: Rma.objects.get(pk=rma.pk)  # noqa: E731

    results = race(*[lambda: receive_unit(fresh(), serial="AB-1", by=make.STAFF)] * 4)

    assert refusals(results) == {"received_already": 3}
    assert RmaLine.objects.get(unit__serial="AB-1").good == 1


def test_a_wrong_serial_number_scanned_at_two_places_is_one_mismatch(race):  # M3
    rma = issued("AB-1")
    fresh = lambda: Rma.objects.get(pk=rma.pk)  # noqa: E731

    results = race(*[lambda: receive_unit(fresh(), serial="ZZ-9", by=make.STAFF)] * 4)

    assert refusals(results) == {}
    assert RmaMismatch.objects.count() == 1


def test_no_more_is_received_than_is_expected(race):  # M3
    reclamation, (line,) = claimed(5, shipped=5)
    rma = draft_rma_of_reclamation(reclamation, quantities={line: Decimal(5)}, ship_to="Kiel", by=make.STAFF)
    issue_rma(rma, by=make.STAFF)
    fresh = lambda: RmaLine.objects.select_related("rma").get()  # noqa: E731

    results = race(*[lambda: receive_quantity(fresh(), good=Decimal(2), by=make.STAFF)] * 4)

    assert refusals(results) == {"received_already": 2}
    assert RmaLine.objects.get().good == 4


def test_what_comes_while_it_is_canceled_is_received_or_canceled(race):  # M4
    rma = issued("AB-1")
    fresh = lambda: Rma.objects.get(pk=rma.pk)  # noqa: E731

    results = race(
        lambda: receive_unit(fresh(), serial="AB-1", by=make.STAFF),
        lambda: cancel_rma(fresh(), reason="gone", by=make.STAFF),
    )

    assert sum(refusals(results).values()) == 1
    row = fresh()
    assert (row.state, RmaLine.objects.get().good) in (("received", 1), ("canceled", 0))
