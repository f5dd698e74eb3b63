"""Products are found by any part of their words, and with typing errors (O4)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimdesk.catalog.models import Misspelling, Product, ProductWord
from claimdesk.catalog.queries.products import products_by_number
from claimdesk.catalog.search import find_products, refile
from claimdesk.catalog.search.spelling import is_misspelt, spellings
from tests import make

words = st.text("abcdefghijklmnopqrstuvwxyzäöü", min_size=4, max_size=20)


def filed(number: str, name: str, **fields) -> Product:
    """A product that can be found."""
    product = make.product(price=None, number=number, name=name, **fields)
    refile([product.pk])
    return product


def found(text: str) -> list[str]:
    """The numbers of what is found, best first."""
    keys = find_products(Product.objects.all(), text)
    numbers = dict(Product.objects.values_list("pk", "number"))
    return [numbers[key] for key in keys]


def with_an_error(word: str, kind: str, place: int, letter: str) -> str:
    """A word with one typing error."""
    place %= len(word) - 1
    head, tail = word[:place], word[place:]
    return {
        "wrong": head + letter + tail[1:],
        "left out": head + tail[1:],
        "too many": head + letter + tail,
        "swapped": head + tail[1] + tail[0] + tail[2:],
    }[kind]


@given(
    words,
    st.sampled_from(["wrong", "left out", "too many", "swapped"]),
    st.integers(0, 30),
    st.sampled_from("abcxyz"),
)
def test_a_word_and_its_misspelling_always_meet(word, kind, place, letter):  # O4
    typed = with_an_error(word, kind, place, letter)

    if len(typed) >= 4:
        assert spellings(word) & spellings(typed)
        assert is_misspelt(typed, word)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "typed",
    [
        "HS-4711", "hs4711", "holzschraube", "Holzschr", "schraube", "verzinkt schraube", "HOLZSCHRUABE",
        "holzshcraube", "holschraube", "holzschraubbe verzinct", "4006381", "torx",
    ],
)  # fmt: skip
def test_a_product_is_found_by_parts_and_with_errors(typed):  # O4
    filed("HS-4711", "Holzschraube 4×40, verzinkt", description="Mit Torx-Antrieb.", ean="4006381333931")
    filed("BO-1", "Bohrer", description="Für Stein")

    assert found(typed) == ["HS-4711"]


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ["dübel", "duebel", "DUBEL"])
def test_umlauts_are_found_however_they_are_typed(typed):  # O4
    filed("D-8", "Dübel 8 mm")

    assert found(typed) == ["D-8"]


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ["", "   ", "hammer", "holzschraube bohrer", "%", "4712"])
def test_what_is_not_there_is_not_found(typed):  # O4
    filed("4711", "Holzschraube")
    filed("4713", "Bohrer")

    assert found(typed) == []


@pytest.mark.django_db
def test_the_number_itself_comes_first_then_names_that_begin_so():  # O4
    filed("A-1", "Ring for bolt")
    filed("B-1", "Bolt, long")
    filed("bolt", "Zinc bolt")

    assert found("Bolt") == ["bolt", "B-1", "A-1"]


@pytest.mark.django_db
def test_errors_count_only_where_nothing_is_spelled_so():  # O4
    filed("1", "Mutter")
    filed("2", "Mutzer")

    assert found("mutter") == ["1"]


@pytest.mark.django_db
def test_only_the_rows_asked_for_are_found():  # O4
    mine, other = filed("1", "Bolt"), filed("2", "Bolt")

    assert find_products(Product.objects.exclude(pk=other.pk), "bolt") == [mine.pk]


@pytest.mark.django_db
def test_filing_anew_forgets_old_words_and_repeats_none():  # O4
    product = filed("1", "Hammer")
    product.name = "Spanner"
    product.save()

    refile([product.pk])
    before = (ProductWord.objects.count(), Misspelling.objects.count())
    refile([product.pk])

    assert found("hammer") == []
    assert found("spaner") == ["1"]
    assert (ProductWord.objects.count(), Misspelling.objects.count()) == before


@pytest.mark.django_db
def test_a_search_costs_one_query_and_with_errors_three(django_assert_num_queries):  # O4
    product = filed("1", "Hammer")

    with django_assert_num_queries(1):
        assert find_products(Product.objects.all(), "hammer") == [product.pk]
    with django_assert_num_queries(3):
        assert find_products(Product.objects.all(), "hamer") == [product.pk]


@pytest.mark.django_db
def test_a_number_typed_without_its_dots_is_known_unless_two_could_be_meant(django_assert_num_queries):  # O4
    exact = make.product(number="10-1")
    make.product(number="1-01")
    dotted = make.product(number="AB.12")
    barcode = make.product(number="X", ean="4006381333931")

    with django_assert_num_queries(2):
        known = products_by_number(Product.objects.all(), ["10-1", "101", "ab12", "4006381333931", "?", ""])

    assert known == {"10-1": exact, "ab12": dotted, "4006381333931": barcode}
