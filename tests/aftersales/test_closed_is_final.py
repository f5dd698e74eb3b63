"""A closed reclamation, attacked on every path: every action, every address, every timer and import (R5)."""

from collections.abc import Callable
from decimal import Decimal
from inspect import getmembers, isfunction
from typing import Any

import pytest
from django.urls import reverse

from claimdesk.aftersales.actions import reclamation_deeds, reclamation_remedies, reclamations
from claimdesk.aftersales.actions.reclamations import close_reclamation
from claimdesk.aftersales.models import Reclamation, ReclamationLine
from claimdesk.aftersales.queries.causes import offered_causes
from claimdesk.kernel.move import move
from claimdesk.kernel.refused import Refused
from claimdesk.ledger.models import Event
from claimdesk.orders.models import Allotment, Order, OrderItem, Refund
from tests import make
from tests.doors.table import addresses

pytestmark = pytest.mark.django_db
ONE = Decimal(1)
Deed = Callable[[Reclamation], Any]


def deed(**fields: Any) -> Deed:
    """A deed on a reclamation by staff who may everything."""
    verb = fields.pop("verb")
    return lambda reclamation: verb(reclamation, **fields, by=make.STAFF)


def wish() -> dict[str, Any]:
    return {"cause": offered_causes()[0], "wish": "refund", "note": ""}


DEEDS: dict[str, Deed] = {
    "edit_reclamation": lambda row: reclamations.edit_reclamation(row, **wish(), by=make.STAFF),
    "mark_refunded": deed(verb=reclamations.mark_refunded),
    "unmark_refunded": deed(verb=reclamations.unmark_refunded),
    "close_reclamation": deed(verb=reclamations.close_reclamation, reason="again"),
    "trigger_item_event": lambda row: reclamation_deeds.trigger_item_event(
        row, "await_return", items=list(OrderItem.objects.all()), by=make.STAFF
    ),
    "send_parts": lambda row: reclamation_deeds.send_parts(
        row, lines={row.lines.get().line_id: ONE}, parts="hinges", by=make.STAFF
    ),
    "note_internally": deed(verb=reclamation_deeds.note_internally, body="so it is"),
    "refund_claimed": lambda row: reclamation_remedies.refund_claimed(
        row, lines={row.lines.get().line_id: ONE}, key="k", by=make.STAFF
    ),
    "replace_lines": lambda row: reclamation_remedies.replace_lines(
        row, lines={row.lines.get().line_id: ONE}, by=make.STAFF
    ),
}
ON_ORDERS_OR_CLOSED_ONES = {"open_reclamation", "follow_up"}  # they make another one


@pytest.fixture
def closed() -> Reclamation:
    """A closed reclamation on two delivered pieces, of which nothing was settled."""
    reclamation = make.reclamation(make.order(quantities=(2,), state="delivered"))
    close_reclamation(reclamation, reason="no", by=make.STAFF)
    return reclamation


def everything() -> dict[str, list]:
    """All that a deed could have touched."""
    tables = (Reclamation, ReclamationLine, Allotment, Order, OrderItem, Refund, Event)
    return {table.__name__: list(table.objects.order_by("pk").values()) for table in tables}


@pytest.mark.parametrize("name", DEEDS)
def test_every_action_refuses_a_closed_one_and_changes_nothing(closed: Reclamation, name: str):  # R5
    before = everything()

    with pytest.raises(Refused) as refusal:
        DEEDS[name](Reclamation.objects.get(pk=closed.pk))

    assert refusal.value.code == "reclamation_closed"
    assert everything() == before


@pytest.mark.parametrize("name", DEEDS)
def test_who_still_holds_it_as_open_is_refused_too(name: str):  # R5
    reclamation = make.reclamation(make.order(quantities=(2,), state="delivered"))
    stale = Reclamation.objects.get(pk=reclamation.pk)
    close_reclamation(reclamation, reason="no", by=make.STAFF)
    before = everything()

    with pytest.raises(Refused):
        DEEDS[name](stale)

    assert everything() == before


def test_every_action_on_a_reclamation_is_among_those_tried():  # R5
    verbs = {
        name
        for module in (reclamations, reclamation_deeds, reclamation_remedies)
        for name, function in getmembers(module, isfunction)
        if function.__module__ == module.__name__ and not name.startswith("_")
    }

    assert verbs == set(DEEDS) | ON_ORDERS_OR_CLOSED_ONES


def test_no_move_leads_out_of_closed(closed: Reclamation):  # R5
    assert Reclamation.State.CLOSED not in Reclamation.MOVES
    with pytest.raises(Refused):
        move(closed, to=Reclamation.State.OPEN)
    assert Reclamation.objects.get().state == "closed"


def test_every_address_refuses_a_closed_one_and_changes_nothing(closed: Reclamation, client):  # R5
    client.force_login(make.staff())
    line = closed.lines.get().line_id
    item = OrderItem.objects.get()
    data = {
        "cause": offered_causes()[0].pk,
        "wish": "repair",
        "everything": "on",
        f"take_{line}": "on",
        f"quantity_{line}": "1",
        f"outcome_{line}": "refunded",
        "reason": "again",
        "parts": "hinges",
        "body": "so it is",
        "scope": "all",
        "event": "await_return",
        "one": f"await_return {item.pk}:{item.version}",
        "key": "k",
    }
    names = [
        name
        for name, pattern in addresses().items()
        if name.startswith("office:reclamation_") and "pk>" in str(pattern.pattern)
    ]
    harmless = {"office:reclamation_print", "office:reclamation_follow_up"}
    before = everything()

    answers = {
        name: client.post(reverse(name, args=[closed.pk]), data).status_code
        for name in names
        if name not in harmless
    }

    assert len(answers) >= 8
    assert set(answers.values()) == {409}
    assert everything() == before


def test_photos_of_a_closed_one_neither_come_nor_go(closed: Reclamation, client):  # R5
    client.force_login(make.staff())
    before = everything()

    answer = client.post(reverse("office:files"), {"subject": f"reclamation/{closed.pk}"})

    assert answer.status_code in (409, 422)
    assert everything() == before
