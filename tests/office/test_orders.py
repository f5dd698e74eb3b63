"""Sales › Orders in the office: overview, page, item events, orders by staff."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from claimdesk.customers.models import Address, Customer
from claimdesk.customers.search import refile
from claimdesk.kernel.clock import now
from claimdesk.orders.models import Order, OrderItem
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(client):
    """A client signed in as somebody of sales."""
    client.force_login(make.staff("sales"))
    return client


def html_of(office, name: str, *args, query: str = "") -> str:
    """The page's HTML."""
    return office.get(f"{reverse(f'office:{name}', args=args)}?{query}").content.decode()


def test_the_overview_shows_what_one_looks_for(office):  # O1 O15
    order = make.order(po_number="PO 4711", placed_by_name="Berta Buyer", has_reclamation=True)

    html = html_of(office, "orders")

    assert "€11.90" in html
    for text in (order.number, "PO 4711", order.customer.name, "Berta Buyer", "New", "has a claim"):
        assert text in html
    for heading in ("Number", "PO number", "Customer", "Placed by", "Status", "Total", "Date"):
        assert heading in html


def test_each_row_leads_to_a_claim_on_it(office):  # O15 R3
    order = make.order()

    assert f"{reverse('office:reclamation_new')}?order={order.pk}" in html_of(office, "orders").replace(
        "&amp;", "&"
    )


@pytest.mark.parametrize("by", ["number", "po_number", "beginning", "customer"])
def test_an_order_is_found(office, by: str):  # O1
    found, other = make.order(po_number="PO 4711"), make.order(po_number="X 1")
    refile([found.customer_id, other.customer_id])
    text = {
        "number": found.number.lower(),
        "po_number": "po-4711",
        "beginning": "PO47",
        "customer": found.customer.name.split()[1],
    }[by]

    html = html_of(office, "orders", query=f"q={text}")

    assert found.number in html
    assert other.number not in html


def test_the_overview_is_filtered(office):  # O15
    person = make.staff("sales")
    address = Address.objects.create(customer=make.customer(), kind="shipping", town="Ulm")
    found = make.order(
        address.customer,
        state="shipped",
        ship_to=address,
        representative=person,
        has_reclamation=True,
        ordered_at=now() - timedelta(days=10),
    )
    other = make.order()
    day = (now() - timedelta(days=5)).date()

    for query in (
        "state=shipped",
        f"customer={found.customer.number}",
        f"customer={found.customer.number}&ship_to={address.pk}",
        f"ship_to={address.pk}",
        f"representative={person.pk}",
        "has_claim=yes",
        f"until={day}",
    ):
        html = html_of(office, "orders", query=query)
        assert found.number in html, query
        assert other.number not in html, query
    for query in ("state=new", "has_claim=no", f"since={day}"):
        html = html_of(office, "orders", query=query)
        assert other.number in html, query
        assert found.number not in html, query


def test_only_addresses_of_the_customer_named_are_offered(office):  # O15
    own = Address.objects.create(customer=make.customer(), kind="shipping", town="Ulm")
    Address.objects.create(customer=make.customer(), kind="shipping", town="Bonn")

    html = html_of(office, "orders", query=f"customer={own.customer.number}")

    assert "Ulm" in html
    assert "Bonn" not in html


def test_the_overview_is_exported_and_formulas_stay_words(office):  # O1
    order = make.order(po_number="=HYPERLINK(1)")

    answer = office.get(reverse("office:orders"), {"format": "csv"})
    text = b"".join(answer).decode() if answer.streaming else answer.content.decode()

    assert order.number in text
    assert "11.90" in text
    assert "'=HYPERLINK" in text


def test_limited_staff_see_orders_of_their_own_customers_only(client):  # O1
    person = make.staff("sales", only_own_customers=True)
    client.force_login(person)
    own, other = make.order(make.customer(representative=person)), make.order()

    html = html_of(client, "orders")

    assert own.number in html
    assert other.number not in html
    assert client.get(reverse("office:order", args=[other.pk])).status_code == 404


def test_the_page_shows_items_lines_prices_and_why(office):  # O2 O7
    order = make.order(quantities=[Decimal("2.5")], note="ring twice", freight=0)
    order.lines.update(price_reason={"whose": "group", "group": "B", "quantity_from": "10"}, discount=250)

    html = html_of(office, "order", order.pk)

    for text in ("price group B, from 10", "2.5", "19%", "−2.5%", "ring twice", "€29.75", "Confirm"):
        assert text in html


def test_an_event_moves_one_item(office):  # O12
    order = make.order(quantities=[1, 1])
    first, second = order.items.order_by("pk")

    answer = office.post(
        reverse("office:order_item_event", args=[order.pk, first.pk]),
        {"event": "cancel", f"seen_{first.pk}": first.version},
    )

    assert answer.status_code == 200
    assert "1 item was moved on." in answer.content.decode()
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == ("canceled", "new")


def test_an_event_moves_ticked_items_in_part(office):  # O12
    order = make.order(quantities=[5, 2])
    first, second = order.items.order_by("pk")

    office.post(
        reverse("office:order_ticked_items_event", args=[order.pk]),
        {"event": "cancel", "item": [first.pk], f"quantity_{first.pk}": "3", f"quantity_{second.pk}": "1"},
    )

    items = OrderItem.objects.order_by("state", "quantity").values_list("state", "quantity")
    assert list(items) == [("canceled", 3), ("new", 2), ("new", 2)]


