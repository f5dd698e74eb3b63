import re
from datetime import date
from decimal import Decimal

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from claimdesk.catalog.actions.products import create_product, withdraw_product
from claimdesk.catalog.models import Category, Product, ProductPicture
from claimdesk.kernel.pictures import read_picture
from claimdesk.ledger.models import Event
from tests import make
from tests.conversations.samples import picture, pixels_claimed

pytestmark = pytest.mark.django_db
LIST = "/office/products/"
FIELDS = {
    "name": "Wood screw", "number": "HS-1", "unit": "box", "tax_rate": "19", "quantity_step": "0.5",
    "quantity_minimum": "2", "stock": "few", "stock_words": "from 3 December", "description": "Zinc\nplated",
}  # fmt: skip


@pytest.fixture
def clerk(client: Client) -> Client:
    client.force_login(make.staff("sales"))
    return client


def filed(number: str, name: str, **fields) -> Product:
    """A product that can be found."""
    return create_product(number=number, name=name, by=make.STAFF, **fields)


def names_on(page: str) -> set[str]:
    """The names in the list."""
    return set(re.findall(r'class="with-picture">(?:<img[^>]*>)?<a [^>]*>([^<]+)</a>', page))


def upload(content: bytes, name: str = "screw.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="image/jpeg")


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", {"Hammer", "Hand saw", "Old saw"}),
        ("q=hamer", {"Hammer"}),
        ("q=hs-1", {"Hand saw"}),
        ("status=on_sale", {"Hammer", "Hand saw"}),
        ("status=withdrawn", {"Old saw"}),
        ("stock=out", {"Hammer"}),
        ("price=yes", {"Hammer"}),
        ("price=no", {"Hand saw", "Old saw"}),
        ("status=nonsense", {"Hammer", "Hand saw", "Old saw"}),
    ],
)
def test_products_are_searched_and_filtered(clerk, query, names):  # O4
    make.price(filed("H-1", "Hammer", stock="out"), 1234)
    filed("HS-1", "Hand saw")
    withdraw_product(filed("HS-2", "Old saw"), by=make.STAFF)

    assert names_on(clerk.get(f"{LIST}?{query}").content.decode()) == names


def test_a_shelf_filters_with_what_stands_below_it(clerk):  # O4
    tools = make.category()
    filed("1", "Hammer", category=make.category(parent=tools))
    filed("2", "Screw")

    assert names_on(clerk.get(f"{LIST}?category={tools.pk}").content.decode()) == {"Hammer"}


def test_the_list_shows_what_one_costs_in_the_sellers_currency(clerk):  # O7
    product = make.product(price=123456)
    make.price(product, 5, currency="USD")
    make.price(product, 4, price_group="B")
    make.price(product, 3, quantity_from=Decimal(10))

    assert "€1,234.56" in clerk.get(LIST).content.decode()


def test_the_list_costs_twelve_queries_at_most_however_long_it_is(clerk, django_assert_max_num_queries):  # O4
    for n in range(30):
        filed(f"P{n}", f"Product {n}", category=make.category())

    with django_assert_max_num_queries(12):
        page = clerk.get(LIST).content.decode()
    assert len(names_on(page)) == 25
    with django_assert_max_num_queries(12):
        assert clerk.get(f"{LIST}?q=prodcut&status=on_sale").status_code == 200


def test_the_page_costs_twenty_queries_at_most(clerk, django_assert_max_num_queries):  # O4
    product = filed("1", "Hammer", category=make.category())
    for n in range(40):
        make.price(product, n, quantity_from=n)

    with django_assert_max_num_queries(20):
        page = clerk.get(reverse("office:product", args=[product.pk])).content.decode()
    assert "Hammer" in page


def test_the_list_goes_out_as_a_file(clerk):  # O21
    make.product(number="HS-1", name="Wood screw", price=1250)

    rows = b"".join(clerk.get(f"{LIST}?format=csv")).decode("utf-8-sig").splitlines()

    assert rows[0].startswith("number,name")
    assert rows[1].startswith("HS-1,Wood screw")
    assert ",12.50," in rows[1]


def test_a_product_is_made_and_changed_from_the_form(clerk):  # O4
    shelf = make.category()
    made = clerk.post(reverse("office:product_new"), FIELDS | {"category": shelf.pk})

    product = Product.objects.get()
    assert made.status_code == 303
    assert (product.name, product.category, product.tax_rate, product.quantity_step, product.stock) == (
        "Wood screw",
        shelf,
        1900,
        Decimal("0.5"),
        "few",
    )

    edit = reverse("office:product_edit", args=[product.pk])
    page = clerk.get(edit).content.decode()
    seen = re.search(r'name="seen"[^>]*value="([^"]+)"', page)[1]
    clerk.post(edit, FIELDS | {"name": "Screw", "seen": seen})

    product.refresh_from_db()
    assert (product.name, product.category) == ("Screw", None)
    assert clerk.post(edit, FIELDS | {"name": "Bolt", "seen": seen}).status_code == 409
    product.refresh_from_db()
    assert product.name == "Screw"


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""}, {"number": ""}, {"quantity_step": "0"}, {"quantity_minimum": "-1"},
        {"quantity_step": "1.2345"}, {"tax_rate": "120"}, {"stock": "lots"}, {"category": "999"},
        {"quantity_step": "NaN"},
    ],
)  # fmt: skip
def test_wrong_input_is_said_and_makes_nothing(clerk, wrong):  # O4
    answer = clerk.post(reverse("office:product_new"), FIELDS | wrong)

    assert answer.status_code == 422
    assert not Product.objects.exists()


