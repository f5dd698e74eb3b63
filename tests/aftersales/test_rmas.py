"""RMAs: prepared, issued, received in part, inspected, ended."""

from datetime import timedelta
from decimal import Decimal

import pytest

from claimdesk.aftersales.actions.reclamations import close_reclamation
from claimdesk.aftersales.actions.rmas.issuing import (
    cancel_rma,
    close_rma,
    draft_rma_of_claim,
    draft_rma_of_reclamation,
    expire_rma,
    issue_rma,
    send_rma,
)
from claimdesk.aftersales.actions.rmas.receipts import (
    end_receipt,
    inspect_line,
    receive_quantity,
    receive_unit,
    settle_mismatch,
)
from claimdesk.aftersales.actions.warranty_claims.decisions import decide_claim
from claimdesk.aftersales.actions.warranty_claims.review import close_claim, take_claim
from claimdesk.aftersales.models import Rma, RmaLine, RmaMismatch
from claimdesk.aftersales.queries.rmas import returnable, rmas
from claimdesk.customers.models import Customer
from claimdesk.kernel.actor import SYSTEM
from claimdesk.kernel.clock import clock_at, now, today
from claimdesk.kernel.refused import NotAllowed
from claimdesk.ledger.models import Event
from claimdesk.orders.models import Allotment
from tests import make
from tests.aftersales.test_warranty_claim_decisions import decisions
from tests.refusals import refused
from tests.work import work_off

pytestmark = pytest.mark.django_db


def claim_on_units(*serials: str, by=None):
    """A claim, and the customer's units with these serial numbers."""
    by = by or make.dealer()
    customer = Customer.objects.get(pk=by.customer_id)
    units = [make.unit(serial=serial, dealer=customer) for serial in serials]
    return make.warranty_claim(by=by, serial=serials[0]), units


def issued(*serials: str, by=None, **fields) -> Rma:
    """An RMA that was issued for units of a claim."""
    claim, units = claim_on_units(*serials, by=by)
    rma = draft_rma_of_claim(claim, units=units, ship_to="Works, Kiel", by=make.STAFF, **fields)
    return issue_rma(rma, by=make.STAFF)


def claimed(*quantities: int, shipped: int = 0):
    """A reclamation on these quantities of an order's lines, of which so many were shipped each."""
    order = make.order(quantities=quantities)
    lines = {line.pk: line.quantity for line in order.lines.order_by("position")}
    for key, quantity in lines.items():
        Allotment.objects.filter(line=key).update(shipped=min(quantity, Decimal(shipped)))
    return make.reclamation(order, lines), list(lines)


def test_a_customer_sees_an_rma_once_it_is_issued_to_him():  # M1 M2
    by = make.dealer()
    claim, units = claim_on_units("AB-1", by=by)
    rma = draft_rma_of_claim(claim, units=units, ship_to="Works, Kiel", by=make.STAFF)
    assert not rmas(by).exists()

    issue_rma(rma, by=make.STAFF)

    assert list(rmas(by)) == [rma]
    assert not rmas(make.dealer()).exists()
    assert (rma.number, rma.expires_on) == ("RMA-10001", today() + timedelta(days=30))
    assert (rma.lines.get().unit, rma.lines.get().quantity) == (units[0], 1)


def test_what_cannot_be_issued_is_refused():  # M2
    claim, units = claim_on_units("AB-1")
    foreign = make.unit()

    assert refused(draft_rma_of_claim, claim, units=[], by=make.STAFF) == "nothing_to_return"
    assert refused(draft_rma_of_claim, claim, units=[foreign], by=make.STAFF) == "foreign_unit"
    assert (
        refused(issue_rma, draft_rma_of_claim(claim, units=units, by=make.STAFF), by=make.STAFF)
        == "address_missing"
    )
    with pytest.raises(NotAllowed):
        draft_rma_of_claim(claim, units=units, by=make.dealer())
    close_claim(claim, reason="done", by=make.STAFF)
    assert refused(draft_rma_of_claim, claim, units=units, by=make.STAFF) == "claim_not_open"


