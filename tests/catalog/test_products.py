"""Products and categories are made, changed, withdrawn and seen by those who may."""

from decimal import Decimal

import pytest

from claimdesk.catalog.actions.categories import change_category, create_category, remove_category
from claimdesk.catalog.actions.products import (
    change_product,
    create_product,
    restore_product,
    withdraw_product,
)
from claimdesk.catalog.models import Category, Product
from claimdesk.catalog.queries.products import below, categories, categories_with_counts, products
from claimdesk.catalog.search import find_products
from claimdesk.kernel.actor import VISITOR
from claimdesk.kernel.refused import NotAllowed, Refused
from claimdesk.ledger.models import Event
from tests import make

pytestmark = pytest.mark.django_db


def kinds(about) -> list[str]:
    """The events about a row, in their order."""
    subject = f"{about._meta.model_name}/{about.pk}"
    return list(Event.objects.filter(subject=subject).order_by("pk").values_list("kind", flat=True))


def buyer():
    """Somebody who may see the shop."""
    person = make.user()
    make.membership(person, make.customer(), "buyer")
    return make.actor(person)


def test_a_product_is_made_and_found():  # O4
    product = create_product(number=" HS-1 ", name="Wood  screw", tax_rate=1900, by=make.STAFF)

    assert (product.number, product.name) == ("HS-1", "Wood screw")
    assert find_products(Product.objects.all(), "hs1") == [product.pk]
    assert kinds(product) == ["product.created"]


def test_two_products_never_share_a_number_whatever_the_case():  # O4
    make.product(number="HS-1")
    other = make.product(number="HS-2")

    with pytest.raises(Refused) as made:
        create_product(number="hs-1", name="Other", by=make.STAFF)
    with pytest.raises(Refused) as changed:
        change_product(other, number="Hs-1", by=make.STAFF)

    assert made.value.code == changed.value.code == "number_taken"
    assert set(Product.objects.values_list("number", flat=True)) == {"HS-1", "HS-2"}
    assert kinds(other) == []


def test_a_change_keeps_what_was_before_and_is_found_anew():  # O4
    product = create_product(number="1", name="Hammer", by=make.STAFF)

    change_product(product, name="Spanner", quantity_step=Decimal("0.5"), number="1", by=make.STAFF)

    event = Event.objects.get(kind="product.changed")
    assert event.data["before"] == {"name": "Hammer", "quantity_step": "1"}
    assert event.data["after"] == {"name": "Spanner", "quantity_step": "0.5"}
    assert find_products(Product.objects.all(), "spanner") == [product.pk]
    assert find_products(Product.objects.all(), "hammer") == []


def test_what_does_not_differ_records_nothing():  # O4
    product = make.product(name="Hammer")

    change_product(product, name="Hammer", by=make.STAFF)

    assert kinds(product) == []


def test_a_product_that_somebody_else_changed_meanwhile_is_left_alone():  # O4
    product = make.product(name="Hammer")
    seen = product.updated_at
    change_product(product, name="Mallet", by=make.STAFF)

    with pytest.raises(Refused) as refusal:
        change_product(product, name="Spanner", seen_at=seen, by=make.STAFF)

    assert refusal.value.code == "changed_meanwhile"
    assert Product.objects.get().name == "Mallet"


def test_a_withdrawn_product_leaves_the_shop_and_comes_back():  # O4
    product, actor = make.product(), buyer()

    withdraw_product(product, by=make.STAFF)
    assert not products(actor).exists()
    assert products(make.STAFF).get() == product
    with pytest.raises(Refused) as again:
        withdraw_product(product, by=make.STAFF)

    restore_product(product, by=make.STAFF)
    assert products(actor).get() == product
    with pytest.raises(Refused) as twice:
        restore_product(product, by=make.STAFF)

    assert (again.value.code, twice.value.code) == ("already_withdrawn", "not_withdrawn")
    assert kinds(product) == ["product.withdrawn", "product.restored"]


