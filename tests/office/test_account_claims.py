"""Users › Claims in the office: the list, the dialog and the decisions, as staff meet them."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from claimdesk.access.actions.account_claims import approve_account_claim, deny_account_claim
from claimdesk.access.models import AccountClaim
from claimdesk.access.queries.access import memberships_that_count
from claimdesk.customers.search import refile
from claimdesk.kernel.clock import now
from claimdesk.ledger.models import Event
from tests import make

pytestmark = pytest.mark.django_db

LIST = "/office/account-claims/"
PART = {"HX-Request": "true", "HX-Target": "list"}


@pytest.fixture
def office(client: Client) -> Client:
    """A client signed in as an administrator."""
    client.force_login(make.staff(name="Ada"))
    return client


def text_of(response) -> str:
    """The page's words, without tags and runs of blanks."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_the_list_has_the_columns_of_the_reference(office):  # A41
    make.account_claim()

    page = office.get(LIST).content.decode()

    head = [
        re.sub(r"<[^>]+>", "", cell).strip() for cell in re.findall(r"<th scope=\"col\".*?</th>", page, re.S)
    ]
    assert head == ["Username / Email", "Full name", "Organization", "Match", "Status", "Age", "Actions"]
    assert ">View</a>" in page


def test_the_list_shows_pending_and_decided_with_counts(office):  # A40 A42
    make.account_claim(), make.account_claim()
    approve_account_claim(make.account_claim(), by=make.STAFF)
    deny_account_claim(make.account_claim(), by=make.STAFF)

    page = office.get(LIST)

    for tab in ("All 4", "Pending 2", "Approved 1", "Denied 1"):
        assert tab in text_of(page)
    for state, tone in (("pending", "yellow"), ("approved", "green"), ("denied", "red")):
        assert f'bg-{tone}-lt state" data-state="{state}">{state.title()}' in page.content.decode()


def test_the_list_is_filtered_by_state(office):  # A40
    pending, denied = make.account_claim(), make.account_claim()
    deny_account_claim(denied, by=make.STAFF)

    page = text_of(office.get(LIST, {"status": "denied"}))

    assert denied.user.email in page
    assert pending.user.email not in page


@pytest.mark.parametrize("text", ["Miller", "mia.m", "miamiller", "mi", "Quarry", "granite quar", "K4711"])
def test_claims_are_found_by_person_and_by_organization(office, text):  # A40
    customer = make.customer(name="Granite Quarry Ltd", number="K4711")
    refile([customer.pk])
    make.account_claim(
        user=make.user(name="Mia Miller", email="mia.m@x.com", username="miamiller"), customer=customer
    )
    other = make.account_claim(user=make.user(name="Zoe", email="zoe@z.com", username="zoe"))

    page = text_of(office.get(LIST, {"q": text}))

    assert "Mia Miller" in page
    assert other.user.email not in page


def test_an_unchanged_list_is_answered_304_without_being_read(office, django_assert_max_num_queries):  # A50
    claim = make.account_claim()
    first = office.get(LIST, headers=PART)

    with django_assert_max_num_queries(5):
        again = office.get(LIST, headers={**PART, "If-None-Match": first["ETag"]})
    deny_account_claim(claim, by=make.STAFF)
    changed = office.get(LIST, headers={**PART, "If-None-Match": first["ETag"]})

    assert (first.status_code, again.status_code, changed.status_code) == (200, 304, 200)
    assert "Denied" in text_of(changed)


def test_the_list_costs_few_queries(office, django_assert_max_num_queries):  # A40
    for _ in range(30):
        make.account_claim()

    with django_assert_max_num_queries(12):
        assert office.get(LIST).status_code == 200


def test_view_shows_claimant_customer_and_evidence(office):  # A43 A57 A49
    customer = make.customer(
        name="Granite Ltd", phone="+44 1904 555123", street="1 Quarry Way", postcode="YO1 7HH", town="York"
    )
    make.contact(customer, name="Mia Miller", email="mia@granite.com")
    colleague = make.membership(make.user(name="Ben Clark"), customer)
    sibling = make.account_claim(user=make.user(name="Tom Brown"), customer=customer)
    claim = make.account_claim(
        user=make.user(name="Mia Miller", email="mia@granite.com"),
        customer=customer,
        requested={"organization": "Granit", "town": "Leeds"},
    )

    page = text_of(office.get(f"{LIST}{claim.pk}/"))

    for words in (
        "Mia Miller claims Granite Ltd",
        "mia@granite.com",
        "The e-mail address is on file: contact Mia Miller",
        "Contact customer",
        "+44 1904 555123",
        "1 Quarry Way",
        colleague.user.name,
        sibling.user.name,
        "Who has access",
        "Checklist",
        "Internal note",
        "Words to the applicant",
    ):
        assert words in page


