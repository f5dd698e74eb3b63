"""The agents' side of warranty claims: queue, page, decision, deeds."""

import pytest
from django.test import Client
from django.urls import reverse

from claimdesk.aftersales.actions.warranty_claims.decisions import LineDecision, decide_claim
from claimdesk.aftersales.actions.warranty_claims.review import ask_about_claim, take_claim
from claimdesk.aftersales.claim_process import STATES, steps_from
from claimdesk.aftersales.models import ClaimEntry, ClaimLine, WarrantyClaim
from claimdesk.customers.search import refile
from claimdesk.people.models import User
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def agent() -> User:
    return make.staff("service", name="Ada Agent")


@pytest.fixture
def office(client: Client, agent: User) -> Client:
    """A client signed in as somebody of service."""
    client.force_login(agent)
    return client


def html_of(office: Client, query: str = "") -> str:
    """The queue's HTML."""
    return office.get(f"{reverse('office:warranty_claims')}?{query}").content.decode()


def address(claim: WarrantyClaim, noun: str = "") -> str:
    """The claim's address, or that of a deed with it."""
    return reverse("office:warranty_claim" + (f"_{noun}" if noun else ""), args=[claim.pk])


def decision(claim: WarrantyClaim, *amounts: str, reason: str = "worn") -> dict[str, str]:
    """What the form sends for the claim's lines, in their order."""
    lines = ClaimLine.objects.filter(job__claim=claim).order_by("job__position", "position")
    fields = {}
    for line, amount in zip(lines, amounts, strict=True):
        fields |= {f"amount_{line.pk}": amount, f"reason_{line.pk}": reason}
    return fields


def in_review(*amounts: int, by=None, agent: User | None = None) -> WarrantyClaim:
    """A claim that is taken into review."""
    return take_claim(make.warranty_claim(*amounts, by=by), by=make.actor(agent) if agent else make.STAFF)


def test_the_queue_is_by_who_is_awaited_and_since_when(office: Client, agent: User):  # W10
    by = make.dealer()
    submitted, asked = make.warranty_claim(by=by), in_review(by=by)
    ask_about_claim(asked, text="Which tool?", by=make.STAFF)
    mine = take_claim(make.warranty_claim(1000, by=by), by=make.actor(agent, door="office"))
    draft = make.draft_claim(by=by)

    us, them = html_of(office, "awaited=us&sort=waiting"), html_of(office, "awaited=them")
    own = html_of(office, "assigned=me")

    assert us.index(submitted.number) < us.index(mine.number)
    assert asked.number not in us
    assert asked.number in them
    assert submitted.number not in them
    assert mine.number in own
    assert submitted.number not in own
    assert draft.serial not in html_of(office)


@pytest.mark.parametrize("by", ["number", "bare number", "serial", "customer"])
def test_a_claim_is_found(office: Client, by: str):
    found, other = make.warranty_claim(serial="AB 12-34"), make.warranty_claim(serial="ZZ 99")
    text = {
        "number": found.number,
        "bare number": found.number.removeprefix("W-"),
        "serial": "ab1234",
        "customer": found.customer.number,
    }[by]
    refile([found.customer_id, other.customer_id])

    html = html_of(office, f"q={text}")

    assert found.number in html
    assert other.number not in html


def test_the_queue_is_filtered_and_goes_to_a_file(office: Client):
    unit = make.unit()
    first, second = make.warranty_claim(1250, serial=unit.serial), make.warranty_claim()

    for query, shown, hidden in (
        (f"product={unit.product.number}", first, second),
        (f"customer={first.customer.number}", first, second),
        ("verdict=unknown_serial", second, first),
        ("assigned=nobody&state=submitted", first, None),
        ("state=to_settle", None, first),
    ):
        html = html_of(office, query)
        assert shown is None or shown.number in html
        assert hidden is None or hidden.number not in html
    answer = office.get(reverse("office:warranty_claims"), {"format": "csv", "q": first.number})
    assert "12.5" in b"".join(answer.streaming_content).decode()


def test_the_page_explains_cover_and_shows_what_is_alike(office: Client):  # U5 W4
    make.policy(name="Two years")
    unit, by = make.unit(), make.dealer()
    line = make.part_line(1000)
    claims = [
        make.submitted(by=by, serial=unit.serial, jobs=[make.job(causal_part="T-1", lines=(line,))])
        for _n in range(2)
    ]

    html = office.get(address(claims[1])).content.decode()

    assert "Not registered" in html
    assert "Two years" in html
    assert "same unit and part" in html
    assert claims[0].number in html


def test_lines_are_decided_in_one_form(office: Client):  # W9
    claim = in_review(1000, 500)

    answer = office.post(address(claim, "decision"), decision(claim, "10,00", "2.50"))

    claim.refresh_from_db()
    assert answer.status_code == 303
    assert (claim.state, claim.approved) == ("partly_approved", 1250)
    assert list(ClaimLine.objects.order_by("pk").values_list("decision_reason", flat=True)) == ["", "worn"]
    assert ClaimEntry.objects.get().amount == 1250


@pytest.mark.parametrize(
    ("amounts", "reason"), [(("10.01", "5"), "x"), (("1", "5"), ""), (("-1", "5"), "x"), (("many", "5"), "x")]
)
def test_what_is_wrong_in_a_decision_is_said_beside_its_box(office: Client, amounts, reason: str):  # W9
    claim = in_review(1000, 500)

    answer = office.post(address(claim, "decision"), decision(claim, *amounts, reason=reason))

    claim.refresh_from_db()
    assert answer.status_code == 422
    assert claim.state == "in_review"
    assert not ClaimEntry.objects.exists()


