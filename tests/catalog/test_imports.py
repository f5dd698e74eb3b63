"""Products and prices come in from other people's files, and go out again (O21)."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from claimdesk.catalog.imports.prices import whole_amount
from claimdesk.catalog.models import Category, Price, Product
from claimdesk.catalog.search import find_products
from claimdesk.kernel.actor import SYSTEM
from claimdesk.kernel.refused import NotAllowed
from claimdesk.kernel.tables import Mapping, open_table
from claimdesk.ledger.imports import ImportResult, RowRefused, importer_of, run_import, suggested_mapping
from claimdesk.ledger.models import Event, Import
from tests import make

pytestmark = pytest.mark.django_db


def take(folder: Path, text: str, kind: str = "products", *, by=SYSTEM, **mapping) -> ImportResult:
    """Import a file of that text."""
    path = folder / "rows.csv"
    path.write_text(text)
    importer, table = importer_of(kind), open_table(path)
    chosen = Mapping.from_data(mapping) if mapping else suggested_mapping(importer, table.header)
    run = Import.objects.create(kind=kind, file_name="rows.csv")
    return run_import(importer, table, chosen, run, by=by)


def counts(result: ImportResult) -> tuple[int, int, int, int, int]:
    return result.read, result.new, result.changed, result.same, result.refused


def export(kind: str) -> str:
    """What is on file as a file of that kind."""
    importer = importer_of(kind)
    rows = [[column.name for column in importer.columns], *importer.export()]
    return "".join(",".join(f'"{cell}"' for cell in row) + "\n" for row in rows)


def test_rows_become_products_on_their_shelves_and_are_found(tmp_path):  # O21
    result = take(
        tmp_path,
        "sku,name,category,unit,step,vat,units_in_stock,discontinued,description\n"
        "HS-1,Wood screw,Fixings > Screws,box,0.5,19,0,no,Zinc plated\n"
        "HS-2,Old screw,fixings > screws,,,7,12,1,\n",
    )

    screw, old = Product.objects.order_by("number")
    assert counts(result) == (2, 2, 0, 0, 0)
    assert (screw.unit, screw.quantity_step, screw.tax_rate, screw.stock) == (
        "box",
        Decimal("0.5"),
        1900,
        "out",
    )
    assert (old.unit, old.quantity_step, old.stock) == ("piece", Decimal(1), "in_stock")
    assert (screw.is_withdrawn, old.is_withdrawn) == (False, True)
    assert screw.category == old.category
    assert (screw.category.name, screw.category.parent.name, Category.objects.count()) == (
        "Screws",
        "Fixings",
        2,
    )
    assert find_products(Product.objects.all(), "zinc srcew") == [screw.pk]


def test_taking_products_twice_changes_nothing(tmp_path):  # O21
    text = "number,name,category\nA1,Hammer,Tools\nA2,Saw,\n"
    take(tmp_path, text)
    before, events = list(Product.objects.values()), Event.objects.count()

    again = take(tmp_path, text)

    assert counts(again) == (2, 0, 0, 2, 0)
    assert list(Product.objects.values()) == before
    assert Event.objects.count() == events


def test_an_unchanged_row_leaves_what_staff_edited_alone(tmp_path):  # O21
    text = "number,name\nA1,Hammer\n"
    take(tmp_path, text)
    Product.objects.update(name="Mallet")

    take(tmp_path, text)

    assert Product.objects.get().name == "Mallet"


def test_a_product_keeps_its_identity_when_its_number_changes_at_the_erp(tmp_path):  # O21
    take(tmp_path, "number,name,external_id\nA1,Hammer,77\n")

    result = take(tmp_path, "number,name,external_id\nB1,Hammer,77\n")

    assert counts(result) == (1, 0, 1, 0, 0)
    assert Product.objects.get().number == "B1"


def test_a_product_made_by_hand_is_recognised_by_its_number(tmp_path):  # O21
    product = make.product(number="A1", name="Hammer", unit="box")

    take(tmp_path, "number,name,external_id\na1,Mallet,77\n")

    row = Product.objects.get()
    assert (row.pk, row.name, row.unit, row.external_id) == (product.pk, "Mallet", "box", "77")


def test_a_row_without_the_withdrawn_mark_puts_a_product_on_sale_again(tmp_path):  # O21
    take(tmp_path, "number,name,discontinued\nA1,Hammer,1\n")
    assert Product.objects.get().is_withdrawn

    take(tmp_path, "number,name,discontinued\nA1,Hammer,0\n")

    assert not Product.objects.get().is_withdrawn


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("A1,,,,,", "name: must not be empty"),
        (",Hammer,,,,", "number: must not be empty"),
        ("A1,Hammer,-1,,,", "quantity_step: '-1' is less than nothing"),
        ("A1,Hammer,0,,,", "quantity_step: must be more than 0"),
        ("A1,Hammer,1.2345,,,", "quantity_step: 1.2345 has more than 3 decimals"),
        ("A1,Hammer,,many,,", "stock: 'many' is none of"),
        ("A1,Hammer,,,a > b > c > d,", "category: categories stand at most 3 deep"),
        ("A1,Hammer,,,,120", "tax_rate: '120' is no percentage"),
        ("B9,Hammer,,,,,7", "number: B9 stands at another product"),
    ],
)
def test_a_product_that_cannot_be_is_refused_with_the_reason(tmp_path, row, reason):  # O21
    make.product(number="B9", external_id="8", price=None)

    header = "number,name,step,stock,category,tax,external_id\n"
    result = take(tmp_path, f"{header}{row}\nA2,Saw,,,,,\n")

    assert counts(result) == (2, 1, 0, 0, 1)
    assert result.reasons[0][1].startswith(reason)
    assert not Product.objects.filter(number="A1").exists()


def test_what_was_exported_comes_in_again_as_it_was(tmp_path):  # O21
    tools = make.category(name="Tools")
    make.product(
        number="A1",
        price=1234,
        category=make.category(name="Saws", parent=tools),
        quantity_step=Decimal("0.5"),
    )
    make.price(make.product(number="A2", price=None), 5, per=100, price_group="B", starts_on=date(2026, 1, 1))
    make.price(Product.objects.get(number="A2"), 7, customer=make.customer(number="K1"))
    kept = {kind: export(kind) for kind in ("products", "prices")}
    Product.objects.all().delete()
    Category.objects.exclude(parent=None).delete()
    Category.objects.all().delete()

    for kind, text in kept.items():
        assert take(tmp_path, text, kind).refused == 0

    assert {kind: export(kind) for kind in kept} == kept


def test_rows_become_prices_of_everybody_of_a_group_and_of_a_customer(tmp_path):  # O7 O21
    product, customer = make.product(number="A1", price=None), make.customer(number="K1")

    result = take(
        tmp_path,
        "product,price,currency,per,customer,price_group,from,valid_from,valid_until\n"
        "a1,12.50,,,,,,,\n"
        'A1,"11,00",eur,100,,B,10,2026-01-01,2026-12-31\n'
        "A1,9,USD,,k1,,,,\n",
        "prices",
    )

    rows = product.prices.order_by("pk").values_list(
        "amount", "currency", "per", "customer", "price_group", "quantity_from", "starts_on", "ends_on"
    )
    assert counts(result) == (3, 3, 0, 0, 0)
    assert list(rows) == [
        (1250, "EUR", 1, None, "", Decimal(0), None, None),
        (1100, "EUR", 100, None, "B", Decimal(10), date(2026, 1, 1), date(2026, 12, 31)),
        (900, "USD", 1, customer.pk, "", Decimal(0), None, None),
    ]


def test_a_price_is_known_by_its_buyers_quantity_and_day(tmp_path, django_assert_max_num_queries):  # O7 O21
    make.product(number="A1", price=None)
    make.customer(number="K1")
    text = "product,amount,customer,quantity_from,starts_on\nA1,5,K1,10,2026-01-01\nA1,6,,,\n"
    take(tmp_path, text, "prices")

    again = take(tmp_path, text, "prices")
    changed = take(tmp_path, text.replace("A1,5,", "a1,4,"), "prices")

    assert counts(again) == (2, 0, 0, 2, 0)
    assert counts(changed) == (2, 0, 1, 1, 0)
    assert sorted(Price.objects.values_list("amount", flat=True)) == [400, 600]


def test_a_price_with_an_id_outside_may_change_its_quantity(tmp_path):  # O7 O21
    make.product(number="A1", price=None)
    take(tmp_path, "product,amount,quantity_from,external_id\nA1,5,10,77\n", "prices")

    result = take(tmp_path, "product,amount,quantity_from,external_id\nA1,5,20,77\n", "prices")

    assert counts(result) == (1, 0, 1, 0, 0)
    assert Price.objects.get().quantity_from == 20


def test_a_price_on_file_is_recognised_though_it_came_from_elsewhere(tmp_path):  # O7 O21
    make.product(number="A1", price=1000)

    result = take(tmp_path, "product,amount,external_id\nA1,9,77\n", "prices")

    price = Price.objects.get()
    assert counts(result) == (1, 0, 1, 0, 0)
    assert (price.amount, price.external_id) == (900, "77")


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("X9,5,,,,,", "product: there is no product X9"),
        ("A1,5,,K9,,,", "customer: there is no customer K9"),
        ("A1,5,,K1,B,,", "price_group: a price is a customer's or a group's, not both"),
        ("A1,-5,,,,,", "amount: '-5' is less than nothing"),
        ("A1,cheap,,,,,", "amount: 'cheap' is no price in EUR"),
        ("A1,NaN,,,,,", "amount: 'NaN' is no price in EUR"),
        ("A1,5,XXY,,,,", "currency: 'XXY' is no currency"),
        ("A1,5,,,,2026-02-01,2026-01-01", "ends_on: lies before the first day"),
        ("A1,5,,,,01/02/2026,", "starts_on: '01/02/2026' is no day like"),
    ],
)
def test_a_price_that_cannot_be_is_refused_with_the_reason(tmp_path, row, reason):  # O7 O21
    make.product(number="A1", price=None)
    make.product(number="A2", price=None)
    make.customer(number="K1")

    header = "product,amount,currency,customer,price_group,starts_on,ends_on\n"
    result = take(tmp_path, f"{header}{row}\nA2,5,,,,,\n", "prices")

    assert counts(result) == (2, 1, 0, 0, 1)
    assert result.reasons[0][1].startswith(reason)
    assert Price.objects.get().product.number == "A2"


@pytest.mark.parametrize(
    "text",
    [
        "product,amount,external_id\nA1,5,1\nA1,6,2\n",
        "product,amount,external_id\nA1,5,\nA1,6,2\n",
        "product,amount,customer\nA1,5,K1\nA1,6,old\n",
    ],
)
def test_the_same_price_under_two_spellings_stands_once(tmp_path, text):  # O7 O21
    make.product(number="A1", price=None)
    survivor = make.customer(number="K1")
    make.customer(number="old", merged_into=survivor, state="inactive")

    result = take(tmp_path, text, "prices")

    assert counts(result) == (2, 1, 0, 0, 1)
    assert Price.objects.get().amount == 500


@pytest.mark.parametrize(
    ("text", "currency", "expected"),
    [
        ("0.0125", "EUR", (125, 100)),
        ("12.5", "EUR", (1250, 1)),
        ("1234.5", "JPY", (12345, 10)),
        ("0,001", "KWD", (1, 1)),
    ],
)
def test_a_price_of_less_than_whole_cents_is_for_many(text, currency, expected):  # O8
    assert whole_amount(text, 1, currency) == expected


def test_a_price_that_no_quantity_makes_whole_is_refused():  # O8
    with pytest.raises(RowRefused):
        whole_amount("0.000000001", 1, "EUR")


def test_whoever_may_not_import_imports_nothing(tmp_path):  # O21
    by = make.actor(make.staff("finance"), door="office")

    with pytest.raises(NotAllowed):
        take(tmp_path, "number,name\nA1,Hammer\n", by=by)

    assert not Product.objects.exists()
