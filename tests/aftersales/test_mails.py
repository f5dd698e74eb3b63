"""What the customer is told of his claims, and staff of theirs."""

import pytest

from claimdesk.access.queries.access import actor_of
from claimdesk.aftersales.actions.reclamations import close_reclamation
from claimdesk.conversations.models import OutgoingMail
from claimdesk.people.models import Notification
from tests import make
from tests.work import work_off

pytestmark = pytest.mark.django_db


def mails(key: str) -> list[OutgoingMail]:
    """The mails of that kind, after the worker has done its work, twice."""
    work_off()
    work_off()
    return list(OutgoingMail.objects.filter(key=key))


def test_who_claimed_is_told_that_the_claim_is_open():  # R9
    make.company(customers_may_claim=True)
    order = make.order(quantities=(2,))
    user = make.user(name="Dora Dealer", language="de")
    make.membership(user, order.customer, "service")

    reclamation = make.reclamation(order, by=actor_of(user, door="portal"))

    (mail,) = mails("reclamation_opened")
    assert (mail.to, mail.language) == (user.email, "de")
    assert reclamation.number in mail.subject
    assert "passt nicht" in mail.text
    assert f"/reclamations/{reclamation.pk}/" in mail.text


def test_what_staff_opened_is_told_to_the_accounts_address():  # R3
    reclamation = make.reclamation()

    (mail,) = mails("reclamation_opened")

    assert mail.to == reclamation.customer.email


def test_what_became_of_it_is_told_once():  # R5, R7
    reclamation = make.reclamation()
    line = reclamation.lines.get()

    close_reclamation(reclamation, outcomes={line.line_id: "repaired"}, by=make.STAFF)

    (mail,) = mails("reclamation_closed")
    assert f"1 × {line.line.product_number} {line.line.product_name}: Repaired" in mail.text


def test_the_reason_of_unfinished_lines_stands_in_the_mail():  # R7
    reclamation = make.reclamation()

    close_reclamation(reclamation, reason="It was used outdoors.", by=make.STAFF)

    assert "It was used outdoors." in mails("reclamation_closed")[0].text


def test_the_bell_tells_staff_of_customers_claims_and_not_of_their_own():  # R9
    make.company(customers_may_claim=True)
    order, service = make.order(), make.staff("service")
    user = make.user()
    make.membership(user, order.customer, "service")
    make.reclamation()
    work_off()
    before = Notification.objects.filter(user=service).count()

    make.reclamation(order, by=actor_of(user, door="portal"))
    work_off()

    assert (before, Notification.objects.filter(user=service).count()) == (0, 1)


def test_who_has_left_is_told_no_more_of_what_he_claimed():  # A80
    make.company(customers_may_claim=True)
    membership = make.membership(make.user(), make.customer(), "service")
    order = make.order(membership.customer, placed_by=membership.user)
    reclamation = make.reclamation(order, by=actor_of(membership.user, door="portal"))
    membership.state = "removed"
    membership.save()

    close_reclamation(reclamation, reason="It was used outdoors.", by=make.STAFF)

    assert [mail.to for mail in mails("reclamation_closed")] == [membership.customer.email]
