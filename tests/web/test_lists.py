import pytest
from django.db import connection
from django.http import QueryDict
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from claimdesk.customers.models import Customer
from claimdesk.kernel.actor import VISITOR
from claimdesk.web.lists import chosen_rows
from tests import make
from tests.web.pages import answer, asked, customer_page

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12


def test_a_list_shows_its_rows_with_words_for_screen_readers():
    make.customer(name="Bolt & Sons", number="K1")

    html = answer().content.decode()

    assert "Bolt &amp; Sons" in html
    assert 'aria-sort="ascending"' in html
    assert 'scope="row"' in html
    assert 'aria-label="Choose Bolt &amp; Sons"' in html


@pytest.mark.parametrize("query", ["", "q=customer&status=active&sort=-number", "sort=activated&before=end"])
def test_a_list_asks_few_questions_however_many_rows(query: str):
    person = make.staff()
    for _ in range(12):
        make.customer(representative=person)
    with CaptureQueriesContext(connection) as queries:
        answer(query, customer_page(size=10))

    assert len(queries) <= MOST_QUERIES


def test_an_actor_sees_only_his_rows():
    make.customer(name="Bolt")
    request = asked(by=VISITOR)
    page = customer_page()

    assert not page.rows(request.actor).exists()  # type: ignore[attr-defined]


def test_htmx_gets_the_list_alone_and_304_while_nothing_changes():  # A50
    row = make.customer(name="Bolt")
    first = answer(**{"HX-Request": "true", "HX-Target": "list"})
    tag = first["ETag"]

    same = answer(**{"HX-Request": "true", "HX-Target": "list", "If-None-Match": tag})
    Customer.objects.filter(pk=row.pk).update(name="Nut")
    changed = answer(**{"HX-Request": "true", "HX-Target": "list", "If-None-Match": tag})

    assert "<!doctype" not in first.content.decode().lower()
    assert (same.status_code, same.content) == (304, b"")
    assert changed.status_code == 200
    assert changed["ETag"] != tag
    assert "Nut" in changed.content.decode()


def test_the_page_carries_the_tag_of_its_list():  # A50
    make.customer(name="Bolt")
    part = answer(**{"HX-Request": "true", "HX-Target": "list"})

    whole = answer().content.decode()

    assert part["ETag"].replace('"', "&quot;") in whole


def test_unknown_sorts_columns_and_filter_values_are_passed_over():
    make.customer(name="Bolt")

    html = answer("sort=password&columns=password&status=nonsense&since=yesterday&after=%00").content.decode()

    assert "Bolt" in html
    assert 'aria-sort="ascending"' in html


def test_columns_can_be_chosen_and_the_heading_stays():
    make.customer(name="Bolt", phone="030 1234", number="K77")

    html = answer("columns=phone").content.decode()

    assert "030 1234" in html
    assert "Bolt" in html
    assert "K77" not in html


def test_an_empty_list_says_what_would_stand_here_and_a_search_without_hits_what_to_do():
    empty = answer().content.decode()
    make.customer(name="Bolt")
    nothing = answer("q=zzz").content.decode()

    assert "Nothing here yet" in empty
    assert "Nothing matches" in nothing
    assert "Show all" in nothing


def test_chosen_rows_are_those_ticked_as_far_as_the_actor_sees_them():  # A55
    mine, other = make.customer(), make.customer()
    request = RequestFactory().post("/retirement/", {"ids": [mine.pk, "x", "9" * 30, "-1", "٣"], "query": ""})
    request.actor = make.STAFF  # type: ignore[attr-defined]

    assert list(chosen_rows(request, customer_page())) == [mine]
    request.actor = VISITOR  # type: ignore[attr-defined]
    assert not chosen_rows(request, customer_page()).exists()
    assert other


def test_everything_chosen_means_all_that_match_on_every_page():  # A55
    for _ in range(8):
        make.customer(name="Bolt")
    make.customer(name="Nut")
    form = {"everything": "1", "query": QueryDict("q=bolt&after=zzz").urlencode()}
    request = RequestFactory().post("/retirement/", form)
    request.actor = make.STAFF  # type: ignore[attr-defined]

    assert {row.name for row in chosen_rows(request, customer_page())} == {"Bolt"}
    assert chosen_rows(request, customer_page()).count() == 8


def test_text_of_others_is_escaped_wherever_it_stands():
    make.customer(name="<script>alert(1)</script>", phone='"><img src=x onerror=y>')

    html = answer("columns=name,phone&q=script").content.decode()

    assert "<script>alert" not in html
    assert "<img" not in html
