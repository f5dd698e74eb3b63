"""Warranty claims as the account's people see them: the four views, the page, what is done there, and what is hidden."""

import pytest
from django.urls import reverse

from claimdesk.aftersales.actions.warranty_claims.decisions import LineDecision, decide_claim
from claimdesk.aftersales.actions.warranty_claims.review import ask_about_claim, close_claim, take_claim
from claimdesk.aftersales.models import ClaimLine, WarrantyClaim
from claimdesk.conversations.actions.writing import write_message
from claimdesk.customers.models import Customer
from claimdesk.kernel.actor import Actor
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def customer() -> Customer:
    """A dealer."""
    make.company()
    return make.customer()


@pytest.fixture
def dealer(customer) -> Actor:
    """The dealer's service person, who made the claims."""
    return make.dealer(customer)


@pytest.fixture
def portal(client, customer):
    """A client signed in as another service person of the dealer."""
    client.force_login(make.membership(make.user(), customer, "service").user)
    return client


def page_of(portal, claim: WarrantyClaim) -> str:
    return portal.get(reverse("portal:warranty_claim", args=[claim.pk])).content.decode()


def listed(portal, query: str) -> str:
    answer = portal.get(f"{reverse('portal:claims')}?{query}")
    return (b"".join(answer) if answer.streaming else answer.content).decode()


def decided(claim: WarrantyClaim, amount: int, reason: str) -> None:
    """Taken and decided by two persons, where the seller asks for a second one."""
    take_claim(claim, by=make.STAFF)
    decisions = {line.pk: LineDecision(amount, reason) for line in ClaimLine.objects.filter(job__claim=claim)}
    decide_claim(claim, decisions=decisions, by=make.STAFF)


def test_each_view_shows_its_claims_and_no_other_customers(portal, dealer):  # W6
    closed = make.warranty_claim(100, by=dealer, serial="CLOSED-1")
    close_claim(closed, reason="bought elsewhere", by=make.STAFF)
    make.warranty_claim(100, by=dealer, serial="ACTIVE-1")
    make.draft_claim(by=dealer, serial="DRAFT-1")
    make.warranty_claim(100, serial="FOREIGN-1")
    serials = ("ACTIVE-1", "DRAFT-1", "CLOSED-1", "FOREIGN-1")

    shown = {
        view: [serial for serial in serials if serial in listed(portal, view)]
        for view in ("", "show=draft", "show=closed", "show=all", "show=all&format=csv", "show=all&q=foreign")
    }

    everything = ["ACTIVE-1", "DRAFT-1", "CLOSED-1"]
    assert shown == {
        "": ["ACTIVE-1"],
        "show=draft": ["DRAFT-1"],
        "show=closed": ["CLOSED-1"],
        "show=all": everything,
        "show=all&format=csv": everything,
        "show=all&q=foreign": [],
    }


def test_searching_a_view_stays_in_it(portal, dealer):  # W6
    make.draft_claim(by=dealer, serial="SAME-1")
    make.warranty_claim(100, by=dealer, serial="SAME-2")

    page = listed(portal, "show=draft&q=same")

    assert "SAME-1" in page
    assert "SAME-2" not in page
    assert '<input type="hidden" name="show" value="draft">' in page


def test_the_page_says_for_whom_it_waits_and_takes_the_answer(portal, dealer):  # W10
    claim = make.warranty_claim(100, by=dealer)
    take_claim(claim, by=make.STAFF)
    ask_about_claim(claim, text="Which oil was used?", by=make.STAFF)
    asked, comments = page_of(portal, claim), reverse("portal:warranty_claim_comments", args=[claim.pk])
    question = portal.get(comments).content.decode()

    portal.post(comments, {"body": "15W-40"})

    claim.refresh_from_db()
    assert "Waiting for you" in asked
    assert "We have a question" in asked
    assert "Which oil was used?" in question
    assert claim.state == "in_review"
    assert "Waiting for us" in page_of(portal, claim)
    assert "15W-40" in portal.get(comments).content.decode()


def test_what_is_decided_is_read_with_its_reason_and_appealed_once(portal, dealer):  # W9 W11
    claim = make.warranty_claim(1000, by=dealer)
    decided(claim, 400, "not in the table")
    before = page_of(portal, claim)

    portal.post(reverse("portal:warranty_claim_appeal", args=[claim.pk]), {"text": "it is, page 3"})

    claim.refresh_from_db()
    for words in ("not in the table", "€4.00", "Appeal"):
        assert words in before
    assert (claim.state, claim.was_appealed) == ("in_review", True)
    assert "Send appeal" not in page_of(portal, claim)


def test_a_reason_of_the_list_is_read_in_the_readers_language(portal, dealer):  # W9
    claim = make.warranty_claim(1000, by=dealer)
    decided(claim, 400, "Wear and tear")

    page = portal.get(reverse("portal:warranty_claim", args=[claim.pk]), headers={"Accept-Language": "de"})

    assert "Verschleiß" in page.content.decode()
    assert "Wear and tear" not in page.content.decode()


def test_before_a_second_person_has_confirmed_it_nothing_of_a_decision_is_read(portal, dealer):  # W9
    make.company(warranty_limit=100)
    claim = make.warranty_claim(1000, by=dealer)
    decided(claim, 400, "not in the table")

    page = page_of(portal, claim)

    assert claim.state == "awaiting_approval"
    assert "not in the table" not in page
    assert "€4.00" not in page


def test_internal_notes_and_names_of_staff_are_not_on_the_page(portal, dealer):  # W8
    claim = make.warranty_claim(100, by=dealer)
    staff = make.actor(make.staff("service", name="Sam Secret"), door="office")
    take_claim(claim, by=staff)
    write_message(claim, body="he always claims that", is_internal=True, by=staff)

    page = page_of(portal, claim)

    assert "he always claims that" not in page
    assert "Sam Secret" not in page


def test_a_claim_is_withdrawn_before_its_review_and_followed_up_after(portal, dealer):  # W11 W13
    claim = make.warranty_claim(100, by=dealer, serial="SN-9")

    portal.post(reverse("portal:warranty_claim_withdrawal", args=[claim.pk]))
    for _click in range(2):
        portal.post(reverse("portal:warranty_claim_follow_up", args=[claim.pk]), {"key": "k"})

    claim.refresh_from_db()
    follower = WarrantyClaim.objects.get(state="draft")
    assert claim.closing == "withdrawn"
    assert (follower.follows_id, follower.serial) == (claim.pk, "SN-9")


def test_whoever_may_only_look_sees_claims_and_drafts_and_makes_none(client, customer, dealer):  # W6
    client.force_login(make.membership(make.user(), customer).user)
    claim, draft = make.warranty_claim(100, by=dealer), make.draft_claim(by=dealer)

    shown = [client.get(reverse("portal:warranty_claim", args=[each.pk])) for each in (claim, draft)]
    made = client.post(reverse("portal:warranty_claim_withdrawal", args=[claim.pk]))

    assert [answer.status_code for answer in shown] == [200, 200]
    assert "Withdraw" not in shown[0].content.decode()
    assert made.status_code == 403


def test_switched_off_the_portal_knows_only_claims_on_orders(portal, dealer):  # W6 R10
    claim = make.warranty_claim(100, by=dealer)
    make.company(warranty_claims_on=False)

    assert portal.get(reverse("portal:warranty_claim", args=[claim.pk])).status_code == 404
    assert portal.get(reverse("portal:claims")).status_code == 200
    assert claim.serial not in listed(portal, "show=all")
