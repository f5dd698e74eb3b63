"""Warranty claims in review: asked about, decided, appealed against, settled, closed."""

from collections.abc import Mapping
from datetime import timedelta

import pytest

from claimdesk.aftersales.actions.warranty_claims.decisions import (
    LineDecision,
    appeal,
    confirm_decision,
    correct_decision,
    decide_claim,
    let_lapse,
    send_back,
)
from claimdesk.aftersales.actions.warranty_claims.review import (
    answer_about_claim,
    ask_about_claim,
    assign_claim,
    close_claim,
    mark_duplicate,
    remind_of_question,
    take_claim,
)
from claimdesk.aftersales.actions.warranty_claims.settlements import settle_claim
from claimdesk.aftersales.models import ClaimEntry, ClaimLine, WarrantyClaim
from claimdesk.conversations.queries.threads import messages_about
from claimdesk.customers.models import Customer
from claimdesk.kernel.actor import SYSTEM
from claimdesk.kernel.clock import clock_at, now
from claimdesk.kernel.refused import NotAllowed
from claimdesk.ledger.models import Event, Timer
from tests import make
from tests.refusals import refused

pytestmark = pytest.mark.django_db


def agent(*roles: str):
    return make.actor(make.staff(*(roles or ("service",))), door="office")


def in_review(*amounts: int, by=None, agent_=None) -> WarrantyClaim:
    """A claim that is taken into review."""
    return take_claim(make.warranty_claim(*amounts, by=by), by=agent_ or make.STAFF)


def decisions(claim: WarrantyClaim, *amounts: int, reason: str = "worn") -> Mapping[int, LineDecision]:
    """A decision for each line, in order."""
    keys = (
        ClaimLine.objects.filter(job__claim=claim)
        .order_by("job__position", "position")
        .values_list("pk", flat=True)
    )
    # Each line stands in one job here.
    return {key: LineDecision(amount, reason) for key, amount in zip(keys, amounts, strict=True)}


def entries(claim: WarrantyClaim) -> list[tuple[str, int]]:
    return list(ClaimEntry.objects.filter(claim=claim).order_by("id").values_list("kind", "amount"))


def test_whoever_takes_a_claim_works_on_it_and_may_give_it_to_a_colleague():  # W9
    person = agent()
    claim = in_review(agent_=person)
    colleague = make.staff("service")

    assign_claim(claim, agent=colleague, by=person)

    assert claim.assigned_to == colleague
    assert refused(assign_claim, claim, agent=colleague, by=person) == "already_assigned"
    assert refused(assign_claim, claim, agent=make.user(), by=person) == "not_staff"
    assert refused(take_claim, claim, by=person) == "warranty_claim_moved"


def test_a_question_stops_the_clock_until_it_is_answered():  # W10
    by = make.dealer()
    claim = in_review(by=by)
    start = now()
    with clock_at(start):
        ask_about_claim(claim, text="Which meter reading?", by=make.STAFF)
    assert (claim.state, claim.awaited) == ("information_requested", "them")

    with clock_at(start + timedelta(hours=5)):
        answer_about_claim(claim, text="4711 hours", by=by)

    assert (claim.state, claim.awaited, claim.paused_seconds) == ("in_review", "us", 5 * 3600)
    assert [message.body for message in messages_about(claim, actor=by)] == [
        "Which meter reading?",
        "4711 hours",
    ]
    assert not Timer.objects.filter(kind="warranty_claim.unanswered", state="due").exists()
    assert refused(answer_about_claim, claim, text="again", by=by) == "warranty_claim_moved"


def test_an_empty_question_asks_nothing():  # W10
    claim = in_review()

    assert refused(ask_about_claim, claim, text="  ", by=make.STAFF) == "text_missing"
    claim.refresh_from_db()
    assert claim.state == "in_review"


@pytest.mark.parametrize(
    ("ends", "outcome", "state"), [(True, "closed", "closed"), (False, "left open", "information_requested")]
)
def test_a_question_is_called_to_mind_twice_and_ends_the_claim_only_where_the_seller_wants(
    ends, outcome, state
):  # W10 W16
    make.company(end_unanswered_claims=ends)
    claim, start = in_review(), now()
    with clock_at(start):
        ask_about_claim(claim, text="Which?", by=make.STAFF)
    said = []
    for days in (7, 14, 30):
        with clock_at(start + timedelta(days=days, minutes=1)):
            said.append(remind_of_question(claim, by=SYSTEM))

    claim.refresh_from_db()
    assert said == ["reminded", "reminded", outcome]
    assert claim.state == state
    assert Event.objects.filter(kind="warranty_claim.reminded").count() == 2


