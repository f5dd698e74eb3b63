import re
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from claimdesk.orders.models import CartLine
from tests import make

pytestmark = pytest.mark.django_db
PAGE = "/shop/quick-order/"
INTO_CART = "/shop/quick-order/cart/"


@pytest.fixture
def buyer(client):
    make.company(currency="EUR")
    membership = make.membership(None, None, "buyer")
    client.force_login(membership.user)
    client.customer = membership.customer
    return client


def text(response) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def lying() -> dict[str, Decimal]:
    return dict(CartLine.objects.values_list("product__number", "quantity"))


def test_a_pasted_list_is_shown_with_products_and_sums_and_goes_into_the_cart(buyer):  # O4
    make.product(number="A-100", name="Claw hammer", price=1000)
    make.product(number="B-200", name="Wood glue", price=500)

    page = buyer.post(PAGE, {"lines": "A-100 3\nb 200\t2\n"})
    response = buyer.post(INTO_CART, {"number": ["A-100", "b 200"], "quantity": ["3", "2"]})

    assert page.status_code == 200
    assert "Claw hammer · €30.00" in text(page)
    assert "2 lines can be ordered: €40.00" in text(page)
    assert (response.status_code, response["Location"]) == (303, "/cart/")
    assert lying() == {"A-100": 3, "B-200": 2}


def test_each_fault_stands_beside_its_line_and_nothing_comes_into_the_cart(buyer):  # O4
    make.product(number="A-100", name="Claw hammer")
    make.product(number="BOX", quantity_step=Decimal(6), quantity_minimum=Decimal(6))
    make.product(number="CRANE", price=None)

    response = buyer.post(PAGE, {"lines": "A-100 3\nBOX 7\nNONE 1\nCRANE 1\nA-100 many"})

    page = text(response)
    assert response.status_code == 422
    assert "4 lines need a look" in page
    for words in ("steps of 6", "no product with this number", "no price for you", "“many” is no quantity"):
        assert words in page
    assert lying() == {}


def test_lines_are_put_right_on_the_page_or_left_out(buyer):  # O4
    make.product(number="A-100", name="Claw hammer")
    typed = {"number": ["A-100", "NONE", ""], "quantity": ["3", "1", ""]}

    refused = buyer.post(INTO_CART, typed)
    checked = buyer.post(PAGE, typed)
    taken = buyer.post(INTO_CART, typed | {"only_good": "1"})

    assert (refused.status_code, checked.status_code, taken.status_code) == (422, 422, 303)
    assert lying() == {"A-100": 3}


def test_the_same_number_twice_is_added_up(buyer):  # O4
    make.product(number="A-100")

    buyer.post(INTO_CART, {"number": ["A-100", "a100"], "quantity": ["3", "2"]})

    assert lying() == {"A-100": 5}


def test_a_file_is_read_as_a_list_is(buyer):  # O4
    make.product(number="A-100", name="Claw hammer")
    file = SimpleUploadedFile("order.csv", b"Artikelnummer;Menge\nA-100;3\n")

    page = buyer.post(PAGE, {"file": file})

    assert page.status_code == 200
    assert "Claw hammer" in text(page)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "neither CSV nor Excel"),
        (b"number\nA-100\n", "no column for the quantity"),
        (b"number,quantity\n" + b"A-100,1\n" * 140_000, "larger than 1 MB"),
    ],
)
def test_a_file_that_is_no_list_says_what_to_do(buyer, content, words):  # O4
    response = buyer.post(PAGE, {"file": SimpleUploadedFile("order.csv", content)})

    assert response.status_code == 422
    assert words in text(response)


def test_nothing_pasted_is_said_so(buyer):  # O4
    response = buyer.post(PAGE, {"lines": "  \n "})

    assert response.status_code == 422
    assert "There is no line to read" in text(response)


def test_a_product_of_a_hidden_shelf_is_no_product(buyer):  # O4
    make.product(number="A-100", category=make.category(is_shown=False))

    assert "no product with this number" in text(buyer.post(PAGE, {"lines": "A-100 1"}))


def test_what_is_pasted_is_shown_as_text(buyer):  # O4
    response = buyer.post(PAGE, {"lines": "<script>alert(1)</script>\t1"})

    assert "<script>alert" not in text(response)


def test_a_long_list_asks_as_little_as_a_short_one(buyer, django_assert_max_num_queries):  # O4
    numbers = [make.product(number=f"A-{n:03d}").number for n in range(100)]
    pasted = "\n".join(f"{number} 1" for number in numbers)
    buyer.post(PAGE, {"lines": pasted})

    with django_assert_max_num_queries(16):
        buyer.post(PAGE, {"lines": pasted})
    buyer.post(INTO_CART, {"number": numbers, "quantity": ["1"] * 100})

    assert len(lying()) == 100