def test_a_unit_is_on_one_open_rma_at_most():  # M4
    claim, units = claim_on_units("AB-1")
    first = draft_rma_of_claim(claim, units=units, ship_to="Kiel", by=make.STAFF)

    assert refused(draft_rma_of_claim, claim, units=units, by=make.STAFF) == "unit_in_other_rma"
    cancel_rma(first, reason="wrong unit", by=make.STAFF)
    draft_rma_of_claim(claim, units=units, by=make.STAFF)
    assert Rma.objects.count() == 2


def test_units_are_received_in_part_by_their_serial_numbers():  # M3
    rma = issued("AB-1", "AB-2")
    send_rma(rma, carrier="DHL", tracking_number="JD1", by=make.STAFF)

    receive_unit(rma, serial="ab 1", by=make.STAFF)
    rma.refresh_from_db()
    assert rma.state == "partly_received"
    receive_unit(rma, serial="AB2", is_damaged=True, by=make.STAFF)

    rma.refresh_from_db()
    lines = {line.unit.serial: (line.good, line.damaged) for line in rma.lines.select_related("unit")}
    assert (rma.state, lines) == ("received", {"AB-1": (1, 0), "AB-2": (0, 1)})
    assert refused(receive_unit, rma, serial="AB-1", by=make.STAFF) == "not_expected"


def test_a_unit_scanned_twice_is_received_once():  # M3
    rma = issued("AB-1", "AB-2")
    receive_unit(rma, serial="AB-1", by=make.STAFF)

    assert refused(receive_unit, rma, serial="AB-1", by=make.STAFF) == "received_already"
    assert RmaLine.objects.get(unit__serial="AB-1").good == 1


def test_a_wrong_serial_number_is_a_case_of_its_own_and_never_a_silent_swap():  # M3
    rma = issued("AB-1")

    found = receive_unit(rma, serial="ZZ-9", by=make.STAFF)
    again = receive_unit(rma, serial="zz9", by=make.STAFF)

    rma.refresh_from_db()
    assert found == again == RmaMismatch.objects.get()
    assert (rma.state, rma.lines.get().good) == ("issued", 0)
    settle_mismatch(found, outcome="sent back", by=make.STAFF)
    assert refused(settle_mismatch, found, outcome="kept", by=make.STAFF) == "settled_already"
    assert RmaMismatch.objects.get().outcome == "sent back"


def test_what_came_is_inspected_line_by_line_and_then_closed():  # M3
    rma = issued("AB-1", "AB-2")
    receive_unit(rma, serial="AB-1", by=make.STAFF)
    one, other = rma.lines.order_by("pk")
    assert refused(inspect_line, other, disposition="scrap", by=make.STAFF) == "nothing_received"
    assert refused(inspect_line, one, disposition="sell", by=make.STAFF) == "unknown_disposition"
    inspect_line(one, disposition="credit", findings="burnt", by=make.STAFF)
    rma.refresh_from_db()
    assert refused(close_rma, rma, by=make.STAFF) == "rma_moved"

    end_receipt(rma, by=make.STAFF)
    assert rma.state == "inspected"
    close_rma(rma, by=make.STAFF)

    assert (rma.state, rma.lines.filter(is_open=True).count()) == ("closed", 0)


def test_goods_of_a_reclamation_come_back_up_to_what_was_shipped_and_is_claimed():  # M1 R8
    reclamation, (one, other) = claimed(5, 3, shipped=4)
    draft = lambda quantities: draft_rma_of_reclamation(reclamation, quantities=quantities, by=make.STAFF)  # noqa: E731

    assert refused(draft, {one: Decimal(5)}) == "quantity_taken"
    assert refused(draft, {other: Decimal(4)}) == "quantity_taken"
    assert refused(draft, {one: Decimal(0)}) == "quantity_not_positive"
    assert refused(draft, {}) == "nothing_to_return"
    first = draft({one: Decimal(3)})
    assert refused(draft, {one: Decimal(2)}) == "quantity_taken"
    cancel_rma(first, reason="changed", by=make.STAFF)
    assert draft({one: Decimal(4)}).lines.get().quantity == 4