@pytest.mark.parametrize(
    ("amounts", "outcome"),
    [
        ((1000, 500), "approved"),
        ((1000, 0), "partly_approved"),
        ((999, 500), "partly_approved"),
        ((0, 0), "rejected"),
    ],
)
def test_the_sum_of_the_lines_decides_the_claim(amounts, outcome):  # W9
    claim = in_review(1000, 500)

    decide_claim(claim, decisions=decisions(claim, *amounts), by=make.STAFF)

    assert (claim.state, claim.approved, claim.decided_by_name) == (outcome, sum(amounts), make.STAFF.name)
    assert entries(claim) == [("approval", sum(amounts))]
    assert Event.objects.get(kind="warranty_claim.decided").data["outcome"] == outcome


def test_decisions_that_cannot_be_are_refused_and_change_nothing():  # W9
    claim = in_review(1000, 500)
    one, other = decisions(claim, 1000, 500)

    for given, code in (
        ({one: LineDecision(1000)}, "line_undecided"),
        ({one: LineDecision(1001), other: LineDecision(500)}, "above_claimed"),
        ({one: LineDecision(-1), other: LineDecision(500)}, "above_claimed"),
        ({one: LineDecision(900), other: LineDecision(500)}, "reason_needed"),
        ({one: LineDecision(1000), other: LineDecision(500), 10**9: LineDecision(0)}, "foreign_line"),
    ):
        assert refused(decide_claim, claim, decisions=given, by=make.STAFF) == code

    claim.refresh_from_db()
    assert (claim.state, claim.approved, entries(claim)) == ("in_review", 0, [])
    assert not ClaimLine.objects.exclude(decided=None).exists()


def test_a_claim_that_costs_nothing_is_accepted_or_not():  # W9
    one, other = in_review(), in_review()

    assert refused(decide_claim, one, decisions={}, by=make.STAFF) == "line_undecided"
    decide_claim(one, decisions={}, is_accepted=True, by=make.STAFF)
    decide_claim(other, decisions={}, is_accepted=False, by=make.STAFF)

    assert (one.state, other.state) == ("approved", "rejected")


def test_above_the_limit_a_second_person_confirms_or_sends_back():  # W9
    make.company(warranty_limit=1000)
    first, second = agent(), agent()
    claim = in_review(1001)
    decide_claim(claim, decisions=decisions(claim, 1001), by=first)
    assert (claim.state, claim.approved, entries(claim)) == ("awaiting_approval", 0, [])

    assert refused(confirm_decision, claim, by=first) == "second_person"
    assert refused(send_back, claim, text="look", by=first) == "second_person"
    send_back(claim, text="look at the date", by=second)
    decide_claim(claim, decisions=decisions(claim, 1001), by=first)
    confirm_decision(claim, by=second)

    assert (claim.state, claim.approved, entries(claim)) == ("approved", 1001, [("approval", 1001)])
    at_the_limit = in_review(1000)
    assert decide_claim(at_the_limit, decisions=decisions(at_the_limit, 1000), by=first).state == "approved"


def test_nobody_decides_his_own_claim():  # W9
    person = make.staff("service")
    claim = in_review(1000)
    WarrantyClaim.objects.filter(pk=claim.pk).update(created_by_id=person.pk)

    by = make.actor(person, door="office")
    assert refused(decide_claim, claim, decisions=decisions(claim, 1000), by=by) == "own_claim"


def test_one_appeal_in_time_goes_to_another_reviewer():  # W11
    make.company(appeal_days=10)
    by, first, second = make.dealer(), agent(), agent()
    claim = in_review(1000, by=by)
    decide_claim(claim, decisions=decisions(claim, 400), by=first)

    appeal(claim, text="The part was new", by=by)

    assert (claim.state, claim.awaited, claim.assigned_to) == ("in_review", "us", None)
    assert refused(decide_claim, claim, decisions=decisions(claim, 1000), by=first) == "same_reviewer"
    decide_claim(claim, decisions=decisions(claim, 700), by=second)
    assert (claim.approved, entries(claim)) == (700, [("approval", 400), ("correction", 300)])
    assert refused(appeal, claim, text="again", by=by) == "appealed_already"


def test_an_appeal_too_late_is_refused_and_what_is_rejected_lapses():  # W11
    make.company(appeal_days=10)
    by = make.dealer()
    claim, start = in_review(1000, by=by), now()
    with clock_at(start):
        decide_claim(claim, decisions=decisions(claim, 0), by=make.STAFF)

    with clock_at(start + timedelta(days=10, seconds=1)):
        assert refused(appeal, claim, text="please", by=by) == "appeal_over"
        let_lapse(claim, by=SYSTEM)

    assert (claim.state, claim.closing) == ("closed", "rejected")


