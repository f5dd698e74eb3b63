import pytest
from django.urls import reverse

from claimdesk.aftersales.actions.reclamations import close_reclamation
from claimdesk.aftersales.models import Reclamation
from claimdesk.aftersales.queries.causes import offered_causes
from claimdesk.customers.search import refile
from claimdesk.orders.models import Allotment
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(client):
    """A client signed in as somebody of service."""
    client.force_login(make.staff("service"))
    return client


def html_of(office, name: str, *args, query: str = "") -> str:
    """The page's HTML."""
    return office.get(f"{reverse(f'office:{name}', args=args)}?{query}").content.decode()


def test_the_list_shows_number_order_customer_cause_state_and_when(office):  # R11
    reclamation = make.reclamation()

    html = html_of(office, "reclamations")

    for text in (
        reclamation.number,
        reclamation.order.number,
        reclamation.customer.name,
        "does not fit",
        "Open",
    ):
        assert text in html
    for heading in ("Number", "Order", "Customer", "Cause", "State", "Created", "View", "Create"):
        assert heading in html


@pytest.mark.parametrize("by", ["number", "order", "po_number", "customer"])
def test_a_reclamation_is_found(office, by: str):  # R11
    found, other = make.reclamation(make.order(po_number="PO 4711")), make.reclamation()
    text = {
        "number": found.number.removeprefix("R-"),
        "order": found.order.number,
        "po_number": "po4711",
        "customer": found.customer.number,
    }[by]
    refile([found.customer_id, other.customer_id])

    html = html_of(office, "reclamations", query=f"q={text}")

    assert found.number in html
    assert other.number not in html


def test_the_list_is_filtered_by_state_cause_customer_and_days(office):  # R1, R11
    first = make.reclamation()
    second = make.reclamation(cause=offered_causes()[2])
    close_reclamation(second, reason="no", by=make.STAFF)

    for query, shown, hidden in (
        ("state=closed", second, first),
        (f"cause={first.cause_id}", first, second),
        (f"customer={first.customer.number}", first, second),
    ):
        html = html_of(office, "reclamations", query=query)
        assert shown.number in html
        assert hidden.number not in html
    assert first.number not in html_of(office, "reclamations", query="until=2020-01-01")


def test_the_list_goes_to_a_file(office):  # R11
    reclamation = make.reclamation()

    answer = office.get(reverse("office:reclamations"), {"format": "csv"})
    lines = b"".join(answer.streaming_content).decode().splitlines()

    assert lines[0].lstrip("\ufeff").startswith("number,order,customer,cause,state,created")
    assert reclamation.number in lines[1]


def test_create_on_the_list_picks_the_order(office):  # R11
    order = make.order()

    html = html_of(office, "reclamation_new", query=f"q={order.number}")

    assert f"{reverse('office:reclamation_new')}?order={order.pk}" in html


def test_create_at_a_customer_shows_its_orders_only(office):  # R4
    order, other = make.order(), make.order()

    html = html_of(office, "reclamation_new", query=f"customer={order.customer_id}")

    assert order.number in html
    assert other.number not in html


def claim(office, order, **data):
    """The answer to a claim on the order."""
    wish = {"cause": offered_causes()[0].pk, "wish": "refund"}
    return office.post(f"{reverse('office:reclamation_new')}?order={order.pk}", wish | data)


def test_staff_claim_on_all_items(office):  # R3
    order = make.order(quantities=(2, 3))

    answer = claim(office, order, everything="on", note="wet")

    reclamation = Reclamation.objects.get()
    assert answer["Location"] == reverse("office:reclamation", args=[reclamation.pk])
    assert sorted(line.quantity for line in reclamation.lines.all()) == [2, 3]
    assert reclamation.note == "wet"


def test_staff_claim_on_chosen_items_with_quantities(office):  # R3
    order = make.order(quantities=(2, 3))
    line = order.lines.latest("position")

    claim(office, order, **{f"take_{line.pk}": "on", f"quantity_{line.pk}": "1"})

    claimed = Reclamation.objects.get().lines.get()
    assert (claimed.line, claimed.quantity) == (line, 1)


@pytest.mark.parametrize("quantity", ["", "0", "-1", "4", "x", "1e3", "NaN"])
def test_a_wrong_quantity_is_asked_again(office, quantity: str):  # R3, R8
    order = make.order(quantities=(3,))
    line = order.lines.get()

    answer = claim(office, order, **{f"take_{line.pk}": "on", f"quantity_{line.pk}": quantity})

    assert answer.status_code == 422
    assert not Reclamation.objects.exists()


def test_cause_and_items_are_asked_for(office):  # R1, R3
    order = make.order()

    no_items = claim(office, order)
    no_cause = claim(office, order, everything="on", cause="")

    assert (no_items.status_code, no_cause.status_code) == (422, 422)
    assert "Choose at least one item." in no_items.content.decode()
    assert not Reclamation.objects.exists()


def test_the_same_form_sent_twice_opens_one(office):  # R3
    order = make.order(quantities=(2,))
    line = order.lines.get()
    data = {f"take_{line.pk}": "on", f"quantity_{line.pk}": "1", "key": "once"}

    first, second = claim(office, order, **data), claim(office, order, **data)

    assert first["Location"] == second["Location"]
    assert Reclamation.objects.count() == 1


