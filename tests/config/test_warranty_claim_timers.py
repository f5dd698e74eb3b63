"""What happens to warranty claims by itself when its time has come."""

from datetime import timedelta

import pytest

from claimdesk.aftersales.actions.warranty_claims.decisions import appeal, decide_claim
from claimdesk.aftersales.actions.warranty_claims.review import ask_about_claim
from claimdesk.kernel.clock import clock_at, now
from claimdesk.ledger.models import Event
from tests import make
from tests.aftersales.test_warranty_claim_decisions import decisions, in_review
from tests.work import work_off

pytestmark = pytest.mark.django_db


def test_a_question_nobody_answers_is_called_to_mind_by_the_worker():  # W10
    claim, start = in_review(), now()
    ask_about_claim(claim, text="Which?", by=make.STAFF)

    for days in (6, 7, 8, 14, 15):
        with clock_at(start + timedelta(days=days, hours=1)):
            work_off()

    assert [event.data["days"] for event in Event.objects.filter(kind="warranty_claim.reminded")] == [7, 14]


def test_a_worker_that_was_down_for_weeks_reminds_once():  # W10
    claim, start = in_review(), now()
    ask_about_claim(claim, text="Which?", by=make.STAFF)

    with clock_at(start + timedelta(days=20)):
        work_off()

    assert Event.objects.filter(kind="warranty_claim.reminded").count() == 1


def test_what_is_rejected_is_closed_when_the_time_to_appeal_is_over_and_not_if_it_was_appealed():  # W11
    by, start = make.dealer(), now()
    one, other = in_review(1000, by=by), in_review(1000, by=by)
    for claim in (one, other):
        decide_claim(claim, decisions=decisions(claim, 0), by=make.STAFF)
    appeal(other, text="please", by=by)

    with clock_at(start + timedelta(days=31)):
        work_off()

    one.refresh_from_db()
    other.refresh_from_db()
    assert (one.state, one.closing, other.state) == ("closed", "rejected", "in_review")
