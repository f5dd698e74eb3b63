"""Settings, order process: diagram, matrix, versions, a new one with its faults named (O10, O11, O14)."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from claimdesk.kernel.clock import now
from claimdesk.orders.models import OrderItem, OrderProcess
from claimdesk.orders.process import library
from claimdesk.orders.queries.processes import active_process
from tests import make

pytestmark = pytest.mark.django_db
PAGE = "/office/settings/process/"
NEW = f"{PAGE}new/"


@pytest.fixture
def office(client: Client) -> Client:
    client.force_login(make.staff())
    return client


def test_the_first_visit_shows_the_process_that_comes_along(office):  # O9 O10
    page = office.get(PAGE).content.decode()

    assert 'data-state="waiting_for_return"' in page
    assert active_process().name == "default"
    assert " style=" not in page


def test_the_page_costs_few_queries_however_many_items(office, django_assert_max_num_queries):  # O14
    make.order(quantities=(1,) * 10)
    office.get(PAGE)

    with django_assert_max_num_queries(20):
        page = office.get(PAGE)

    assert page.status_code == 200


def test_the_matrix_counts_items_by_state_and_age_and_leads_to_them(office):  # O14
    make.order(quantities=(1, 1, 1), state="shipped")
    make.order(state="canceled")
    ages = (timedelta(hours=3), timedelta(days=3), timedelta(days=400))
    for item, age in zip(OrderItem.objects.filter(state="shipped"), ages, strict=True):
        OrderItem.objects.filter(pk=item.pk).update(entered_at=now() - age)

    standings = {each.state: each for each in office.get(PAGE).context["standings"]}

    assert standings["shipped"].count == 3
    assert standings["shipped"].ages == (1, 1, 0, 1)
    assert standings["canceled"].count == 1
    assert standings["new"].count == 0


def test_a_faulty_process_is_told_line_by_line_and_nothing_is_saved(office):  # O10
    text = library.text_of("prepayment").replace('to = "shipped"', 'to = "shiped"')

    answer = office.post(NEW, {"text": text})

    assert answer.status_code == 422
    assert [fault["code"] for fault in answer.context["faults"]] == ["[[transition]]"]
    assert "did you mean &#x27;shipped&#x27;" in answer.content.decode()
    assert not OrderProcess.objects.filter(name="prepayment").exists()


def test_a_brought_file_is_saved_and_holds_once_it_is_switched_on(office):  # O11
    office.get(PAGE)
    text = library.text_of("returns")
    brought = SimpleUploadedFile("returns.toml", b"\xef\xbb\xbf" + text.encode())

    saved = office.post(NEW, {"text": "", "file": brought})
    before = active_process().name
    stored = OrderProcess.objects.get(name="returns")
    switched = office.post(f"{PAGE}{stored.pk}/activation/")

    assert saved["Location"] == f"{PAGE}{stored.pk}/"
    assert stored.text == text
    assert switched.status_code == 303
    assert (before, active_process().name) == ("default", "returns")


def test_a_file_that_is_no_text_is_refused(office):  # O10
    answer = office.post(NEW, {"text": "", "file": SimpleUploadedFile("picture.toml", b"\xff\xd8\xff\xe0")})

    assert answer.status_code == 422
    assert "UTF-8" in answer.content.decode()


def test_a_new_version_shows_which_items_on_their_way_it_would_touch(office):  # O11
    make.order(quantities=(1, 1), state="exported")
    make.order(state="delivered")
    make.order(state="closed")
    office.post(NEW, {"text": library.text_of("prepayment")})
    stored = OrderProcess.objects.get(name="prepayment")

    page = office.get(f"{PAGE}{stored.pk}/")

    touched = page.context["touched"]
    assert touched.items == 3
    assert [(each.state, each.items, each.difference.is_gone) for each in touched.states] == [
        ("exported", 2, True),
        ("delivered", 1, False),
    ]
    assert "Wait for return" in touched.states[1].removed


def test_examples_can_be_begun_with(office):  # O9
    page = office.get(f"{NEW}?example=returns").content.decode()

    assert "in_inspection" in page
    assert office.get(f"{NEW}?example=../secrets").status_code == 404


def test_file_and_diagram_are_handed_out_as_they_are(office):  # O10
    stored = make.order_process()

    file = office.get(f"{PAGE}{stored.pk}/file/")
    picture = office.get(f"{PAGE}{stored.pk}/diagram/")

    assert file.content.decode() == stored.text
    assert file["Content-Disposition"] == 'attachment; filename="default-1.toml"'
    assert picture["Content-Type"].startswith("image/svg+xml")


def test_what_a_seller_writes_is_shown_as_text(office):  # O10
    nasty = "<script>alert(1)</script>"
    text = library.text_of("prepayment").replace("Paid, to be shipped", nasty)

    office.post(NEW, {"text": text})
    page = office.get(f"{PAGE}{OrderProcess.objects.get(name='prepayment').pk}/").content.decode()

    assert nasty not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_a_number_of_the_matrix_leads_to_the_orders_that_it_counts(office):  # O14
    mixed = make.order(quantities=(1, 1), state="shipped")
    OrderItem.objects.filter(order=mixed, line__position=2).update(state="waiting_for_return")
    make.order(state="shipped")

    page = office.get(PAGE).content.decode()
    listed = office.get("/office/orders/?item_state=waiting_for_return").content.decode()

    assert 'href="/office/orders/?item_state=waiting_for_return"' in page
    assert listed.count('id="row-') == 1
    assert mixed.number in listed
