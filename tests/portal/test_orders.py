import re
from contextlib import closing
from decimal import Decimal

import pytest
from django.test import Client

from claimdesk.access.models import Membership
from claimdesk.kernel.clock import now, today
from claimdesk.orders.actions.items import trigger_event
from claimdesk.orders.actions.orders import place_order
from claimdesk.orders.models import CartLine, Order, OrderItem
from claimdesk.orders.wanted import WantedLine
from tests import make

pytestmark = pytest.mark.django_db
ORDERS = "/orders/"


@pytest.fixture
def buyer(client):
    make.company(currency="EUR", name="Northwind")
    membership = make.membership(None, None, "buyer")
    client.force_login(membership.user)
    client.customer, client.user = membership.customer, membership.user
    return client


def signed_in(*roles, at=None) -> Client:
    client = Client()
    client.force_login(make.membership(None, at, *roles).user)
    return client


def placed(client, *products, quantity=2, **fields) -> Order:
    lines = [WantedLine(each, Decimal(quantity)) for each in products or (make.product(),)]
    return place_order(client.customer, lines=lines, by=make.actor(client.user), **fields)


def text(response) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def page_of(client, order) -> str:
    return text(client.get(f"{ORDERS}{order.pk}/"))


def test_the_list_shows_number_po_number_placer_status_total_and_day(buyer):  # O1
    order = placed(buyer, make.product(price=1000), po_number="PO 7")

    page = text(buyer.get(ORDERS))

    for words in (order.number, "PO 7", buyer.user.name, ">Received</span>", "€23.80"):
        assert words in page


def test_the_status_is_in_the_customers_words(buyer):  # O1
    make.order(buyer.customer, state="exported")

    page = text(buyer.get(ORDERS))

    assert "In preparation" in page
    assert ">Exported<" not in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=PO+7", {"PO 7"}),
        ("status=shipped", {"PO 8"}),
        ("placed=me", {"PO 7"}),
        ("since=2020-01-02&until=2020-01-31", {"PO 9"}),
        ("approval=pending", set()),
        ("q=nothing", set()),
    ],
)
def test_the_list_is_searched_and_filtered(buyer, query, found):  # O1
    make.order(buyer.customer, po_number="PO 7", placed_by=buyer.user)
    make.order(buyer.customer, po_number="PO 8", state="shipped")
    make.order(buyer.customer, po_number="PO 9", ordered_on="2020-01-15")

    page = text(buyer.get(f"{ORDERS}?{query}"))

    assert {words for words in ("PO 7", "PO 8", "PO 9") if f"{words}</td>" in page} == found


def test_the_list_is_exported_with_plain_numbers(buyer):  # O1
    make.order(buyer.customer, po_number="=1+1", quantities=[3], price=1000)

    csv = b"".join(buyer.get(f"{ORDERS}?format=csv").streaming_content).decode()

    assert "'=1+1" in csv
    assert ",35.7,EUR," in csv or ",35.70,EUR," in csv
    with closing(buyer.get(f"{ORDERS}?format=xlsx")) as book:
        assert book.status_code == 200


def test_an_order_shows_items_states_prices_and_facts(buyer):  # O2
    order = placed(buyer, make.product(name="Claw hammer", price=1000), po_number="PO 7", note="Ring twice")

    page = page_of(buyer, order)

    for words in ("Claw hammer", "list price", "€20.00", "PO 7", "Ring twice", "Received", "Order again"):
        assert words in page
    assert re.search(r"Total</dt><dd>€23\.80", page)


def test_an_orders_timeline_names_no_staff(buyer):  # O2
    order = placed(buyer)
    items = list(OrderItem.objects.filter(order=order))
    trigger_event(items, "confirm", by=make.STAFF)

    page = page_of(buyer, order)

    assert f"{buyer.user.name} placed order {order.number}" in page
    assert "In preparation" in page
    assert "Sam Staff" not in page


def test_an_order_shows_its_shipments(buyer):  # O2
    order = make.order(buyer.customer)
    line = order.lines.get()
    sent = order.shipments.create(
        number="S-1", carrier="DHL", tracking_number="00340434", shipped_on=today(), delivered_on=today()
    )
    sent.items.create(line=line, quantity=1)

    page = page_of(buyer, order)

    for words in ("S-1", "DHL", "00340434", "Delivered"):
        assert words in page


def test_people_of_another_customer_find_nothing(buyer):  # O1 O2
    order = placed(buyer, po_number="PO 7")
    stranger = signed_in("manager", "buyer")
    own = f"{ORDERS}{order.pk}/"

    assert stranger.get(own).status_code == 404
    deeds = ("reorder", "change", "cancellation", "approval", "denial")
    assert [stranger.post(f"{own}{deed}/").status_code for deed in deeds] == [404] * 5
    assert "PO 7" not in text(stranger.get(ORDERS))
    order.refresh_from_db()
    assert order.state == "new"


def test_a_viewer_sees_orders_and_changes_none(buyer):  # O1
    order = placed(buyer)
    viewer = signed_in(at=buyer.customer)

    page = page_of(viewer, order)

    assert "Order again" not in page
    assert "Cancel order" not in page
    assert viewer.post(f"{ORDERS}{order.pk}/cancellation/").status_code == 403