def test_the_second_of_two_agents_hears_who_decided_meanwhile(office: Client):  # W9
    claim = in_review(1000)
    colleague = make.actor(make.staff("service", name="Cora Colleague"), door="office")
    decide_claim(claim, decisions={ClaimLine.objects.get().pk: LineDecision(1000)}, by=colleague)

    answer = office.post(address(claim, "decision"), decision(claim, "0"))

    claim.refresh_from_db()
    assert answer.status_code == 409
    assert "Cora Colleague has decided it meanwhile" in answer.content.decode()
    assert claim.approved == 1000


def test_above_the_limit_somebody_else_confirms(office: Client, agent: User):  # W9
    make.company(warranty_limit=500)
    claim = in_review(1000)
    office.post(address(claim, "decision"), decision(claim, "10"))
    claim.refresh_from_db()
    assert claim.state == "awaiting_approval"
    assert "a second person has to confirm" in office.get(address(claim)).content.decode()
    assert office.post(address(claim, "confirmation")).status_code == 409
    second = Client()
    second.force_login(make.staff("service"))

    answer = second.post(address(claim, "confirmation"))

    claim.refresh_from_db()
    assert answer.status_code == 303
    assert (claim.state, claim.approved) == ("approved", 1000)


def test_a_claim_without_costs_is_accepted_or_not(office: Client):
    claim = in_review()

    assert office.post(address(claim, "decision"), {}).status_code == 422
    office.post(address(claim, "decision"), {"is_accepted": "yes"})

    claim.refresh_from_db()
    assert claim.state == "approved"


def test_approved_claims_are_corrected_and_settled(office: Client):  # W9 W12
    claim = in_review(1000)
    office.post(address(claim, "decision"), decision(claim, "8"))

    office.post(address(claim, "correction"), {"amount": "-1", "text": "counted twice"})
    too_much = office.post(address(claim, "settlement"), {"method": "credit", "amount": "8"})
    paid = office.post(address(claim, "settlement"), {"method": "credit", "amount": "7", "reference": "GS 1"})

    claim.refresh_from_db()
    assert (too_much.status_code, paid.status_code) == (409, 303)
    assert (claim.state, claim.closing, claim.settled) == ("closed", "settled", 700)
    assert "GS 1" in office.get(address(claim)).content.decode()


def test_a_duplicate_names_another_claim_of_the_customer(office: Client):
    by = make.dealer()
    claim, same, foreign = make.warranty_claim(by=by), make.warranty_claim(by=by), make.warranty_claim()

    wrong = office.post(address(claim, "duplicate"), {"other": foreign.number})
    right = office.post(address(claim, "duplicate"), {"other": same.number.lower()})

    claim.refresh_from_db()
    assert (wrong.status_code, right.status_code) == (422, 303)
    assert (claim.closing, claim.duplicate_of) == ("duplicate", same)


def test_assigning_asking_and_closing(office: Client):  # W10 W16
    claim, colleague = in_review(), make.staff("service")

    office.post(address(claim, "assignment"), {"agent": colleague.pk})
    office.post(address(claim, "question"), {"text": "Which oil?"})
    claim.refresh_from_db()
    assert (claim.state, claim.assigned_to) == ("information_requested", colleague)
    office.post(address(claim, "closure"), {"reason": "Sold meanwhile"})

    claim.refresh_from_db()
    assert (claim.state, claim.closing_reason) == ("closed", "Sold meanwhile")
    main = office.get(address(claim)).content.decode().partition("<main")[2]
    assert "<button" not in main.partition("</main>")[0]


def test_the_page_offers_what_the_table_of_steps_says(office: Client):  # W13
    claim = make.warranty_claim(1000)
    nouns = {"take": "taking", "ask": "question", "close": "closure", "mark_duplicate": "duplicate"}

    html = office.get(address(claim)).content.decode()

    offered = {event for event, noun in nouns.items() if address(claim, noun) in html}
    assert offered == {step.event for step in steps_from("submitted", "agent")} & nouns.keys()
    assert claim.state in STATES


def test_finance_settles_and_decides_nothing(client: Client):
    client.force_login(make.staff("finance"))
    claim = in_review(1000)

    html = client.get(address(claim)).content.decode()

    assert "amount_" not in html
    assert client.post(address(claim, "decision"), decision(claim, "1")).status_code == 403


def test_the_search_over_everything_and_the_customers_page_find_claims(office: Client):
    claim = make.warranty_claim()

    found = office.get(reverse("office:search"), {"q": claim.number}).content.decode()
    page = office.get(reverse("office:customer", args=[claim.customer_id])).content.decode()

    assert address(claim) in found
    assert address(claim) in page


def test_the_life_of_a_claim_is_shown_and_downloaded_on_both_sides(office: Client):  # W13
    dealer = Client()
    dealer.force_login(make.membership(None, make.customer(), "service").user)

    for door, client in (("office", office), ("portal", dealer)):
        page = client.get(reverse(f"{door}:warranty_claim_process"))
        paper = client.get(reverse(f"{door}:warranty_claim_process_pdf"))
        assert 'data-state="awaiting_approval"' in page.content.decode()
        assert paper.content.startswith(b"%PDF")