def test_view_shows_earlier_denials_of_the_person(office):  # A43
    claim = make.account_claim()
    denied = make.account_claim(user=claim.user, customer=make.customer(name="Basalt Ltd"))
    deny_account_claim(denied, note="Nobody there knew him", by=make.STAFF)

    page = text_of(office.get(f"{LIST}{claim.pk}/"))

    for words in ("Earlier denials of this person", "Basalt Ltd", "Sam Staff", "Nobody there knew him"):
        assert words in page


def test_the_age_of_a_claim_shows_in_the_list_and_in_view(office):  # A43 A56
    claim = make.account_claim(created_at=now() - timedelta(days=3))

    assert "3 days" in text_of(office.get(LIST))
    assert "Age: 3 days" in text_of(office.get(f"{LIST}{claim.pk}/"))


def test_the_menu_counts_the_claims_that_wait(office):  # A40
    make.account_claim(), make.account_claim()
    deny_account_claim(make.account_claim(), by=make.STAFF)

    page = office.get("/office/").content.decode()

    assert re.search(
        r'href="/office/account-claims/".*?<span>Claims</span><span id="counter-account_claims" class="counter">2<',
        page,
    )


def test_who_waits_is_inside_after_the_approval_without_signing_in_anew(client):  # A44
    claim = make.account_claim()
    client.force_login(claim.user)
    before = client.get("/")

    approve_account_claim(claim, by=make.STAFF)

    assert before.status_code == 302
    assert claim.customer.name in text_of(client.get("/"))


def test_who_was_denied_still_signs_in_and_waits(client):  # A45
    claim = make.account_claim()
    deny_account_claim(claim, by=make.STAFF)

    client.post("/sign-in/", {"login": claim.user.email, "password": make.PASSWORD})

    assert "Your request was denied" in text_of(client.get("/", follow=True))


def test_view_costs_at_most_20_queries(office, django_assert_max_num_queries):  # A43
    customer = make.customer(town="York", postcode="YO1")
    for _ in range(10):
        make.contact(customer)
        make.membership(None, customer)
        make.account_claim(customer=customer)
    others = [make.customer(name=customer.name, town="Hull") for _ in range(3)]
    candidates = [{"customer_id": other.pk, "probability": 0.3, "reasons": []} for other in others]
    claim = make.account_claim(customer=customer, candidates=candidates, requested={"organization": "York"})

    in_dialog = {"HX-Request": "true", "HX-Target": "dialog"}
    office.get(f"{LIST}{claim.pk}/", headers=in_dialog)  # how common words are is read once a minute

    with django_assert_max_num_queries(20):
        page = office.get(f"{LIST}{claim.pk}/", headers=in_dialog)

    assert others[0].number in page.content.decode()


def test_approve_is_one_post(office):  # A44
    claim = make.account_claim()

    answer = office.post(f"{LIST}{claim.pk}/approval/")

    assert (answer.status_code, answer["Location"]) == (303, LIST)
    assert memberships_that_count(claim.user).get().roles == ["viewer", "buyer", "service"]
    page = office.get(LIST).content.decode()
    assert f'action="{LIST}{claim.pk}/reversal/"' in page


def test_roles_note_and_other_customer_go_with_the_approval(office):  # A46 A57 A48
    claim, other = make.account_claim(), make.customer()
    fields = {"customer": other.pk, "roles": ["manager"], "roles_shown": "True", "note": "Rang them"}

    office.post(f"{LIST}{claim.pk}/approval/", fields)

    claim.refresh_from_db()
    membership = memberships_that_count(claim.user).get()
    assert (membership.customer, membership.roles) == (other, ["viewer", "manager"])
    assert claim.note == "Rang them"


def test_a_number_that_nobody_has_is_a_form_error(office):  # A46
    claim = make.account_claim()

    answer = office.post(f"{LIST}{claim.pk}/approval/", {"number": "K-nobody"})

    claim.refresh_from_db()
    assert answer.status_code == 422
    assert "No customer has this number." in text_of(answer)
    assert claim.state == "pending"


def test_a_new_customer_is_one_post(office):  # A46
    claim = make.account_claim(requested={"organization": "Fresh Ltd"})

    office.post(f"{LIST}{claim.pk}/new-customer/")

    claim.refresh_from_db()
    assert claim.decided_customer.name == "Fresh Ltd"


def test_deny_keeps_words_and_note_apart(office):  # A45 A48
    claim = make.account_claim()

    office.post(f"{LIST}{claim.pk}/denial/", {"words": "Sorry", "note": "Odd voice"})

    claim.refresh_from_db()
    assert (claim.state, claim.words, claim.note) == ("denied", "Sorry", "Odd voice")


