from datetime import timedelta

import pytest
from django.urls import reverse

from claimdesk.aftersales.actions.reclamation_deeds import note_internally
from claimdesk.aftersales.actions.reclamations import close_reclamation, mark_refunded
from claimdesk.aftersales.models import Reclamation
from claimdesk.aftersales.queries.causes import offered_causes
from claimdesk.conversations.models import File
from claimdesk.customers.models import Customer
from claimdesk.kernel.clock import today
from tests import make
from tests.conversations.samples import DRAWING, PAGE, picture, pixels_claimed
from tests.conversations.test_attach_files import attached, sent, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def customer() -> Customer:
    """A customer of a seller who lets customers claim."""
    make.company(customers_may_claim=True, claim_window_days=30)
    return make.customer()


@pytest.fixture
def portal(client, customer):
    """A client signed in as the customer's service person."""
    user = make.user()
    make.membership(user, customer, "service")
    client.force_login(user)
    return client


def claim(portal, order, **data):
    """The answer to a claim on the order."""
    wish = {"cause": offered_causes()[0].pk, "wish": "replacement", "everything": "on"}
    return portal.post(f"{reverse('portal:reclamation_new')}?order={order.pk}", wish | data)


def test_a_customers_person_claims_on_an_order_and_sees_the_claim(portal, customer):  # R9
    order = make.order(customer, quantities=(2,))

    shown = portal.get(f"{reverse('portal:reclamation_new')}?order={order.pk}")
    answer = claim(portal, order, note="bent")

    reclamation = Reclamation.objects.get()
    assert shown.status_code == 200
    assert (reclamation.is_by_customer, reclamation.note) == (True, "bent")
    page = portal.get(answer["Location"]).content.decode()
    assert reclamation.number in page
    assert reclamation.number in portal.get(f"{reverse('portal:claims')}?kind=orders").content.decode()


def test_out_of_the_window_the_page_says_why(portal, customer):  # R9
    order = make.order(customer, ordered_on=today() - timedelta(days=31))

    answers = [portal.get(f"{reverse('portal:reclamation_new')}?order={order.pk}"), claim(portal, order)]

    assert [answer.status_code for answer in answers] == [409, 409]
    assert "The time to claim on this order ended" in answers[0].content.decode()
    assert not Reclamation.objects.exists()


def test_where_the_seller_has_not_switched_it_on_nobody_claims(portal, customer):  # R9
    make.company(customers_may_claim=False)
    order = make.order(customer)

    assert claim(portal, order).status_code == 409
    assert not Reclamation.objects.exists()


def test_another_customers_orders_and_claims_do_not_exist(portal, customer):  # R4
    reclamation = make.reclamation()

    order_page = portal.get(f"{reverse('portal:reclamation_new')}?order={reclamation.order_id}")
    page = portal.get(reverse("portal:reclamation", args=[reclamation.pk]))
    listed = portal.get(f"{reverse('portal:claims')}?kind=orders").content.decode()

    assert (order_page.status_code, page.status_code) == (404, 404)
    assert reclamation.number not in listed


def test_another_customers_photos_do_not_exist(portal):  # F3
    order = make.order()
    owner = make.membership(make.user(), order.customer, "service").user
    reclamation = make.reclamation(order)
    photo = attached(reclamation, picture(), "wet.jpg", by=make.actor(owner))

    sizes = [f"/files/{photo.pk}/{size}" for size in ("", "picture/", "thumbnail/")]
    answers = [
        *[portal.get(url) for url in sizes],
        portal.post(f"/files/{photo.pk}/removal/"),
        portal.post("/files/", {"subject": f"reclamation/{reclamation.pk}", "upload": [sent()]}),
    ]

    assert [answer.status_code for answer in answers] == [404] * 5
    assert {signed_in(owner).get(url).status_code for url in sizes} == {200}
    assert list(File.objects.values_list("name", "state")) == [("wet.jpg", "ready")]


@pytest.mark.parametrize("how", ["", "&q={number}", "&state=open", "&format=csv", "&format=csv&q={order}"])
def test_no_search_filter_or_file_shows_another_customers_claims(portal, customer, how):  # R4
    mine, theirs = make.reclamation(make.order(customer)), make.reclamation()
    asked = how.format(number=theirs.number, order=theirs.order.number)

    answer = portal.get(f"{reverse('portal:claims')}?kind=orders{asked}")

    content = b"".join(answer) if answer.streaming else answer.content
    assert answer.status_code == 200
    assert theirs.order.number.encode() not in content.replace(asked.encode(), b"")
    assert (mine.number.encode() in content) == ("q=" not in how)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("photo.jpg", PAGE, "photo.jpg is named like: JPEG picture. But it is: Web page."),
        ("photo.png", DRAWING, "photo.png is named like: PNG picture. But it is: SVG drawing."),
        ("bomb.png", pixels_claimed(20_000, 20_000), "bomb.png has more than 40 million pixels."),
        ("nothing.jpg", b"", "nothing.jpg is empty."),
        ("torn.jpg", picture()[:-1000], "torn.jpg cannot be read as a picture."),
        ("../../evil\u202egpj.exe", b"MZ" + bytes(200), "evilgpj.exe cannot be taken."),
    ],
)
def test_a_hostile_file_comes_in_with_no_claim(portal, customer, name, content, words):  # R9, F2
    answer = claim(portal, make.order(customer), upload=[sent(content, name)])

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Reclamation.objects.exists()
    assert not File.objects.exists()


def test_a_viewer_sees_claims_and_opens_none(client, customer):  # R9
    user = make.user()
    make.membership(user, customer)
    client.force_login(user)
    reclamation = make.reclamation(make.order(customer))

    assert client.get(reverse("portal:reclamation", args=[reclamation.pk])).status_code == 200
    assert claim(client, make.order(customer)).status_code == 403
    assert Reclamation.objects.count() == 1


def test_the_customer_reads_the_answer_and_not_what_is_internal(portal, customer):  # R5, R7
    reclamation = make.reclamation(make.order(customer))
    mark_refunded(reclamation, by=make.STAFF)
    note_internally(reclamation, body="he always says so", by=make.STAFF)
    close_reclamation(reclamation, reason="outside our control", by=make.STAFF)

    page = portal.get(reverse("portal:reclamation", args=[reclamation.pk])).content.decode()

    assert "outside our control" in page
    assert "Closed" in page
    assert "he always says so" not in page
    assert "refunded" not in page.partition("<main")[2].partition("</main>")[0]


def test_a_photo_of_the_sellers_people_is_the_sellers(portal, customer):  # F1
    seller = make.company(name="Northwind")
    reclamation = make.reclamation(make.order(customer))
    attached(reclamation, by=make.actor(make.staff(name="Sam Secret"), door="office"))

    page = portal.get(reverse("portal:reclamation", args=[reclamation.pk])).content.decode()

    assert f"{seller.name}, <time" in page
    assert "Sam Secret" not in page


def test_switched_off_the_portal_knows_no_claims(portal, customer):  # R10
    reclamation = make.reclamation(make.order(customer))
    make.company(reclamations_on=False, warranty_claims_on=False)

    answers = [
        portal.get(reverse("portal:claims")),
        portal.get(reverse("portal:reclamation", args=[reclamation.pk])),
        claim(portal, make.order(customer)),
    ]

    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert reverse("portal:claims") not in portal.get(reverse("portal:home")).content.decode()
    assert Reclamation.objects.count() == 1