def test_nothing_of_a_hidden_shelf_is_in_the_shop():  # O4
    shown, hidden = make.category(), make.category(is_shown=False)
    inner = make.category(parent=hidden)
    innermost = make.category(parent=inner)
    seen = {make.product(), make.product(category=shown)}
    for category in (hidden, inner, innermost):
        make.product(category=category)

    actor = buyer()

    assert set(products(actor)) == seen
    assert set(categories(actor)) == {shown}
    assert categories(make.STAFF).count() == 4


def test_visitors_see_nothing():  # O4
    make.product(category=make.category())

    assert not products(VISITOR).exists()
    assert not categories(VISITOR).exists()


def test_whoever_may_not_edit_changes_nothing():  # O4
    product = make.product(name="Hammer")

    for deed in (
        lambda by: create_product(number="2", name="Other", by=by),
        lambda by: change_product(product, name="Other", by=by),
        lambda by: withdraw_product(product, by=by),
        lambda by: create_category(name="Tools", by=by),
    ):
        with pytest.raises(NotAllowed):
            deed(buyer())

    row = Product.objects.get()
    assert (row.name, row.withdrawn_at, Category.objects.count()) == ("Hammer", None, 0)


def test_a_shelf_holds_what_stands_below_it():  # O4
    tools = make.category()
    saws = make.category(parent=tools)
    hand_saws = make.category(parent=saws)
    standing = {make.product(category=category) for category in (tools, saws, hand_saws)}
    make.product(category=make.category())

    assert set(Product.objects.filter(below(tools))) == standing


def test_categories_tell_how_many_products_are_on_sale():  # O4
    tools = make.category()
    make.product(category=tools)
    withdraw_product(make.product(category=tools), by=make.STAFF)

    assert categories_with_counts(make.STAFF).get().sold == 1


def test_a_category_is_made_changed_and_removed():  # O4
    tools = create_category(name="Tools", by=make.STAFF)
    saws = create_category(name="Saws", parent=tools, by=make.STAFF)

    change_category(saws, name="Hand saws", parent=None, position=3, by=make.STAFF)
    remove_category(tools, by=make.STAFF)

    left = Category.objects.get()
    assert (left.name, left.parent, left.position) == ("Hand saws", None, 3)
    assert kinds(saws) == ["category.created", "category.changed"]


@pytest.mark.parametrize("name", ["Tools", "tools"])
def test_two_categories_in_one_place_never_share_a_name(name):  # O4
    tools = create_category(name="Tools", by=make.STAFF)
    create_category(name=name, parent=tools, by=make.STAFF)

    with pytest.raises(Refused) as refusal:
        create_category(name=name, by=make.STAFF)

    assert refusal.value.code == "name_taken"
    assert Category.objects.count() == 2


def test_categories_stand_three_deep_and_never_in_themselves():  # O4
    first = make.category()
    second = make.category(parent=first)
    third = make.category(parent=second)
    other = make.category(parent=make.category())

    refusals = []
    for deed in (
        lambda: create_category(name="Fourth", parent=third, by=make.STAFF),
        lambda: change_category(first, parent=first, by=make.STAFF),
        lambda: change_category(first, parent=third, by=make.STAFF),
        lambda: change_category(second, parent=other, by=make.STAFF),
    ):
        with pytest.raises(Refused) as refusal:
            deed()
        refusals.append(refusal.value.code)

    assert refusals == ["too_deep"] * 4
    assert list(Category.objects.filter(pk__in=[first.pk, second.pk]).values_list("parent", flat=True)) == [
        None,
        first.pk,
    ]


def test_a_category_in_use_is_not_removed():  # O4
    tools = make.category()
    make.product(category=tools)

    with pytest.raises(Refused) as refusal:
        remove_category(tools, by=make.STAFF)

    assert refusal.value.code == "category_in_use"
    assert Category.objects.get() == tools
