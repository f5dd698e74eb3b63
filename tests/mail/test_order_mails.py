"""What a customer's people are told of their orders: the deed is done by its action, the worker does the rest."""

from datetime import timedelta
from decimal import Decimal

import pytest

from claimdesk.access.models import Membership
from claimdesk.conversations.models import OutgoingMail
from claimdesk.customers.models import Address
from claimdesk.kernel.clock import today
from claimdesk.orders.actions.approvals import approve_order, deny_order
from claimdesk.orders.actions.changes import cancel_order
from claimdesk.orders.actions.orders import place_order
from claimdesk.orders.models import Order
from claimdesk.orders.wanted import WantedLine
from claimdesk.people.models import Notification
from tests import make
from tests.work import work_off

pytestmark = pytest.mark.django_db


@pytest.fixture
def buyer() -> Membership:
    make.company(currency="EUR", freight=500)
    return make.membership(make.user(name="Ben Huber"), make.customer(name="Fischer Wood"), "buyer")


def placed(buyer: Membership, **fields) -> Order:
    hammer = make.product(number="A-100", name="Claw hammer", price=1250)
    lines = [WantedLine(hammer, Decimal(3))]
    return place_order(
        buyer.customer, lines=lines, **fields, by=fields.pop("by", None) or make.actor(buyer.user)
    )


def mails(key: str) -> list[OutgoingMail]:
    work_off()
    return list(OutgoingMail.objects.filter(key=key).order_by("pk"))


def told(user) -> set[str]:
    return set(Notification.objects.filter(user=user).values_list("kind", flat=True))


def test_an_order_is_confirmed_with_lines_sums_and_wishes(buyer):  # O4
    place = Address.objects.create(
        customer=buyer.customer, kind="shipping", street="Hafenstr. 1", town="Kiel"
    )

    order = placed(
        buyer, po_number="PO 7", ship_to=place, wished_on=today() + timedelta(days=9), note="Ring twice"
    )

    [mail] = mails("order_confirmation")
    assert mail.to == buyer.user.email
    assert order.number in mail.subject
    for words in ("PO 7", "A-100 Claw hammer · 3 piece = €37.50", "Subtotal: €37.50", "Freight: €5.00"):
        assert words in mail.text
    for words in ("Total: €49.63", "Hafenstr. 1, Kiel", "Ring twice", f"/orders/{order.pk}/"):
        assert words in mail.text


def test_what_was_not_said_is_not_in_the_mail(buyer):  # O4
    placed(buyer)

    [mail] = mails("order_confirmation")
    assert "Your own number" not in mail.text
    assert "Wished date" not in mail.text


def test_the_confirmation_is_in_the_buyers_language(buyer):  # O4
    buyer.user.language = "de"
    buyer.user.save()

    order = placed(buyer)

    [mail] = mails("order_confirmation")
    assert mail.subject == f"Ihre Bestellung {order.number}"
    assert "Zwischensumme: 37,50\xa0€" in mail.text


def test_what_staff_order_is_confirmed_to_the_person_it_is_for_else_to_the_account(buyer):  # O5
    staff = make.actor(make.staff("sales"), door="office")
    lines = [WantedLine(make.product(), Decimal(1))]

    place_order(buyer.customer, lines=lines, for_user=buyer.user, by=staff)
    place_order(buyer.customer, lines=lines, by=staff)

    assert [mail.to for mail in mails("order_confirmation")] == [buyer.user.email, buyer.customer.email]
    assert told(buyer.user) == {"order_news"}


@pytest.fixture
def waiting(buyer) -> Order:
    make.company(order_approval=True)
    Membership.objects.filter(pk=buyer.pk).update(order_limit=100)
    return placed(buyer)


def test_managers_are_asked_before_anything_is_confirmed(buyer, waiting):  # O22
    manager = make.membership(None, buyer.customer, "manager").user
    stranger = make.membership(None, None, "manager").user

    [mail] = mails("order_waits_for_approval")

    assert mail.to == manager.email
    assert f"Ben Huber asks you to approve order {waiting.number}" == mail.subject
    assert "€49.63" in mail.text
    assert mails("order_confirmation") == []
    assert (told(manager), told(stranger), told(buyer.user)) == ({"orders_waiting"}, set(), set())


def test_an_approved_order_is_confirmed_once(buyer, waiting):  # O22
    manager = make.actor(make.membership(None, buyer.customer, "manager").user)

    approve_order(waiting, by=manager)

    [mail] = mails("order_confirmation")
    assert mail.to == buyer.user.email
    assert mails("order_waits_for_approval") == []


def test_a_buyer_reads_his_managers_words_on_a_no(buyer, waiting):  # O22
    manager = make.actor(make.membership(make.user(name="Ada Fischer"), buyer.customer, "manager").user)

    deny_order(waiting, words="Take the smaller box", by=manager)

    [mail] = mails("order_denied")
    assert mail.to == buyer.user.email
    assert "Ada Fischer did not approve" in mail.text
    assert "Take the smaller box" in mail.text
    assert mails("order_confirmation") == []


def test_a_canceled_order_is_told_without_naming_staff(buyer):  # O25
    order = placed(buyer)

    cancel_order(order, reason="out of stock", by=make.STAFF)

    [mail] = mails("order_canceled")
    assert mail.to == buyer.user.email
    assert "A-100 Claw hammer · 3" in mail.text
    assert "Sam Staff" not in mail.text


def test_orders_can_be_muted(buyer):  # O4
    buyer.user.muted_mails = ["order_news"]
    buyer.user.save()

    placed(buyer)

    assert mails("order_confirmation") == []


def test_who_has_left_is_told_no_more_of_what_he_ordered(buyer):  # A80
    order = placed(buyer)
    work_off()
    Notification.objects.all().delete()
    Membership.objects.filter(pk=buyer.pk).update(state=Membership.State.REMOVED)

    cancel_order(order, by=make.STAFF)

    assert [mail.to for mail in mails("order_canceled")] == [buyer.customer.email]
    assert told(buyer.user) == set()