def test_a_product_is_withdrawn_and_put_on_sale_again(clerk):  # O4
    product = make.product()

    clerk.post(reverse("office:product_withdrawal", args=[product.pk]))
    page = clerk.get(reverse("office:product", args=[product.pk])).content.decode()
    assert "Put on sale again" in page

    clerk.post(reverse("office:product_restoration", args=[product.pk]))
    product.refresh_from_db()
    assert not product.is_withdrawn


def test_whoever_may_only_look_is_offered_nothing_to_change(client):  # O4
    product = make.product()
    client.force_login(make.staff("finance"))

    listed = client.get(LIST).content.decode()
    page = client.get(reverse("office:product", args=[product.pk])).content.decode()

    assert "New product" not in listed
    assert "Edit product" not in page
    assert "Withdraw" not in page


def test_limited_staff_read_nothing_of_other_customers_prices(client):  # A53 O7
    product = make.product()
    clerk = make.staff("sales", only_own_customers=True)
    make.price(product, 4711, customer=make.customer(name="Secret Ltd"))
    client.force_login(clerk)

    page = client.get(reverse("office:product", args=[product.pk])).content.decode()

    assert "Secret Ltd" not in page
    assert "47.11" not in page


def test_a_picture_is_drawn_anew_and_shown_to_those_who_may_see_the_product(clerk):  # O4
    product = make.product()
    address = reverse("office:product_picture_new", args=[product.pk])

    answer = clerk.post(address, {"picture": upload(picture(size=(2400, 1200))), "description": "A screw"})

    row = ProductPicture.objects.get()
    served = clerk.get(reverse("office:product_picture", args=[row.pk]))
    content = b"".join(served)
    drawn = read_picture(SimpleUploadedFile("x", content), size=len(content), most_bytes=len(content))
    assert answer.status_code == 303
    assert (served["Content-Type"], drawn.size, b"Exif" in content) == ("image/jpeg", (1600, 800), False)
    small = b"".join(clerk.get(reverse("office:product_thumbnail", args=[row.pk])))
    assert len(small) < len(content)
    assert reverse("office:product_thumbnail", args=[row.pk]) in clerk.get(LIST).content.decode()
    assert Client().get(reverse("office:product_picture", args=[row.pk])).status_code == 302


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<html><script>alert(1)</script></html>",
        b"\xff\xd8\xff\xe0 no picture",
        pixels_claimed(60_000, 60_000),
    ],
    ids=["empty", "html", "broken", "bomb"],
)
def test_what_is_no_picture_is_refused(clerk, content):  # O4
    product = make.product()

    answer = clerk.post(
        reverse("office:product_picture_new", args=[product.pk]), {"picture": upload(content)}
    )

    assert answer.status_code == 422
    assert not ProductPicture.objects.exists()


def test_the_same_picture_stands_once_and_removing_it_removes_its_files(
    clerk, django_capture_on_commit_callbacks
):  # O4
    product = make.product()
    address = reverse("office:product_picture_new", args=[product.pk])
    clerk.post(address, {"picture": upload(picture())})
    row = ProductPicture.objects.get()

    again = clerk.post(address, {"picture": upload(picture())})
    with django_capture_on_commit_callbacks(execute=True):
        clerk.post(reverse("office:product_picture_removal", args=[row.pk]))

    assert again.status_code == 409
    assert not ProductPicture.objects.exists()
    assert not default_storage.exists(row.file.name)
    assert not default_storage.exists(row.thumbnail.name)
    assert list(Event.objects.order_by("pk").values_list("kind", flat=True)) == [
        "product_picture.added",
        "product_picture.removed",
    ]


def test_categories_are_made_changed_and_removed_from_their_page(clerk):  # O4
    clerk.post(reverse("office:product_category_new"), {"name": "Tools", "position": 0, "is_shown": "on"})
    tools = Category.objects.get()
    clerk.post(reverse("office:product_category_new"), {"name": "Saws", "position": 1, "parent": tools.pk})
    saws = Category.objects.get(name="Saws")
    filed("1", "Hand saw", category=saws)

    page = clerk.get(reverse("office:product_categories")).content.decode()
    assert "Tools › Saws" in page
    assert (saws.parent, saws.is_shown) == (tools, False)

    clerk.post(reverse("office:product_category", args=[saws.pk]), {"name": "Hand saws", "position": 2})
    assert clerk.post(reverse("office:product_category_removal", args=[saws.pk])).status_code == 409
    clerk.post(reverse("office:product_category_removal", args=[tools.pk]))

    left = Category.objects.get()
    assert (left.name, left.parent, left.position) == ("Hand saws", None, 2)


def test_the_search_over_everything_finds_products(clerk):  # O4
    product = filed("HS-1", "Wood screw")

    page = clerk.get("/office/search/?q=wood+srcew").content.decode()

    assert reverse("office:product", args=[product.pk]) in page


def test_a_product_page_says_when_each_price_holds(clerk):  # O7
    product = make.product(price=1)
    make.price(product, 2, price_group="B", starts_on=date(2026, 12, 1))
    make.price(product, 3, price_group="C", starts_on=date(2026, 1, 1), ends_on=date(2026, 12, 31))

    page = clerk.get(reverse("office:product", args=[product.pk])).content.decode()

    for words in ("always", "from 1 Dec 2026", "from 1 Jan 2026 until 31 Dec 2026"):
        assert f'data-label="Valid">{words}<' in page
