import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from claimdesk.aftersales.actions.reclamations import close_reclamation
from claimdesk.aftersales.models import Reclamation
from claimdesk.aftersales.queries.causes import offered_causes
from claimdesk.conversations.queries.files import files_about
from claimdesk.orders.models import OrderItem
from tests import make
from tests.conversations.samples import picture

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(client):
    """A client signed in as somebody of service."""
    client.force_login(make.staff("service"))
    return client


@pytest.fixture
def reclamation() -> Reclamation:
    """A reclamation on two delivered items of an order that has three."""
    order = make.order(quantities=(1, 1, 1), state="delivered")
    first, second, _third = order.lines.order_by("position")
    return make.reclamation(order, {first.pk: 1, second.pk: 1})


def triggered(office, reclamation: Reclamation, **data) -> str:
    """The page after a POST of the items' form."""
    url = reverse("office:reclamation_items", args=[reclamation.pk])
    return office.post(url, data).content.decode()


def states() -> list[str]:
    return list(OrderItem.objects.order_by("pk").values_list("state", flat=True))


def test_the_page_offers_what_can_happen_now(office, reclamation):  # R6
    html = office.get(reverse("office:reclamation", args=[reclamation.pk])).content.decode()

    assert "Delivered" in html
    assert "Wait for return" in html or "await_return" in html


def test_no_more_than_is_claimed_is_proposed_to_be_moved(office):  # R6
    order = make.order(quantities=(12,), state="delivered")
    reclamation = make.reclamation(order, {order.lines.get().pk: 2})

    html = office.get(reverse("office:reclamation", args=[reclamation.pk])).content.decode()

    assert f'name="quantity_{OrderItem.objects.get().pk}" value="2"' in html
    assert "of 12" in html


def test_one_item_is_moved(office, reclamation):  # R6
    item = OrderItem.objects.earliest("pk")

    html = triggered(office, reclamation, one=f"await_return {item.pk}:{item.version}")

    assert states() == ["waiting_for_return", "delivered", "delivered"]
    assert "What came of it" in html


def test_ticked_items_are_moved(office, reclamation):  # R6
    second = OrderItem.objects.order_by("pk")[1]

    triggered(
        office, reclamation, event="await_return", scope="chosen", items=[f"{second.pk}:{second.version}"]
    )

    assert states() == ["delivered", "waiting_for_return", "delivered"]


def test_all_claimed_items_are_moved_and_no_other(office, reclamation):  # R6
    triggered(office, reclamation, event="await_return", scope="all")

    assert states() == ["waiting_for_return", "waiting_for_return", "delivered"]


@pytest.mark.parametrize("scope", ["chosen", "all"])
def test_nothing_happens_together_before_it_is_chosen_what(office, reclamation, scope):  # R6
    first = OrderItem.objects.earliest("pk")
    url = reverse("office:reclamation_items", args=[reclamation.pk])
    page = office.get(reverse("office:reclamation", args=[reclamation.pk])).content.decode()

    answer = office.post(url, {"event": "", "scope": scope, "items": [f"{first.pk}:{first.version}"]})

    assert '<option value="">Choose what happens</option>' in page
    assert answer.status_code == 422
    again = answer.content.decode()
    assert "Choose what is to happen with the items." in again
    assert again.count(" checked") == 1
    assert states() == ["delivered"] * 3


def test_no_item_that_is_not_chosen_is_moved(office, reclamation):  # R6
    url = reverse("office:reclamation_items", args=[reclamation.pk])

    answer = office.post(url, {"event": "await_return", "scope": "chosen"})

    assert answer.status_code == 422
    assert "Tick at least one item." in answer.content.decode()
    assert '<option value="await_return" selected>' in answer.content.decode()
    assert states() == ["delivered"] * 3


def test_an_item_that_somebody_moved_meanwhile_says_so(office, reclamation):  # R6, O13
    item = OrderItem.objects.earliest("pk")
    triggered(office, reclamation, one=f"await_return {item.pk}:{item.version}")

    html = triggered(office, reclamation, one=f"await_return {item.pk}:{item.version}")

    assert "Already changed by somebody else." in html


def test_a_wrong_quantity_moves_nothing(office, reclamation):  # R6, O12
    item = OrderItem.objects.earliest("pk")
    url = reverse("office:reclamation_items", args=[reclamation.pk])
    one = {"one": f"await_return {item.pk}:{item.version}"}

    wrong = office.post(url, {**one, f"quantity_{item.pk}": "x"})
    too_many = office.post(url, {**one, f"quantity_{item.pk}": "2"})

    assert wrong.status_code == 409
    assert "at most what there is" in too_many.content.decode()
    assert states()[0] == "delivered"


def test_a_closed_one_moves_nothing(office, reclamation):  # R5
    item = OrderItem.objects.earliest("pk")
    close_reclamation(reclamation, reason="no", by=make.STAFF)
    url = reverse("office:reclamation_items", args=[reclamation.pk])

    answer = office.post(url, {"one": f"await_return {item.pk}:{item.version}"})

    assert answer.status_code == 409
    assert states()[0] == "delivered"


def test_parts_are_noted(office, reclamation):  # R7
    url = reverse("office:reclamation_parts", args=[reclamation.pk])

    shown = office.get(url)
    answer = office.post(url, {"everything": "on", "parts": "two hinges"})

    assert (shown.status_code, answer.status_code) == (200, 303)
    assert set(reclamation.lines.values_list("outcome", flat=True)) == {"parts"}


def test_photos_come_with_the_claim_once(office):  # R3, F1
    order = make.order()
    wish = {"cause": offered_causes()[0].pk, "wish": "refund", "everything": "on", "key": "k"}

    for _time in range(2):
        photo = SimpleUploadedFile("wet.jpg", picture(), "image/jpeg")
        office.post(f"{reverse('office:reclamation_new')}?order={order.pk}", wish | {"upload": [photo]})

    found = Reclamation.objects.get()
    assert files_about(found).count() == 1
    assert "wet.jpg" in office.get(reverse("office:reclamation", args=[found.pk])).content.decode()