def test_an_open_one_is_edited(office):  # R2
    reclamation = make.reclamation(make.order(quantities=(3,)))
    line = reclamation.lines.get().line
    shown = html_of(office, "reclamation_edit", reclamation.pk)

    office.post(
        reverse("office:reclamation_edit", args=[reclamation.pk]),
        {
            "cause": offered_causes()[2].pk,
            "wish": "parts",
            f"take_{line.pk}": "on",
            f"quantity_{line.pk}": "2",
        },
    )

    assert 'value="3"' in shown
    reclamation.refresh_from_db()
    assert (reclamation.cause.name, reclamation.wish, reclamation.lines.get().quantity) == (
        "faulty",
        "parts",
        2,
    )


def test_marking_and_closing(office):  # R7, O19
    reclamation = make.reclamation()
    line = reclamation.lines.get()

    office.post(reverse("office:reclamation_mark", args=[reclamation.pk]))
    marked = html_of(office, "reclamation", reclamation.pk)
    asked = html_of(office, "reclamation_closure", reclamation.pk)
    office.post(
        reverse("office:reclamation_closure", args=[reclamation.pk]), {f"outcome_{line.line_id}": "refunded"}
    )

    assert "marked as refunded" in marked
    assert '<option value="refunded" selected>' in asked
    assert Reclamation.objects.get().state == "closed"
    assert Allotment.objects.get().settled == 1


def test_closing_with_unfinished_items_asks_why(office):  # R7
    reclamation = make.reclamation()

    answer = office.post(reverse("office:reclamation_closure", args=[reclamation.pk]), {})

    assert answer.status_code == 422
    assert Reclamation.objects.get().is_open


def test_a_closed_ones_page_has_no_button_but_follow_up(office):  # R5
    reclamation = make.reclamation()
    close_reclamation(reclamation, reason="no", by=make.STAFF)

    html = html_of(office, "reclamation", reclamation.pk)

    assert reverse("office:reclamation_follow_up", args=[reclamation.pk]) in html
    assert reverse("office:reclamation_edit", args=[reclamation.pk]) not in html
    main = html.partition("<main")[2].partition("</main>")[0]
    assert "<form" not in main
    assert "<button" not in main


def test_a_follow_up_is_linked_both_ways(office):  # R5
    closed = make.reclamation()
    line = closed.lines.get().line
    close_reclamation(closed, outcomes={line.pk: "repaired"}, by=make.STAFF)

    office.post(
        reverse("office:reclamation_follow_up", args=[closed.pk]),
        {"cause": closed.cause_id, "wish": "refund", "everything": "on"},
    )

    successor = closed.followed_by.get()
    assert successor.number in html_of(office, "reclamation", closed.pk)
    assert closed.number in html_of(office, "reclamation", successor.pk)


def test_a_page_is_printed(office):  # R2
    reclamation = make.reclamation(note="two <b>scratches</b>")

    html = html_of(office, "reclamation_print", reclamation.pk)

    assert reclamation.number in html
    assert "two &lt;b&gt;scratches&lt;/b&gt;" in html


def test_switched_off_pages_and_entries_are_gone_and_come_back(office):  # R10
    reclamation = make.reclamation()
    make.company(reclamations_on=False)
    gone = {
        name: office.get(reverse(f"office:{name}", args=args)).status_code
        for name, args in (
            ("reclamations", []),
            ("reclamation_new", []),
            ("reclamation", [reclamation.pk]),
            ("reclamation_print", [reclamation.pk]),
            ("reclamation_edit", [reclamation.pk]),
            ("reclamation_closure", [reclamation.pk]),
            ("reclamation_follow_up", [reclamation.pk]),
        )
    }
    menu = html_of(office, "dashboard")
    make.company(reclamations_on=True)

    assert set(gone.values()) == {404}
    assert reverse("office:reclamations") not in menu
    assert reclamation.number in html_of(office, "reclamations")
    assert reverse("office:reclamations") in html_of(office, "dashboard")


def test_a_customers_page_lists_its_reclamations_and_creates_one(office):  # R4, R11
    reclamation, other = make.reclamation(), make.reclamation()

    html = html_of(office, "customer", reclamation.customer_id)

    assert reclamation.number in html
    assert other.number not in html
    assert f"{reverse('office:reclamation_new')}?customer={reclamation.customer_id}" in html


def test_switched_off_orders_and_customers_say_nothing_of_reclamations(office):  # R10
    reclamation = make.reclamation()
    pages = [("orders", ()), ("order", (reclamation.order_id,)), ("customer", (reclamation.customer_id,))]
    on = [html_of(office, name, *args) for name, args in pages]
    make.company(reclamations_on=False)

    off = [html_of(office, name, *args) for name, args in pages]

    assert all(reverse("office:reclamation_new") in html for html in on)
    assert [reverse("office:reclamations") in html for html in off] == [False, False, False]


def test_staff_note_what_no_customer_reads(office):  # R7
    reclamation = make.reclamation()
    url = reverse("office:reclamation_note", args=[reclamation.pk])

    empty = office.post(url, {"body": " "})
    office.post(url, {"body": "he <b>always</b> says so"})

    html = html_of(office, "reclamation", reclamation.pk)
    assert empty.status_code == 409
    assert "he &lt;b&gt;always&lt;/b&gt; says so" in html