def test_an_event_moves_all_items_and_says_what_came_of_each(office):  # O12
    order = make.order(quantities=[1, 1])
    order.items.filter(line__position=2).update(state="shipped")

    html = office.post(
        reverse("office:order_items_event", args=[order.pk]), {"event": "cancel"}
    ).content.decode()

    assert "1 item was moved on." in html
    assert "Not possible while the item is “Shipped”." in html
    assert sorted(order.items.values_list("state", flat=True)) == ["canceled", "shipped"]


def test_who_comes_second_is_told_and_changes_nothing(office):  # O13
    order = make.order()
    item = order.items.get()
    OrderItem.objects.update(version=2)

    answer = office.post(
        reverse("office:order_item_event", args=[order.pk, item.pk]),
        {"event": "cancel", f"seen_{item.pk}": 1},
    )

    assert answer.status_code == 409
    assert "Already changed" in answer.content.decode()
    assert OrderItem.objects.get().state == "new"


@pytest.mark.parametrize("quantity", ["0", "-1", "99", "x", "0.0001", "1e30"])
def test_quantities_that_make_no_sense_move_nothing(office, quantity: str):  # O12
    order = make.order(quantities=[5])
    item = order.items.get()

    answer = office.post(
        reverse("office:order_item_event", args=[order.pk, item.pk]),
        {"event": "cancel", f"quantity_{item.pk}": quantity},
    )

    assert answer.status_code == 409
    assert list(OrderItem.objects.values_list("state", "quantity")) == [("new", 5)]


def test_items_of_another_order_are_left_alone(office):  # O12
    order, other = make.order(), make.order()
    item = other.items.get()

    office.post(reverse("office:order_item_event", args=[order.pk, item.pk]), {"event": "cancel"})

    item.refresh_from_db()
    assert item.state == "new"


def test_staff_see_the_prices_before_they_order_for_a_customer(office):  # O5
    customer = make.customer()
    product = make.product(price=1000)
    make.price(product, 700, customer=customer)
    address = f"{reverse('office:order_new')}?customer={customer.pk}"
    form = {"lines": f"{product.number} 2", "po_number": "PO 1", "key": "k1"}

    preview = office.post(address, form)

    assert not Order.objects.exists()
    assert "own price" in preview.content.decode()
    seen = {"expected_total": preview.context["sums"].total, "digest": preview.context["digest"]}
    answer = office.post(address, form | seen)
    order = Order.objects.get()
    assert answer["Location"] == reverse("office:order", args=[order.pk])
    assert (order.customer, order.po_number, order.total) == (customer, "PO 1", 1666)


def test_lines_that_were_changed_after_the_preview_are_shown_anew(office):  # O5
    first, second = make.product(), make.product()
    address = f"{reverse('office:order_new')}?customer={make.customer().pk}"
    preview = office.post(address, {"lines": f"{first.number} 1"})
    seen = {"expected_total": preview.context["sums"].total, "digest": preview.context["digest"]}

    office.post(address, {"lines": f"{second.number} 1"} | seen)

    assert not Order.objects.exists()


def test_lines_that_cannot_be_ordered_are_named(office):  # O5
    product = make.product(quantity_step=2, quantity_minimum=2)
    address = f"{reverse('office:order_new')}?customer={make.customer().pk}"

    answer = office.post(address, {"lines": f"{product.number} 3\nNO-SUCH 1"})

    assert answer.status_code == 422
    html = answer.content.decode()
    assert "There is no product with this number." in html
    assert "sold in steps of 2" in html
    assert "Place order" not in html


def test_for_a_new_customer_the_refusal_offers_change_to_admin(office):  # O5
    customer = make.customer(state="new")
    address = f"{reverse('office:order_new')}?customer={customer.pk}"

    html = office.get(address).content.decode()
    assert "Change to Admin" in html
    assert "Show prices" not in html

    office.post(reverse("office:customer_admin", args=[customer.pk]))
    assert Customer.objects.get().state == "admin"
    assert "Show prices" in office.get(address).content.decode()


def test_the_customer_is_picked_by_number_or_name(office):  # O5
    one, _other = make.customer(name="Alpha Ltd"), make.customer(name="Alpha Works")
    refile(list(Customer.objects.values_list("pk", flat=True)))

    assert "Alpha Works" in html_of(office, "order_new", query="q=alpha")
    answer = office.get(reverse("office:order_new"), {"q": one.number})
    assert answer["Location"] == f"{reverse('office:order_new')}?customer={one.pk}"


def test_an_order_is_changed_and_canceled(office):  # O25
    order = make.order()

    office.post(reverse("office:order_edit", args=[order.pk]), {"po_number": "4712", "note": "x"})
    order.refresh_from_db()
    assert order.po_number == "4712"

    office.post(reverse("office:order_cancellation", args=[order.pk]), {"reason": "twice"})
    order.refresh_from_db()
    assert order.state == "canceled"
    assert "canceled the order: twice" in html_of(office, "order", order.pk)


def test_the_customers_page_lists_its_orders(office):  # O15
    order = make.order()

    html = html_of(office, "customer", order.customer_id)

    assert order.number in html
    assert f"{reverse('office:order_new')}?customer={order.customer_id}" in html
