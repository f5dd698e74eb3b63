"""Ways that lead past a closed reclamation: its order's, its files', imports' and timers'; none of them changes it (R5)."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from claimdesk.access.queries.access import actor_of
from claimdesk.aftersales.actions.reclamation_remedies import refund_claimed
from claimdesk.aftersales.actions.reclamations import close_reclamation, follow_up
from claimdesk.aftersales.models import Reclamation, ReclamationLine
from claimdesk.conversations.models import File
from claimdesk.kernel.clock import clock_at, now
from claimdesk.ledger.models import Event
from claimdesk.office import reclamations as office
from claimdesk.orders.actions.items import trigger_event
from claimdesk.orders.actions.payments import book_payment
from claimdesk.orders.actions.refunds import refund_lines
from claimdesk.orders.models import Order, OrderItem, Refund
from claimdesk.portal import reclamations as portal
from tests import make
from tests.conversations.samples import picture
from tests.conversations.test_attach_files import attached, kept, sent, signed_in
from tests.customers.test_import_customers import counts, take
from tests.work import work_off

pytestmark = pytest.mark.django_db
ONE = Decimal(1)


def closed_one(order: Order | None = None) -> Reclamation:
    """A closed reclamation on a delivered and paid order of two pieces, of which nothing was settled."""
    row = order or make.order(quantities=(2,), state="delivered")
    book_payment(order=row, amount=row.total, by=make.STAFF)
    return closed(make.reclamation(row))


def closed(reclamation: Reclamation, **fields: Any) -> Reclamation:
    """The reclamation, closed, and the worker done with telling so."""
    close_reclamation(reclamation, **({"reason": "no"} | fields), by=make.STAFF)
    work_off()
    return reclamation


def as_it_is(reclamation: Reclamation) -> dict[str, list[dict[str, Any]]]:
    """All that a reclamation is, and what is remembered of it."""
    return {
        "row": list(Reclamation.objects.filter(pk=reclamation.pk).values()),
        "lines": list(ReclamationLine.objects.filter(reclamation=reclamation).order_by("pk").values()),
        "events": list(Event.objects.about(reclamation).order_by("pk").values()),
    }


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("door", ["office", "portal"])
def test_no_photo_comes_to_a_closed_one_and_none_goes(door: str, settings):  # R5, F3
    settings.STORAGES = dict(settings.STORAGES)  # a storage of one's own
    make.company(customers_may_claim=True)
    order = make.order()
    user = make.membership(make.user(), order.customer, "service").user
    person = make.staff() if door == "office" else user
    reclamation = make.reclamation(order, by=actor_of(user, door="portal"))
    file = attached(reclamation, picture(), "wet.jpg", by=actor_of(person, door=door))
    before, browser = as_it_is(closed(reclamation)), signed_in(person)

    upload = {"subject": f"reclamation/{reclamation.pk}", "upload": [sent(picture(), "new.jpg")]}
    answers = [
        browser.post(reverse(f"{door}:files"), upload),
        browser.post(reverse(f"{door}:file_removal", args=[file.pk])),
    ]

    assert [answer.status_code for answer in answers] == [409, 409]
    assert list(File.objects.values_list("name", "state")) == [("wet.jpg", "ready")]
    assert kept() == 2  # the photo and its thumbnail
    page = browser.get(reverse(f"{door}:reclamation", args=[reclamation.pk])).content.decode()
    assert "wet.jpg" in page
    assert "data-attach=" not in page
    assert reverse(f"{door}:file_removal", args=[file.pk]) not in page
    assert as_it_is(reclamation) == before


def test_lists_have_no_deed_for_many_and_take_none(client: Client):  # R5
    reclamation = closed_one()
    client.force_login(make.staff())
    before = as_it_is(reclamation)

    client.post(reverse("office:reclamations"), {"chosen": [reclamation.pk], "state": "open"})

    assert (office.PAGE.bulk, portal.PAGE.bulk) == ((), ())
    assert as_it_is(reclamation) == before


def test_events_on_the_orders_own_page_move_items_and_leave_it(client: Client):  # R5, R6
    reclamation = closed_one()
    client.force_login(make.staff())
    before = as_it_is(reclamation)

    client.post(reverse("office:order_items_event", args=[reclamation.order_id]), {"event": "await_return"})

    assert OrderItem.objects.get().state == "waiting_for_return"
    assert as_it_is(reclamation) == before


def test_a_refund_of_the_order_is_none_of_the_closed_ones(client: Client):  # R5, O18
    reclamation = closed_one()
    line, before = reclamation.lines.get().line_id, as_it_is(reclamation)

    refund_lines(reclamation.order, lines={line: ONE}, key="k", by=make.STAFF)

    assert set(Refund.objects.values_list("reclamation_id", flat=True)) == {None}
    assert as_it_is(reclamation) == before


def test_a_payout_that_ends_after_closing_leaves_it():  # R5, O20
    order = make.order(quantities=(1,), state="delivered")
    book_payment(order=order, amount=order.total, by=make.STAFF)
    reclamation = make.reclamation(order)
    refund_claimed(reclamation, lines={order.lines.get().pk: ONE}, key="k", by=make.STAFF)
    close_reclamation(reclamation, by=make.STAFF)
    assert set(Refund.objects.values_list("state", flat=True)) == {"pending"}
    before = as_it_is(reclamation)["row"]

    work_off()

    assert as_it_is(reclamation)["row"] == before


def test_its_order_comes_by_import_again_and_leaves_it(tmp_path):  # R5, O21
    customer = make.customer(number="K1")
    order = make.order(customer, state="delivered")
    reclamation = closed_one(order)
    before = as_it_is(reclamation)
    text = f"number,customer,ordered_on,po_number\n{order.number},K1,{order.ordered_on},PO 9\n"

    result = take(tmp_path, text, "orders")

    order.refresh_from_db()
    assert counts(result) == (1, 0, 1, 0, 0)
    assert (order.po_number, order.has_reclamation) == ("PO 9", True)
    assert as_it_is(reclamation) == before


def test_timers_of_its_items_move_them_and_leave_it():  # R5, O13
    order = make.order(quantities=(2,), state="shipped")
    trigger_event(OrderItem.objects.filter(order=order), "deliver", by=make.STAFF)
    reclamation = closed_one(order)
    before = as_it_is(reclamation)

    with clock_at(now() + timedelta(days=400)):
        work_off()

    assert OrderItem.objects.get().state == "closed"
    assert as_it_is(reclamation) == before


def test_following_it_up_takes_quantities_over_and_changes_nothing_else():  # R5, R8
    reclamation = make.reclamation(make.order(quantities=(2,)))
    line = reclamation.lines.get().line_id
    before = as_it_is(closed(reclamation, outcomes={line: "repaired"}))

    follow_up(reclamation, lines={line: ONE}, cause=make.cause(), wish="refund", by=make.STAFF)

    after = as_it_is(reclamation)
    assert after["lines"][0].pop("followed") == 1
    before["lines"][0].pop("followed")
    assert after == before