def test_what_did_not_come_is_free_once_nothing_more_is_expected():  # M4 R8
    reclamation, (line,) = claimed(5, shipped=5)
    rma = draft_rma_of_reclamation(reclamation, quantities={line: Decimal(5)}, ship_to="Kiel", by=make.STAFF)
    issue_rma(rma, by=make.STAFF)
    receive_quantity(rma.lines.get(), good=Decimal(1), damaged=Decimal(1), by=make.STAFF)
    before = returnable(reclamation)

    end_receipt(rma, by=make.STAFF)

    assert (before, returnable(reclamation)) == ({line: 0}, {line: 3})
    more = {"quantities": {line: Decimal(4)}, "by": make.STAFF}
    assert refused(draft_rma_of_reclamation, reclamation, **more) == "quantity_taken"


def test_good_and_damaged_are_counted_apart():  # M3
    reclamation, (line,) = claimed(5, shipped=5)
    rma = draft_rma_of_reclamation(reclamation, quantities={line: Decimal(5)}, ship_to="Kiel", by=make.STAFF)
    issue_rma(rma, by=make.STAFF)
    row = rma.lines.get()

    receive_quantity(row, good=Decimal(2), damaged=Decimal(1), by=make.STAFF)
    assert refused(receive_quantity, row, good=Decimal(3), by=make.STAFF) == "received_already"
    assert refused(receive_quantity, row, good=Decimal(0), by=make.STAFF) == "quantity_not_positive"
    receive_quantity(row, good=Decimal(1), damaged=Decimal(1), by=make.STAFF)

    row.refresh_from_db()
    rma.refresh_from_db()
    assert (row.good, row.damaged, rma.state) == (3, 2, "received")


def test_a_closed_reclamation_gives_no_rma():  # R5
    reclamation, (line,) = claimed(5, shipped=5)
    close_reclamation(reclamation, reason="done", by=make.STAFF)

    code = refused(draft_rma_of_reclamation, reclamation, quantities={line: Decimal(1)}, by=make.STAFF)
    assert code == "reclamation_closed"


def test_an_rma_expires_when_its_day_is_over_everywhere_and_frees_its_units():  # M4
    rma = issued("AB-1", expires_on=today() + timedelta(days=3))
    with clock_at(now() + timedelta(days=3)):
        assert expire_rma(rma, by=SYSTEM) == "moved on"

    with clock_at(now() + timedelta(days=5)):
        work_off()

    rma.refresh_from_db()
    assert (rma.state, rma.lines.get().is_open) == ("expired", False)
    assert Event.objects.filter(kind="rma.expired").count() == 1


def test_what_came_in_part_does_not_expire():  # M4
    rma = issued("AB-1", "AB-2", expires_on=today())
    receive_unit(rma, serial="AB-1", by=make.STAFF)

    with clock_at(now() + timedelta(days=5)):
        work_off()

    rma.refresh_from_db()
    assert rma.state == "partly_received"


def test_a_claim_waits_for_the_inspection_that_it_needs():  # W9 M3
    by = make.dealer()
    claim, units = claim_on_units("AB-1", by=by)
    take_claim(claim, by=make.STAFF)
    rma = draft_rma_of_claim(claim, units=units, ship_to="Kiel", inspected_first=True, by=make.STAFF)
    issue_rma(rma, by=make.STAFF)
    decide = {"decisions": decisions(claim), "is_accepted": True, "by": make.STAFF}

    assert refused(decide_claim, claim, **decide) == "inspection_awaited"
    receive_unit(rma, serial="AB-1", by=make.STAFF)
    assert refused(decide_claim, claim, **decide) == "inspection_awaited"
    inspect_line(rma.lines.get(), disposition="replace", by=make.STAFF)
    assert decide_claim(claim, **decide).state == "approved"


def test_the_customer_tells_that_he_sent_the_goods_and_nobody_else_does():  # M1
    by = make.dealer()
    rma = issued("AB-1", by=by)
    with pytest.raises(NotAllowed):
        send_rma(rma, by=make.dealer())

    assert send_rma(rma, carrier="DHL", by=by).state == "in_transit"
    assert refused(send_rma, rma, by=by) == "rma_moved"
