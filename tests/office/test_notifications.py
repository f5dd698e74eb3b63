import pytest
from django.urls import reverse

from claimdesk.access.actions.account_claim_questions import answer_question, ask_claimant
from claimdesk.access.actions.account_claims import deny_account_claim, make_account_claim
from claimdesk.access.actions.customer_status import deactivate_customer
from claimdesk.access.actions.onboarding import submit_onboarding
from claimdesk.conversations.models import OutgoingMail
from claimdesk.kernel.refused import NotAllowed
from claimdesk.people.actions.notifications import read_notifications
from claimdesk.people.models import Notification
from tests import make
from tests.work import work_off

pytestmark = pytest.mark.django_db
OFFICE, PORTAL = "/office/notifications/", "/notifications/"


def told(user) -> list[str]:
    """The kinds under somebody's bell, when the worker has done its part."""
    work_off()
    return list(Notification.objects.filter(user=user).order_by("pk").values_list("kind", flat=True))


def test_staff_who_may_decide_see_a_new_account_claim(client):  # A85
    seller, finance = make.staff("sales"), make.staff("finance")
    user = make.user(name="Ada Fischer")

    make_account_claim(user, customer=make.customer(), by=make.actor(user))

    assert told(seller) == ["account_claims_waiting"]
    assert told(finance) == []
    client.force_login(seller)
    assert "Ada Fischer asked for access" in client.get(OFFICE).content.decode()


def test_staff_limited_to_their_customers_hear_of_those_only():  # A53 A85
    mine = make.staff("sales", only_own_customers=True)
    user = make.user()

    make_account_claim(user, customer=make.customer(), by=make.actor(user))
    make_account_claim(user, customer=make.customer(representative=mine), by=make.actor(user))

    assert told(mine) == ["account_claims_waiting"]


def test_staff_see_a_new_account_and_an_answer(client):  # A17 A46 A85
    seller = make.staff("sales")
    onboarding = make.onboarding(organization="Zebra Woodworks")
    submit_onboarding(onboarding, by=make.actor(onboarding.user))
    claim = make.account_claim()
    ask_claimant(claim, body="Who are you?", by=make.STAFF)
    answer_question(claim, body="Ada.", by=make.actor(claim.user))

    assert told(seller) == ["new_accounts", "account_claims_waiting"]


def test_the_applicant_sees_the_decision_without_names_of_staff_or_customer(client):  # A32 A85
    claim = make.account_claim()
    deny_account_claim(claim, by=make.STAFF)
    assert told(claim.user) == ["account_claim_news"]
    client.force_login(claim.user)

    html = client.get(PORTAL).content.decode()

    assert "Your request for an account was denied." in html
    assert "Sam Staff" not in html
    assert claim.customer.name not in html


def test_the_people_of_an_account_see_that_it_was_disabled():  # A64 A85
    membership = make.membership()

    deactivate_customer(membership.customer, by=make.STAFF)

    assert told(membership.user) == ["account_news"]


def test_who_muted_a_kind_in_the_page_still_gets_the_mail_and_the_other_way_round():  # A85
    quiet_page = make.account_claim(user=make.user(muted_pages=["account_claim_news"]))
    quiet_mail = make.account_claim(user=make.user(muted_mails=["account_claim_news"]))
    for claim in (quiet_page, quiet_mail):
        deny_account_claim(claim, by=make.STAFF)

    assert told(quiet_page.user) == []
    assert told(quiet_mail.user) == ["account_claim_news"]
    assert [mail.to for mail in OutgoingMail.objects.all()] == [quiet_page.user.email]


def test_nobody_is_told_of_his_own_deed():  # A85
    seller = make.staff("sales")
    other = make.staff("sales")
    claim = make.account_claim(user=seller)
    ask_claimant(claim, body="Who are you?", by=make.STAFF)

    answer_question(claim, body="One of you.", by=make.actor(seller))

    assert told(seller) == ["account_claim_news"]
    assert told(other) == ["account_claims_waiting"]


def test_what_was_shown_is_marked_as_read_and_nothing_newer(client):  # A85
    user = make.user()
    older = Notification.objects.create(user=user, event_id=1, kind="account_news", subject="customer/1")
    newer = Notification.objects.create(user=user, event_id=2, kind="account_news", subject="customer/1")
    client.force_login(user)

    client.post(reverse("portal:notifications_reading"), {"up_to": older.pk})

    older.refresh_from_db()
    newer.refresh_from_db()
    assert older.read_at
    assert newer.read_at is None


def test_nobody_marks_for_others():
    line = Notification.objects.create(
        user=make.user(), event_id=1, kind="account_news", subject="customer/1"
    )

    with pytest.raises(NotAllowed):
        read_notifications(line.user_id, up_to=line.pk, by=make.actor(make.user()))

    line.refresh_from_db()
    assert line.read_at is None


def test_named_addresses_of_staff_hear_of_what_is_new():  # A17
    make.company(staff_mails="desk@example.com; boss@example.com")
    onboarding = make.onboarding(organization="Zebra Woodworks")

    submit_onboarding(onboarding, by=make.actor(onboarding.user))
    work_off()

    mails = OutgoingMail.objects.filter(key="staff_notice")
    assert {mail.to for mail in mails} == {"desk@example.com", "boss@example.com"}
    assert onboarding.user.username in mails[0].text
