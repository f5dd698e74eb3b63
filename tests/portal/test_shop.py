import re

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from claimdesk.catalog.models import ProductPicture
from claimdesk.catalog.search import refile
from claimdesk.customers.actions.customers import change_customer
from claimdesk.kernel.clock import now
from tests import make

pytestmark = pytest.mark.django_db
SHOP = "/shop/"


@pytest.fixture
def buyer(client):
    make.company(currency="EUR")
    membership = make.membership(None, None, "buyer")
    client.force_login(membership.user)
    client.customer = membership.customer
    return client


def text(response) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def test_the_shop_shows_products_with_number_stock_unit_and_the_accounts_price(buyer):  # O4 O7
    hammer = make.product(name="Claw hammer", price=1250, stock="few")
    make.price(hammer, 990, customer=buyer.customer)

    page = text(buyer.get(SHOP))

    assert "Claw hammer" in page
    assert hammer.number in page
    assert "few left" in page
    assert "€9.90" in page
    assert "€12.50" not in page
    assert "per piece" in page


def test_a_price_says_why_it_is_that(buyer):  # O7
    buyer.customer.price_group = "B"
    buyer.customer.save()
    screws = make.product(price=2000, quantity_minimum=10)
    make.price(screws, 1500, price_group="B", quantity_from=10, per=100)

    page = text(buyer.get(SHOP))

    assert re.search(r'role="tooltip" id="why-\d+">price group B, from 10<', page)
    assert "for 100 piece" in page


def test_a_product_without_a_price_is_shown_and_cannot_be_added(buyer):  # O4
    make.product(price=None, name="Crane")

    page = text(buyer.get(SHOP))

    assert "Price on request" in page
    assert reverse("portal:cart_lines") not in page


def test_what_is_withdrawn_or_on_a_hidden_shelf_is_not_in_the_shop(buyer):  # O4
    shelf = make.category(is_shown=False)
    hidden, gone = make.product(category=shelf), make.product(withdrawn_at=now())

    page = text(buyer.get(SHOP))

    assert "The shop is still empty" in page
    assert [buyer.get(f"{SHOP}{each.pk}/").status_code for each in (hidden, gone)] == [404, 404]


def test_a_category_holds_what_stands_in_it_and_below(buyer):  # O4
    tools = make.category(name="Hand tools")
    hammers = make.category(name="Hammers", parent=tools)
    make.product(name="Claw hammer", category=hammers)
    make.product(name="Wood glue")

    above, below = text(buyer.get(SHOP)), text(buyer.get(f"{SHOP}?category={tools.pk}"))

    assert "Hand tools" in above
    assert "Hammers" not in above
    assert "Hammers" in below
    assert "Claw hammer" in below
    assert "Wood glue" not in below


def test_a_search_forgives_typing_errors(buyer):  # O4
    hammer, glue = make.product(name="Claw hammer"), make.product(name="Wood glue")
    refile([hammer.pk, glue.pk])

    page = text(buyer.get(f"{SHOP}?q=hamer"))

    assert "Claw hammer" in page
    assert "Wood glue" not in page
    assert "Nothing matches" in text(buyer.get(f"{SHOP}?q=helicopter"))


@pytest.mark.parametrize(
    "query", ["category=x", "category=99999999999999999999", "after=%00", "q=%00&before=end"]
)
def test_nonsense_in_the_address_shows_the_shop(buyer, query):  # O4
    make.product(name="Claw hammer")

    assert buyer.get(f"{SHOP}?{query}").status_code == 200


def test_the_shop_goes_on_page_by_page(buyer):  # O4
    for n in range(30):
        make.product(name=f"Bolt {n:02d}")

    first = text(buyer.get(SHOP))
    following = re.search(r'href="([^"]+)" rel="next"', first)[1].replace("&amp;", "&")
    second = text(buyer.get(following))

    assert "30 products" in first
    assert ("Bolt 00" in first, "Bolt 29" in first) == (True, False)
    assert ("Bolt 00" in second, "Bolt 29" in second) == (False, True)


def test_a_products_page_tells_its_steps_and_what_more_of_it_costs(buyer):  # O4 O7
    oil = make.product(price=1000, quantity_step=5, quantity_minimum=10, unit="l", description="For chains.")
    make.price(oil, 800, quantity_from=100)

    page = text(buyer.get(f"{SHOP}{oil.pk}/"))

    assert "For chains." in page
    assert "At least 10 l, in steps of 5" in page
    assert re.search(r"100 l</td><td>€8\.00", page)
    assert 'value="10" min="10" step="5"' in page


def test_a_picture_comes_small_and_lazily_and_only_to_who_may_see_the_product(buyer, client):  # O4
    product = make.product()
    picture = ProductPicture.objects.create(product=product, digest="p")
    picture.file.save("p.webp", ContentFile(b"RIFF large"))
    picture.thumbnail.save("t.webp", ContentFile(b"RIFF small"))
    address = reverse("portal:thumbnail", args=[picture.pk])

    assert f'<img src="{address}" width="160" height="160" loading="lazy"' in text(buyer.get(SHOP))
    response = buyer.get(address)
    assert b"".join(response.streaming_content) == b"RIFF small"
    assert "immutable" in response["Cache-Control"]
    product.withdrawn_at = now()
    product.save()
    assert buyer.get(address).status_code == 404


def test_a_viewer_sees_prices_and_why_he_cannot_order(client):  # O6
    membership = make.membership()
    client.force_login(membership.user)
    make.product(name="Claw hammer", price=1250)

    page = text(client.get(SHOP))

    assert "€12.50" in page
    assert "You can look around, but not order" in page
    assert reverse("portal:cart_lines") not in page


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("new", "as soon as you can order"),
        ("admin", "we place the order for you"),
        ("inactive", "cannot order"),
    ],
)
def test_people_of_accounts_that_are_not_active_read_why_they_cannot_order(client, state, words):  # O6
    membership = make.membership(None, make.customer(state=state), "buyer", "manager")
    client.force_login(membership.user)

    response = client.get(SHOP, follow=True)

    assert response.redirect_chain[-1][0] == "/waiting/"
    assert words in text(response)


def test_staff_who_act_for_a_new_account_are_led_to_change_it_to_admin(client):  # O5 O6
    customer = make.customer(state="new")
    staff = make.staff("sales")
    client.force_login(staff)
    session = client.session
    session["acting_session"] = make.acting_session(staff, customer).pk
    session.save()
    make.product()

    page = text(client.get(SHOP))

    assert "Change to Admin" in page
    assert reverse("office:customer", args=[customer.pk]) in page
    assert reverse("portal:cart_lines") not in page


def test_a_customers_discount_is_in_the_price(buyer):  # O7
    change_customer(buyer.customer, discount=500, by=make.STAFF)
    make.product(price=1000)

    page = text(buyer.get(SHOP))

    assert "€9.50" in page
    assert "list price, less 5" in page


def test_the_shop_asks_the_same_for_one_product_and_for_many(buyer, django_assert_max_num_queries):
    for n in range(40):
        make.price(make.product(category=make.category()), 500 + n, customer=buyer.customer)
    buyer.get(SHOP)

    with django_assert_max_num_queries(12):
        response = buyer.get(SHOP)

    assert response.status_code == 200
