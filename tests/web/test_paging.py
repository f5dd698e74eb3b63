import base64
import json
import re
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from claimdesk.customers.models import Customer
from claimdesk.kernel.clock import now
from claimdesk.web.lists.answer import _values
from claimdesk.web.lists.cursor import decode, encode
from claimdesk.web.lists.found import CAP, find, page_of
from claimdesk.web.lists.paging import Order, Slice, slice_of
from claimdesk.web.lists.state import State
from tests import make
from tests.web.pages import asked, customer_page

pytestmark = pytest.mark.django_db

NAMES = [
    "Bolt",
    "Anvil",
    "Bolt",
    "Élan",
    "Zinc",
    "Bolt",
    "anvil",
    "Drill",
    "Bolt",
    "Bolt",
    "Chain",
    "Bolt",
    "Awl",
]
ORDERS = [
    Order("name_folded"),
    Order("name_folded", descending=True),
    Order("first_activated_at"),
    Order("first_activated_at", descending=True),
    Order("representative__name_folded"),
    Order("representative__name_folded", descending=True),
    Order("pk"),
    Order("pk", descending=True),
]


def many_customers() -> QuerySet[Customer]:
    """Customers with ties, without representative, never activated, and with equal instants."""
    people = [make.staff(name=name) for name in ("Ada", "Bob")]
    at = now()
    for number, name in enumerate(NAMES):
        make.customer(
            name=name,
            representative=people[number % 2] if number % 3 else None,
            first_activated_at=at - timedelta(days=number // 2) if number % 4 else None,
        )
    return Customer.objects.select_related("representative")


def walk_forwards(rows: QuerySet[Customer], order: Order, size: int) -> list[Slice]:
    pages = [slice_of(rows, order, size=size)]
    while pages[-1].after:
        pages.append(slice_of(rows, order, after=pages[-1].after, size=size))
    return pages


def walk_back(rows: QuerySet[Customer], order: Order, size: int) -> list[Slice]:
    pages = [slice_of(rows, order, before="end", size=size)]
    while pages[-1].before:
        pages.append(slice_of(rows, order, before=pages[-1].before, size=size))
    return pages[::-1]


def keys(pages: list[Slice]) -> list[int]:
    return [row.pk for page in pages for row in page.rows]


def expected(rows: QuerySet[Customer], order: Order) -> list[int]:
    """The same order by plain Python: rows without a value last, ties by key."""

    def value(row: Customer) -> object:
        found = row
        for part in order.path.split("__"):
            found = getattr(found, part, None) if found is not None else None
        return found

    with_value = [row for row in rows if value(row) is not None]
    without = [row for row in rows if value(row) is None]
    with_value.sort(key=lambda row: (value(row), row.pk), reverse=order.descending)
    without.sort(key=lambda row: row.pk, reverse=order.descending)
    return [row.pk for row in with_value + without]


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("size", [1, 3, 5, 13, 50])
def test_walking_forwards_shows_every_row_once_in_order(order: Order, size: int):
    rows = many_customers()

    pages = walk_forwards(rows, order, size)

    assert keys(pages) == expected(rows, order)


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("size", [1, 3, 5, 50])
def test_walking_back_from_the_end_shows_every_row_once_in_order(order: Order, size: int):
    rows = many_customers()

    pages = walk_back(rows, order, size)

    assert list(dict.fromkeys(keys(pages))) == expected(rows, order)
    assert all(len(page.rows) == min(size, len(rows)) for page in pages)


@pytest.mark.parametrize("order", ORDERS)
def test_the_page_before_the_second_is_the_first(order: Order):
    rows = many_customers()
    first = slice_of(rows, order, size=5)
    second = slice_of(rows, order, after=first.after, size=5)

    again = slice_of(rows, order, before=second.before, size=5)

    assert keys([again]) == keys([first])
    assert not again.before


def test_a_row_that_vanished_leaves_the_bookmark_usable():
    rows = many_customers()
    order = Order("name_folded")
    first = slice_of(rows, order, size=5)
    rest = expected(rows, order)[5:10]

    first.rows[-1].delete()

    assert keys([slice_of(rows, order, after=first.after, size=5)]) == rest


def test_past_the_last_row_the_last_page_shows():
    rows = many_customers()
    order = Order("name_folded")
    last = rows.get(pk=expected(rows, order)[-1])

    beyond = slice_of(rows, order, after=encode(last, "name_folded"), size=5)

    assert keys([beyond]) == expected(rows, order)[-5:]


@given(st.text(max_size=80))
def test_nonsense_is_no_cursor(word: str):
    assert decode(word, Customer, "name_folded") is None


@pytest.mark.parametrize(
    "content",
    [
        ["name_folded", "a\x00b", 1],
        ["name_folded", "a", 2**70],
        ["name_folded", "a", -1],
        ["name_folded", "a", True],
        ["name_folded", 5, 1],
        ["first_activated_at", "yesterday", 1],
        ["password", "a", 1],
        [],
        {},
        None,
    ],
)
def test_forged_cursors_show_the_first_page(content: object):
    rows = many_customers()
    word = base64.urlsafe_b64encode(json.dumps(content).encode()).decode().rstrip("=")
    for path in ("name_folded", "first_activated_at"):
        first = slice_of(rows, Order(path), size=5)

        page = slice_of(rows, Order(path), after=word, size=5)

        assert keys([page]) == keys([first])


def test_deep_pages_are_reached_by_the_index():
    Customer.objects.bulk_create(
        Customer(number=f"N{n}", number_folded=f"n{n}", name=f"Name {n % 50}", name_folded=f"name {n % 50}")
        for n in range(200)
    )
    row = Customer.objects.order_by("name_folded", "pk")[150]
    with CaptureQueriesContext(
        connection,
    ) as queries:
        slice_of(Customer.objects.all(), Order("name_folded"), after=encode(row, "name_folded"), size=20)

    assert len(queries) == 1
    sql = queries[0]["sql"]
    assert ">=" in sql
    assert "OFFSET" not in sql
    if connection.vendor == "sqlite":
        plan = connection.cursor().execute(f"EXPLAIN QUERY PLAN {sql}").fetchall()
        assert any("SEARCH" in line[3] and "customer_name" in line[3] for line in plan)
        assert not any("TEMP B-TREE" in line[3] for line in plan)


def test_a_search_pages_through_its_hits_best_first():
    rows = [make.customer(name=f"Hit {n}") for n in range(12)]
    best_first = [row.pk for row in rows[::-1]]
    page = customer_page(search=lambda _rows, _text: best_first)
    shown: list[int] = []
    query = "q=hit"
    while query:
        state = State.of(asked(query), page)
        values = _values(state, find(state), page_of(state, find(state)))
        shown += [int(key) for key in re.findall(r' id="row-(\d+)"', values["rows"])]
        query = urlsplit(values["next"]).query

    assert shown == best_first


@pytest.mark.parametrize("word", ["r-5", "r99999", "rx", "r٣", "end"])
def test_nonsense_places_of_a_search_show_some_page(word: str):
    hits = [make.customer().pk for _ in range(12)]
    page = customer_page(search=lambda _rows, _text: hits)
    state = State.of(asked(f"q=x&after={word}"), page)

    assert page_of(state, find(state)).rows


def test_counts_stop_at_a_thousand():
    Customer.objects.bulk_create(
        Customer(number=f"N{n}", number_folded=f"n{n}", name="Same", name_folded="same")
        for n in range(CAP + 50)
    )
    for query, capped in (("", True), ("status=new", True), ("q=same", True), ("status=active", False)):
        found = find(State.of(asked(query), customer_page()))

        assert found.is_capped is capped
        assert found.count <= CAP + 1


def test_addresses_of_pages_keep_search_filters_and_sort():
    for _ in range(12):
        make.customer(name="Bolt")
    state = State.of(
        asked("q=bolt&status=active&sort=-number&columns=name,number&page=&since="), customer_page()
    )
    values = _values(state, find(state), page_of(state, find(state)))

    kept = parse_qs(urlsplit(values["next"]).query)
    assert {name: kept[name] for name in kept if name != "after"} == {
        "q": ["bolt"],
        "status": ["active"],
        "sort": ["-number"],
        "columns": ["name,number"],
    }