def test_what_is_approved_is_corrected_by_an_entry_and_never_edited():  # W9
    claim = in_review(1000)
    decide_claim(claim, decisions=decisions(claim, 400), by=make.STAFF)

    correct_decision(claim, amount=100, text="freight", key="a", by=make.STAFF)
    correct_decision(claim, amount=100, text="freight", key="a", by=make.STAFF)
    correct_decision(claim, amount=-200, text="counted twice", by=make.STAFF)

    assert (claim.approved, entries(claim)) == (
        300,
        [("approval", 400), ("correction", 100), ("correction", -200)],
    )
    assert refused(correct_decision, claim, amount=701, text="more", by=make.STAFF) == "above_claimed"
    assert refused(correct_decision, claim, amount=-301, text="less", by=make.STAFF) == "above_claimed"
    assert refused(correct_decision, claim, amount=1, text=" ", by=make.STAFF) == "text_missing"
    assert ClaimLine.objects.get().decided == 400


def test_a_settlement_is_at_most_what_is_approved_and_closes_the_claim():  # W12
    claim = in_review(1000)
    decide_claim(claim, decisions=decisions(claim, 400), by=make.STAFF)

    assert refused(settle_claim, claim, method="credit", amount=401, by=make.STAFF) == "above_approved"
    assert refused(settle_claim, claim, method="cash", by=make.STAFF) == "unknown_method"
    settle_claim(claim, method="credit", reference="C-7", key="k", by=make.STAFF)
    settle_claim(claim, method="credit", reference="C-7", key="k", by=make.STAFF)

    assert (claim.state, claim.closing, claim.settled) == ("closed", "settled", 400)
    assert entries(claim) == [("approval", 400), ("settlement", 400)]
    assert refused(settle_claim, claim, method="credit", by=make.STAFF) == "warranty_claim_closed"


@pytest.mark.parametrize("method", ["replacement", "repair"])
def test_a_replacement_or_repair_settles_without_money(method):  # W12
    claim = in_review(1000)
    decide_claim(claim, decisions=decisions(claim, 1000), by=make.STAFF)

    settle_claim(claim, method=method, by=make.STAFF)

    assert (claim.state, claim.settled) == ("closed", 0)


def test_finance_settles_and_decides_nothing():  # W12
    finance = agent("finance")
    claim = in_review(1000)
    with pytest.raises(NotAllowed):
        decide_claim(claim, decisions=decisions(claim, 1000), by=finance)
    decide_claim(claim, decisions=decisions(claim, 1000), by=make.STAFF)

    assert settle_claim(claim, method="credit", by=finance).state == "closed"


def test_a_duplicate_names_the_other_claim_of_the_same_customer():  # W4 W11
    by = make.dealer()
    one, other, foreign = make.warranty_claim(by=by), make.warranty_claim(by=by), make.warranty_claim()

    assert refused(mark_duplicate, one, other=one, by=make.STAFF) == "not_the_other"
    assert refused(mark_duplicate, one, other=foreign, by=make.STAFF) == "not_the_other"
    mark_duplicate(one, other=other, by=make.STAFF)

    assert (one.state, one.closing, one.duplicate_of) == ("closed", "duplicate", other)
    assert refused(mark_duplicate, other, other=one, by=make.STAFF) == "not_the_other"


def test_closed_is_final_on_every_path():  # W11 W16
    by = make.dealer()
    claim = in_review(1000, by=by)
    close_claim(claim, reason="settled by phone", by=make.STAFF)
    given = decisions(claim, 1000)

    codes = {
        refused(deed, claim, by=who, **more)
        for deed, who, more in (
            (take_claim, make.STAFF, {}),
            (assign_claim, make.STAFF, {"agent": make.staff("service")}),
            (ask_about_claim, make.STAFF, {"text": "?"}),
            (answer_about_claim, by, {"text": "!"}),
            (decide_claim, make.STAFF, {"decisions": given}),
            (confirm_decision, make.STAFF, {}),
            (send_back, make.STAFF, {"text": "?"}),
            (settle_claim, make.STAFF, {"method": "credit", "amount": 0}),
            (let_lapse, SYSTEM, {}),
            (close_claim, make.STAFF, {"reason": "again"}),
            (mark_duplicate, make.STAFF, {"other": make.warranty_claim(by=by)}),
        )
    }
    assert codes == {"warranty_claim_closed"}
    assert refused(appeal, claim, text="please", by=by) == "appeal_over"
    assert refused(correct_decision, claim, amount=1, text="more", by=make.STAFF) == "not_decided"
    assert remind_of_question(claim, by=SYSTEM) == "answered"
    claim.refresh_from_db()
    assert (claim.state, claim.closing, claim.closing_reason) == ("closed", "closed", "settled by phone")


def test_staff_see_only_claims_of_their_own_customers_where_they_are_limited():  # W9
    person = make.staff("service", only_own_customers=True)
    by = make.actor(person, door="office")
    claim = make.warranty_claim()

    with pytest.raises(NotAllowed):
        take_claim(claim, by=by)

    Customer.objects.filter(pk=claim.customer_id).update(representative=person)
    assert take_claim(claim, by=by).state == "in_review"
