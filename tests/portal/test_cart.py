import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from claimdesk.customers.models import Address
from claimdesk.kernel.clock import now, today
from claimdesk.orders.models import Cart, CartLine
from tests import make

pytestmark = pytest.mark.django_db
ADD = "/cart/lines/"
CART = "/cart/"
HTMX = {"HX-Request": "true"}


@pytest.fixture
def buyer(client):
    make.company(currency="EUR")
    membership = make.membership(None, None, "buyer")
    client.force_login(membership.user)
    client.customer, client.user = membership.customer, membership.user
    return client


def text(response) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def lying(client) -> dict[str, Decimal]:
    return dict(CartLine.objects.filter(cart__user=client.user).values_list("product__name", "quantity"))


def test_adding_leads_back_to_where_one_was(buyer):  # O4
    hammer = make.product(name="Claw hammer")

    response = buyer.post(ADD, {"product": hammer.pk, "quantity": "3", "back": "/shop/?q=x#product-1"})

    assert (response.status_code, response["Location"]) == (303, "/shop/?q=x#product-1")
    assert lying(buyer) == {"Claw hammer": 3}
    assert "Claw hammer is in the cart." in text(buyer.get("/shop/"))


def test_adding_without_leaving_the_page_brings_the_new_counter_along(buyer):  # O4
    hammer = make.product(name="Claw hammer")

    response = buyer.post(ADD, {"product": hammer.pk, "quantity": "3"}, headers=HTMX)

    assert "3 piece in the cart" in text(response)
    assert re.search(r'id="cart-link"[^>]*hx-swap-oob="true".*<span class="counter">1</span>', text(response))


@pytest.mark.parametrize("quantity", ["", "x", "0", "-1", "1.5", "1.000"])
def test_what_is_no_quantity_is_refused(buyer, quantity):  # O4
    response = buyer.post(ADD, {"product": make.product().pk, "quantity": quantity})

    assert response.status_code == 409
    assert lying(buyer) == {}


@pytest.mark.parametrize("product", ["", "0", "x", "999999999999999999999"])
def test_a_product_that_is_none_does_not_exist(buyer, product):  # O4
    assert buyer.post(ADD, {"product": product, "quantity": "1"}).status_code == 404


def test_the_cart_survives_signing_out(buyer):  # O4
    buyer.post(ADD, {"product": make.product(name="Claw hammer").pk, "quantity": "3"})

    buyer.logout()
    again = Client()
    again.force_login(buyer.user)

    assert "Claw hammer" in text(again.get(CART))


def test_quantities_are_changed_and_lines_taken_out(buyer):  # O4
    for name in ("Hammer", "Glue"):
        buyer.post(ADD, {"product": make.product(name=name, price=1000).pk, "quantity": "1"})
    hammer, glue = CartLine.objects.order_by("pk")

    changed = buyer.post(f"{ADD}{hammer.pk}/", {"quantity": "4"}, headers=HTMX)
    assert buyer.post(f"{ADD}{glue.pk}/removal/").status_code == 303

    assert "€50.00" in text(changed)
    assert lying(buyer) == {"Hammer": 4}


def test_a_quantity_that_cannot_be_keeps_the_old_one_and_says_why(buyer):  # O4
    box = make.product(name="Box", quantity_step=Decimal(6), quantity_minimum=Decimal(6))
    buyer.post(ADD, {"product": box.pk, "quantity": "6"})
    line = CartLine.objects.get()

    response = buyer.post(f"{ADD}{line.pk}/", {"quantity": "7"})

    assert response.status_code == 422
    assert "steps of 6" in text(response)
    assert lying(buyer) == {"Box": 6}


def test_the_cart_says_when_a_price_changed_or_a_product_went(buyer):  # O4
    hammer, glue = make.product(name="Hammer", price=1000), make.product(name="Glue", price=500)
    for each in (hammer, glue):
        buyer.post(ADD, {"product": each.pk, "quantity": "2"})
    hammer.prices.update(amount=1200)
    glue.withdrawn_at = now()
    glue.save()

    page = text(buyer.get(CART))

    assert "The price has gone up: it was €20.00, now it is €24.00." in page
    assert "not sold any more" in page
    assert re.search(r"Subtotal</dt><dd>€24\.00", page)


def test_what_the_order_needs_besides_is_kept(buyer):  # O4
    place = Address.objects.create(customer=buyer.customer, kind="shipping", town="Kiel")
    buyer.post(ADD, {"product": make.product().pk, "quantity": "1"})

    response = buyer.post(
        CART, {"po_number": "PO 1", "ship_to": place.pk, "wished_on": today().isoformat(), "note": "Ring"}
    )

    assert response.status_code == 303
    cart = Cart.objects.get()
    assert (cart.po_number, cart.ship_to, cart.wished_on, cart.note) == ("PO 1", place, today(), "Ring")


def test_foreign_addresses_and_days_that_are_over_are_no_choice(buyer):  # O4
    foreign = Address.objects.create(customer=make.customer(), kind="shipping", town="Kiel")
    buyer.post(ADD, {"product": make.product().pk, "quantity": "1"})

    response = buyer.post(
        CART, {"ship_to": foreign.pk, "wished_on": (today() - timedelta(days=1)).isoformat()}
    )

    assert response.status_code == 422
    assert "This day is over" in text(response)
    assert Cart.objects.get().ship_to is None


def test_another_persons_cart_does_not_exist(buyer):  # O4
    buyer.post(ADD, {"product": make.product().pk, "quantity": "1"})
    line = CartLine.objects.get()
    for other in (make.membership(None, buyer.customer, "buyer"), make.membership(None, None, "buyer")):
        stranger = Client()
        stranger.force_login(other.user)

        answers = [stranger.post(f"{ADD}{line.pk}/{deed}", {"quantity": "2"}) for deed in ("", "removal/")]

        assert [answer.status_code for answer in answers] == [404, 404]
        assert "The cart is empty" in text(stranger.get(CART))
    assert CartLine.objects.get().quantity == 1


def test_the_cart_asks_the_same_for_one_line_and_for_many(buyer, django_assert_max_num_queries):
    for _each in range(30):
        buyer.post(ADD, {"product": make.product().pk, "quantity": "1"})
    buyer.get(CART)

    with django_assert_max_num_queries(16):
        response = buyer.get(CART)

    assert response.status_code == 200


def test_a_form_for_another_account_than_the_one_in_hand_is_refused(buyer):  # O4
    product = make.product()

    response = buyer.post(ADD, {"product": product.pk, "quantity": "1", "customer_in_hand": "1234567"})

    assert response.status_code == 409
    assert reverse("portal:cart") == CART
    assert lying(buyer) == {}
