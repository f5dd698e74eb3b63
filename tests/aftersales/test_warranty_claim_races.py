"""Rivals for warranty claims: submitted once, decided once, settled once; no cent twice."""

import pytest

from claimdesk.aftersales.actions.warranty_claims.decisions import appeal, correct_decision, decide_claim
from claimdesk.aftersales.actions.warranty_claims.drafts import (
    save_draft,
    start_claim,
    submit_claim,
    withdraw_claim,
)
from claimdesk.aftersales.actions.warranty_claims.review import close_claim, take_claim
from claimdesk.aftersales.actions.warranty_claims.settlements import settle_claim
from claimdesk.aftersales.models import ClaimEntry, WarrantyClaim
from claimdesk.ledger.models import Event
from tests import make
from tests.aftersales.test_warranty_claim_decisions import decisions, in_review
from tests.refusals import refusals

pytestmark = pytest.mark.race


def test_however_often_submit_is_pressed_one_claim_is_submitted(race):  # W4
    by = make.dealer()
    claim = make.draft_claim(by=by)

    results = race(*[lambda: submit_claim(WarrantyClaim.objects.get(pk=claim.pk), key="k", by=by)] * 5)

    assert refusals(results) == {}
    assert {row.number for row in results} == {"W-10001"}
    assert Event.objects.filter(kind="warranty_claim.submitted").count() == 1


def test_two_pages_that_submit_one_draft_submit_it_once(race):  # W4
    by = make.dealer()
    claim = make.draft_claim(by=by)

    results = race(
        *[
            lambda n=n: submit_claim(WarrantyClaim.objects.get(pk=claim.pk), key=f"k{n}", by=by)
            for n in range(4)
        ]
    )

    assert refusals(results) == {"warranty_claim_moved": 3}
    assert Event.objects.filter(kind="warranty_claim.submitted").count() == 1


def test_one_draft_is_begun_however_often_the_line_breaks(race):  # W2
    by = make.dealer()
    customer = make.Customer.objects.get(pk=by.customer_id)

    results = race(*[lambda: start_claim(customer, key="k", by=by)] * 5)

    assert refusals(results) == {}
    assert WarrantyClaim.objects.count() == Event.objects.count() == 1


def test_of_two_who_save_one_version_of_a_draft_one_is_told(race):  # W14
    by = make.dealer()
    claim = make.draft_claim(by=by)

    results = race(
        *[
            lambda n=n: save_draft(claim, version=1, serial=f"S{n}", jobs=[make.job()], by=by)
            for n in range(4)
        ]
    )

    assert refusals(results) == {"draft_changed": 3}
    assert WarrantyClaim.objects.get().draft_version == 2


def test_a_claim_is_taken_or_withdrawn_and_never_both(race):  # W16
    by = make.dealer()
    claim = make.warranty_claim(by=by)
    fresh = lambda: WarrantyClaim.objects.get(pk=claim.pk)  # noqa: E731

    results = race(lambda: take_claim(fresh(), by=make.STAFF), lambda: withdraw_claim(fresh(), by=by))

    assert sum(refusals(results).values()) == 1
    assert Event.objects.filter(kind__in=("warranty_claim.taken", "warranty_claim.withdrawn")).count() == 1


def test_two_who_decide_at_once_decide_once(race):  # W9
    claim = in_review(1000)
    given = [decisions(claim, amount) for amount in (1000, 0, 500, 700)]
    fresh = lambda: WarrantyClaim.objects.get(pk=claim.pk)  # noqa: E731

    results = race(
        *[lambda each=each: decide_claim(fresh(), decisions=each, by=make.STAFF) for each in given]
    )

    assert refusals(results) == {"warranty_claim_moved": 3}
    assert ClaimEntry.objects.get().amount == WarrantyClaim.objects.get().approved
    assert Event.objects.filter(kind="warranty_claim.decided").count() == 1


def test_no_cent_is_settled_twice_or_beyond_what_is_approved(race):  # W12
    claim = in_review(1000)
    decide_claim(claim, decisions=decisions(claim, 600), by=make.STAFF)
    fresh = lambda: WarrantyClaim.objects.get(pk=claim.pk)  # noqa: E731

    results = race(
        *[lambda: settle_claim(fresh(), method="credit", by=make.STAFF)] * 3,
        lambda: correct_decision(fresh(), amount=-200, text="less", by=make.STAFF),
        lambda: close_claim(fresh(), reason="enough", by=make.STAFF),
    )

    refusals(results)
    row = WarrantyClaim.objects.get()
    settled = ClaimEntry.objects.filter(kind="settlement")
    assert row.state == "closed"
    assert settled.count() <= 1
    assert sum(entry.amount for entry in settled) == row.settled <= row.approved


def test_an_appeal_and_a_settlement_do_not_both_happen(race):  # W11 W12
    by = make.dealer()
    claim = in_review(1000, by=by)
    decide_claim(claim, decisions=decisions(claim, 600), by=make.STAFF)
    fresh = lambda: WarrantyClaim.objects.get(pk=claim.pk)  # noqa: E731

    results = race(
        lambda: appeal(fresh(), text="more", by=by),
        lambda: settle_claim(fresh(), method="credit", by=make.STAFF),
    )

    assert sum(refusals(results).values()) == 1
    row = WarrantyClaim.objects.get()
    assert (row.state, row.settled) in (("in_review", 0), ("closed", 600))