def test_ordering_again_fills_the_cart_at_todays_prices_and_says_what_is_not_sold_any_more(buyer):  # O4
    hammer, glue = make.product(name="Hammer", price=1000), make.product(name="Glue")
    order = placed(buyer, hammer, glue)
    hammer.prices.update(amount=900)
    glue.withdrawn_at = now()
    glue.save()

    page = text(buyer.post(f"{ORDERS}{order.pk}/reorder/", follow=True))

    assert dict(CartLine.objects.values_list("product__name", "quantity")) == {"Hammer": 2}
    assert CartLine.objects.get().seen_unit_price == 900
    assert "Not sold any more, or without a price: Glue." in page


def test_ordering_an_old_order_again_without_products_says_so(buyer):  # O4
    order = make.order(buyer.customer)
    order.lines.update(product=None)

    page = text(buyer.post(f"{ORDERS}{order.pk}/reorder/", follow=True))

    assert "Not sold any more" in page
    assert not CartLine.objects.exists()


def test_buyers_cancel_until_the_process_forbids_it(buyer):  # O25
    early, late = make.order(buyer.customer), make.order(buyer.customer, state="shipped")

    answers = [buyer.post(f"{ORDERS}{each.pk}/cancellation/").status_code for each in (early, late)]

    assert answers == [303, 409]
    assert [Order.objects.get(pk=each.pk).state for each in (early, late)] == ["canceled", "shipped"]
    assert "Cancel order" not in page_of(buyer, late)


def test_buyers_change_what_stands_beside_the_lines_and_order_less(buyer):  # O25
    order = make.order(buyer.customer, quantities=[5])
    item = order.items.get()
    address = f"{ORDERS}{order.pk}/change/"

    form = text(buyer.get(address))
    response = buyer.post(address, {"po_number": "PO 9", "note": "Ring", f"item_{item.pk}": "3"})

    order.refresh_from_db()
    assert "(at most 5)" in form
    assert response.status_code == 303
    assert (order.po_number, order.note) == ("PO 9", "Ring")
    assert dict(OrderItem.objects.values_list("state", "quantity")) == {"new": 3, "canceled": 2}


def test_more_than_was_ordered_is_wrong_input(buyer):  # O25
    order = make.order(buyer.customer, quantities=[5])

    response = buyer.post(f"{ORDERS}{order.pk}/change/", {f"item_{order.items.get().pk}": "6"})

    assert response.status_code == 422
    assert order.items.get().quantity == 5


def test_too_late_to_change_is_said_instead_of_a_form(buyer):  # O25
    order = make.order(buyer.customer, state="shipped")

    page = text(buyer.get(f"{ORDERS}{order.pk}/change/"))

    assert "too late to change" in page
    assert buyer.post(f"{ORDERS}{order.pk}/change/", {"note": "x"}).status_code == 409


@pytest.fixture
def waiting(buyer):
    make.company(order_approval=True)
    Membership.objects.filter(user=buyer.user).update(order_limit=100)
    return placed(buyer, po_number="PO 7")


def test_managers_see_what_waits_and_approve_it(buyer, waiting):  # O22
    manager = signed_in("manager", at=buyer.customer)

    listed = text(manager.get(f"{ORDERS}approvals/"))
    manager.post(f"{ORDERS}{waiting.pk}/approval/")

    waiting.refresh_from_db()
    assert waiting.number in listed
    assert (waiting.approval, waiting.state) == ("approved", "new")
    assert "Nothing waits for you" in text(manager.get(f"{ORDERS}approvals/"))


def test_a_denied_order_is_canceled_and_its_buyer_reads_why(buyer, waiting):  # O22
    manager = signed_in("manager", at=buyer.customer)

    manager.post(f"{ORDERS}{waiting.pk}/denial/", {"words": "Take the smaller box"})

    waiting.refresh_from_db()
    assert (waiting.approval, waiting.state) == ("denied", "canceled")
    assert "Take the smaller box" in page_of(buyer, waiting)
    assert manager.post(f"{ORDERS}{waiting.pk}/approval/").status_code == 409


def test_a_buyer_approves_nothing(buyer, waiting):  # O22
    answers = [buyer.post(f"{ORDERS}{waiting.pk}/{deed}/").status_code for deed in ("approval", "denial")]

    waiting.refresh_from_db()
    assert answers == [403, 403]
    assert buyer.get(f"{ORDERS}approvals/").status_code == 403
    assert waiting.approval == "pending"
    assert "Waiting for approval" in text(buyer.get(ORDERS))


def test_the_list_and_an_order_ask_little_however_much_there_is(buyer, django_assert_max_num_queries):
    for n in range(30):
        make.order(buyer.customer, quantities=[1] * 3, po_number=f"PO {n}")
    order = make.order(buyer.customer, quantities=[1] * 30)
    for address in (ORDERS, f"{ORDERS}{order.pk}/"):
        buyer.get(address)

    with django_assert_max_num_queries(12):
        listed = buyer.get(ORDERS)
    with django_assert_max_num_queries(20):
        shown = buyer.get(f"{ORDERS}{order.pk}/")

    assert (listed.status_code, shown.status_code) == (200, 200)