def test_a_second_decision_says_who_decided_and_changes_nothing(office):  # A52
    claim = make.account_claim()
    deny_account_claim(claim, by=make.STAFF)

    answer = office.post(f"{LIST}{claim.pk}/approval/", headers={"HX-Request": "true"})

    assert answer.status_code == 409
    assert "Already decided by Sam Staff" in text_of(answer)
    assert not memberships_that_count(claim.user).exists()


def test_undo_is_one_post(office):  # A55
    claim = make.account_claim()
    approve_account_claim(claim, by=make.STAFF)

    office.post(f"{LIST}{claim.pk}/reversal/")

    claim.refresh_from_db()
    assert claim.state == "pending"
    assert not memberships_that_count(claim.user).exists()


def test_a_question_shows_in_the_thread_and_who_is_awaited(office):  # A46
    claim = make.account_claim()

    answer = office.post(f"{LIST}{claim.pk}/question/", {"body": "Which branch?"}, follow=True)

    assert "Which branch?" in text_of(answer)
    assert "Waiting for the applicant's answer" in answer.content.decode()


def test_the_checklist_is_ticked(office):  # A57
    make.company(checklist=["Rang them"])
    claim = make.account_claim()

    answer = office.post(f"{LIST}{claim.pk}/tick/", {"line": "Rang them"}, follow=True)

    assert 'aria-checked="true"' in answer.content.decode()
    answer = office.post(f"{LIST}{claim.pk}/tick-removal/", {"line": "Rang them"}, follow=True)
    assert 'aria-checked="true"' not in answer.content.decode()


def test_the_dry_run_says_what_would_happen_and_why_not(office):  # A55
    good, bad = make.account_claim(), make.account_claim(customer=make.customer(state="inactive"))

    answer = office.post(f"{LIST}approvals/preview/", {"ids": [good.pk, bad.pk]})

    assert "1 would be approved, 1 skipped. Nothing has changed yet." in text_of(answer)
    assert 'data-code="customer_inactive"' in answer.content.decode()
    assert set(AccountClaim.objects.values_list("state", flat=True)) == {"pending"}
    assert not Event.objects.exists()


def test_bulk_decides_each_and_tells_the_result(office):  # A55
    claims = [make.account_claim(), make.account_claim()]

    answer = office.post(
        f"{LIST}denials/",
        {"ids": [claim.pk for claim in claims], "words": "Please ring us.", "note": "All odd"},
    )

    assert "2 claims denied" in text_of(answer)
    rows = set(AccountClaim.objects.values_list("state", "words", "note"))
    assert rows == {("denied", "Please ring us.", "All odd")}


def test_nothing_chosen_is_said(office):  # A55
    answer = office.post(f"{LIST}approvals/preview/")

    assert answer.status_code == 409


@pytest.mark.parametrize("deed", ["approval", "denial", "new-customer", "reversal", "question", "tick"])
def test_a_get_decides_nothing(office, deed):  # A52
    claim = make.account_claim()

    assert office.get(f"{LIST}{claim.pk}/{deed}/").status_code == 405

    claim.refresh_from_db()
    assert claim.state == "pending"


def test_limited_staff_see_the_claims_on_their_customers_only(client):  # A53
    person = make.staff("sales", only_own_customers=True)
    own = make.account_claim(customer=make.customer(representative=person))
    foreign = make.account_claim()
    client.force_login(person)

    assert own.user.email in text_of(client.get(LIST))
    assert foreign.user.email not in text_of(client.get(LIST))
    assert client.get(f"{LIST}{foreign.pk}/").status_code == 404
    assert client.post(f"{LIST}{foreign.pk}/approval/").status_code == 404
    client.post(f"{LIST}approvals/", {"ids": [own.pk, foreign.pk]})
    foreign.refresh_from_db()
    assert foreign.state == "pending"


def test_service_staff_see_but_do_not_decide(client):  # A53
    claim = make.account_claim()
    client.force_login(make.staff("service"))

    page = client.get(f"{LIST}{claim.pk}/")

    assert 'data-key="a"' not in page.content.decode()
    assert client.post(f"{LIST}{claim.pk}/approval/").status_code == 403


def test_customers_people_find_no_claims_here(client):  # A53
    claim = make.account_claim()
    client.force_login(make.membership(None, None, "manager").user)

    assert client.get(LIST).status_code == 404
    assert client.post(f"{LIST}{claim.pk}/approval/").status_code == 404


def test_claims_are_exported(office):  # A40
    claim = make.account_claim()

    answer = office.get(LIST, {"format": "csv"})

    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert lines[0].startswith("username,name,organization,match,status,created")
    assert claim.user.email in lines[1]
