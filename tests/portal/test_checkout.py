import re
from decimal import Decimal

import pytest
from django.test import Client

from claimdesk.access.models import Membership
from claimdesk.customers.models import Address
from claimdesk.kernel.clock import now
from claimdesk.ledger.models import Event
from claimdesk.orders.actions.carts import add_to_cart, change_cart
from claimdesk.orders.models import CartLine, Order
from claimdesk.orders.queries.carts import carts
from claimdesk.orders.wanted import WantedLine
from tests import make

pytestmark = pytest.mark.django_db
CHECKOUT = "/checkout/"


@pytest.fixture
def buyer(client):
    make.company(currency="EUR", freight=500, freight_tax_rate=1900)
    membership = make.membership(None, None, "buyer")
    client.force_login(membership.user)
    client.customer, client.user = membership.customer, membership.user
    return client


def text(response) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def fill(client, quantity=2, **fields):
    """Put a product into the client's cart, and return it."""
    product = make.product(**fields)
    add_to_cart(client.customer, lines=[WantedLine(product, Decimal(quantity))], by=make.actor(client.user))
    return product


def hidden(page: str) -> dict[str, str]:
    return {name: re.search(rf'name="{name}" value="([^"]*)"', page)[1] for name in ("key", "total")}


def test_the_checkout_shows_the_exact_sums_and_places_the_order(buyer):  # O4 O8
    fill(buyer, 3, name="Claw hammer", price=1234)
    place = Address.objects.create(customer=buyer.customer, kind="shipping", town="Kiel")
    own = carts(make.actor(buyer.user)).get()
    change_cart(own, po_number="PO 7", ship_to=place, wished_on=None, note="Ring", by=make.actor(buyer.user))

    page = text(buyer.get(CHECKOUT))
    response = buyer.post(CHECKOUT, hidden(page))

    order = Order.objects.get()
    assert re.search(r"Subtotal</dt><dd>€37\.02<.*Freight</dt><dd>€5\.00<.*Tax</dt><dd>€7\.98<", page)
    assert re.search(r"Total</dt><dd>€50\.00<", page)
    assert (order.total, order.po_number, order.ship_to, order.note) == (5000, "PO 7", place, "Ring")
    assert (order.placed_by, order.customer) == (buyer.user, buyer.customer)
    assert response["Location"] == f"/orders/{order.pk}/placed/"
    assert order.number in text(buyer.get(response["Location"]))
    assert not CartLine.objects.exists()


def test_pressing_twice_makes_one_order(buyer):  # O4
    fill(buyer)
    pressed = hidden(text(buyer.get(CHECKOUT)))

    first, second = buyer.post(CHECKOUT, pressed), buyer.post(CHECKOUT, pressed)

    assert first["Location"] == second["Location"] == f"/orders/{Order.objects.get().pk}/placed/"
    assert Event.objects.filter(kind="order.placed").count() == 1


def test_a_page_left_open_does_not_swallow_what_was_put_in_since(buyer):  # O4
    fill(buyer)
    pressed = hidden(text(buyer.get(CHECKOUT)))
    buyer.post(CHECKOUT, pressed)
    glue = fill(buyer)

    buyer.post(CHECKOUT, pressed)

    assert Order.objects.count() == 1
    assert CartLine.objects.get().product == glue


def test_a_price_that_changed_meanwhile_is_shown_before_anything_is_ordered(buyer):  # O4 O7
    product = fill(buyer, 1, price=1000)
    pressed = hidden(text(buyer.get(CHECKOUT)))
    product.prices.update(amount=1100)

    response = buyer.post(CHECKOUT, pressed)

    page = text(response)
    assert response.status_code == 409
    assert "Prices have changed" in page
    assert "€11.00" in page
    assert not Order.objects.exists()
    buyer.post(CHECKOUT, hidden(page))
    assert Order.objects.get().subtotal == 1100


def test_what_was_withdrawn_meanwhile_blocks_the_order_until_it_is_out(buyer):  # O4
    product = fill(buyer)
    pressed = hidden(text(buyer.get(CHECKOUT)))
    product.withdrawn_at = now()
    product.save()

    response = buyer.post(CHECKOUT, pressed)

    assert response.status_code == 409
    assert "not sold any more" in text(response)
    assert "Place order" not in text(response)
    assert not Order.objects.exists()


@pytest.mark.parametrize(
    "form", [{}, {"key": "x"}, {"key": "", "total": "1"}, {"key": "x" * 500, "total": "-1"}]
)
def test_nonsense_places_nothing(buyer, form):  # O4
    fill(buyer)

    response = buyer.post(CHECKOUT, form)

    assert response.status_code in (303, 409)
    assert not Order.objects.exists()
    assert CartLine.objects.exists()


def test_the_key_of_another_accounts_order_shows_nothing_of_it(buyer):  # O4 A80
    fill(buyer)
    asked = hidden(text(buyer.get(CHECKOUT)))
    buyer.post(CHECKOUT, asked)
    stranger = Client()
    stranger.force_login(make.membership(None, None, "buyer").user)

    response = stranger.post(CHECKOUT, asked)

    assert response["Location"] == "/cart/"
    assert Order.objects.count() == 1


def test_a_key_that_no_database_keeps_is_a_key_like_another(buyer):  # O4
    fill(buyer)
    asked = hidden(text(buyer.get(CHECKOUT)))

    response = buyer.post(CHECKOUT, asked | {"key": "a\x00b"})

    assert response["Location"] == f"/orders/{Order.objects.get().pk}/placed/"


def test_an_empty_cart_has_no_checkout(buyer):  # O4
    assert buyer.get(CHECKOUT)["Location"] == "/cart/"


def test_beyond_ones_limit_the_checkout_says_that_a_manager_approves(buyer):  # O22
    make.company(order_approval=True)
    Membership.objects.filter(user=buyer.user).update(order_limit=1000)
    fill(buyer, 2, price=1000)

    page = text(buyer.get(CHECKOUT))
    placed = text(buyer.post(CHECKOUT, hidden(page), follow=True))

    assert "A manager of your account approves this order" in page
    assert "Your order waits for approval" in placed
    assert Order.objects.get().approval == "pending"


def test_staff_who_act_for_an_admin_account_order_for_it(client):  # O5
    make.company(currency="EUR")
    client.user, client.customer = make.staff("sales"), make.customer(state="admin")
    client.force_login(client.user)
    session = client.session
    session["acting_session"] = make.acting_session(client.user, client.customer).pk
    session.save()
    product = make.product()
    client.post("/cart/lines/", {"product": product.pk, "quantity": "1"})

    client.post(CHECKOUT, hidden(text(client.get(CHECKOUT))))

    assert Order.objects.get().customer == client.customer


def test_another_accounts_order_was_never_placed_for_a_stranger(buyer):  # O1
    order = make.order(buyer.customer)
    stranger = Client()
    stranger.force_login(make.membership(None, None, "manager").user)

    assert stranger.get(f"/orders/{order.pk}/placed/").status_code == 404
    assert buyer.get(f"/orders/{order.pk}/placed/").status_code == 200


def test_the_checkout_asks_the_same_for_one_line_and_for_many(buyer, django_assert_max_num_queries):
    for _each in range(25):
        fill(buyer)
    buyer.get(CHECKOUT)

    with django_assert_max_num_queries(20):
        response = buyer.get(CHECKOUT)

    assert response.status_code == 200
