"""Warranty claims from draft to submission."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from claimdesk.aftersales.actions.warranty_claims.drafts import (
    delete_draft,
    save_draft,
    start_claim,
    submit_claim,
    withdraw_claim,
)
from claimdesk.aftersales.actions.warranty_claims.review import close_claim, take_claim
from claimdesk.aftersales.models import ClaimJob, ClaimLine, WarrantyClaim
from claimdesk.aftersales.queries.claim_checks import checklist_of
from claimdesk.aftersales.queries.warranty_claims import alike, warranty_claims
from claimdesk.customers.models import Customer
from claimdesk.kernel.actor import SYSTEM
from claimdesk.kernel.clock import clock_at, now, today
from claimdesk.kernel.refused import NotAllowed
from claimdesk.ledger.models import Event
from claimdesk.warranty.models import LabourRate, Operation, OperationTime, Part, PartPrice
from tests import make
from tests.refusals import refused

pytestmark = pytest.mark.django_db


def customer_of(by) -> Customer:
    return Customer.objects.get(pk=by.customer_id)


def kinds() -> list[str]:
    """What happened to claims, in order."""
    return list(
        Event.objects.filter(kind__startswith="warranty_claim.").order_by("id").values_list("kind", flat=True)
    )


def tables() -> None:
    """A part and an operation, dearer and slower from March on, and a rate."""
    part = Part.objects.create(number="T-1", name="Switch")
    work = Operation.objects.create(number="L-1", name="Change the switch")
    for day, amount, minutes in ((date(2026, 1, 1), 1000, 60), (date(2026, 3, 1), 1200, 90)):
        PartPrice.objects.create(part=part, currency="EUR", amount=amount, from_on=day)
        OperationTime.objects.create(operation=work, minutes=minutes, from_on=day)
    LabourRate.objects.create(currency="EUR", amount=6000, from_on=date(2020, 1, 1))


def test_a_claim_begins_as_a_draft_of_the_signed_in_customer_that_staff_do_not_see():  # W2
    by = make.dealer()

    claim = start_claim(customer_of(by), key="k", by=by)
    again = start_claim(customer_of(by), key="k", by=by)

    assert (claim.state, claim.customer_id, claim.created_by_name) == ("draft", by.customer_id, by.name)
    assert again == claim
    assert list(warranty_claims(by)) == [claim]
    assert not warranty_claims(make.STAFF).exists()
    assert kinds() == ["warranty_claim.drafted"]


def test_nobody_begins_a_claim_for_another_customer_or_without_the_role():  # W2
    other = make.customer()

    for by in (make.dealer(), make.dealer(other, "buyer")):
        with pytest.raises(NotAllowed):
            start_claim(other, by=by)

    assert not WarrantyClaim.objects.exists()


def test_a_draft_is_saved_with_jobs_and_amounts_of_the_tables_of_their_day():  # W2 W5
    tables()
    by = make.dealer()
    claim = start_claim(customer_of(by), by=by)
    lines = (
        make.part_line(None, quantity=Decimal(2)),
        make.part_line(None, kind="labour", number="l 1", minutes=90),
    )
    jobs = [make.job(failed_on=day, lines=lines) for day in (date(2026, 2, 28), date(2026, 3, 1))]

    claim = save_draft(claim, version=0, jobs=jobs, serial=" AB-1 ", by=by)

    rows = ClaimLine.objects.order_by("job__position", "position")
    assert [(row.claimed, row.allowed, row.allowed_minutes) for row in rows] == [
        (2000, 2000, None),
        (9000, 6000, 60),
        (2400, 2400, None),
        (9000, 9000, 90),
    ]
    assert (claim.claimed, claim.allowed, claim.draft_version) == (22400, 19400, 1)
    assert (claim.serial, claim.serial_folded, claim.failed_on) == ("AB-1", "ab1", date(2026, 2, 28))
    assert rows[0].part.number == "T-1"


def test_the_second_of_two_who_edit_a_draft_learns_of_the_firsts_change():  # W14
    one, claim = make.dealer(), None
    customer = customer_of(one)
    other = make.dealer(customer)
    claim = make.draft_claim(by=one)
    save_draft(claim, version=1, serial="FIRST", by=one)

    assert refused(save_draft, claim, version=1, serial="SECOND", jobs=[], by=other) == "draft_changed"
    claim.refresh_from_db()
    assert (claim.serial, claim.draft_version, ClaimJob.objects.count()) == ("FIRST", 2, 1)
    save_draft(claim, version=2, serial="SECOND", by=other)


def test_a_submitted_claim_bears_a_number_and_the_answer_about_cover_of_that_day():  # W3 W4
    policy = make.policy(name="Two years")
    by = make.dealer()
    unit = make.unit(dealer=customer_of(by), serial="AB-1", delivered_on=today() - timedelta(30))
    claim = make.draft_claim(by=by, serial="ab 1")

    submit_claim(claim, by=by)
    policy.delete()

    claim.refresh_from_db()
    assert (claim.state, claim.number, claim.awaited) == ("submitted", "W-10001", "us")
    assert (claim.unit, claim.verdict, claim.coverage["policy"]) == (unit, "covered", "Two years")
    assert kinds()[-1] == "warranty_claim.submitted"
    assert list(warranty_claims(make.STAFF)) == [claim]


def test_an_unknown_serial_number_blocks_neither_saving_nor_submitting():  # W3
    claim = make.warranty_claim()

    assert (claim.unit_id, claim.verdict) == (None, "unknown_serial")


def test_prices_of_a_submitted_claim_stay_whatever_the_tables_say_later():  # W5
    tables()
    by = make.dealer()
    line = make.part_line(None)
    claim = make.draft_claim(by=by, jobs=[make.job(failed_on=date(2026, 3, 2), lines=(line,))])
    PartPrice.objects.filter(from_on=date(2026, 3, 1)).update(amount=1300)

    submit_claim(claim, by=by)
    PartPrice.objects.all().delete()

    assert ClaimLine.objects.get().claimed == claim.claimed == 1300


def test_what_lacks_keeps_a_claim_a_draft():  # W4
    by = make.dealer()
    tomorrow = replace(make.job(), failed_on=today() + timedelta(1))
    for draft in (
        make.draft_claim(by=by, serial=""),
        make.draft_claim(by=by, jobs=[]),
        make.draft_claim(by=by, jobs=[tomorrow]),
        make.draft_claim(by=by, jobs=[make.job(lines=(make.part_line(quantity=Decimal(0)),))]),
    ):
        assert refused(submit_claim, draft, by=by) in ("incomplete",)
        draft.refresh_from_db()
        assert (draft.state, draft.number) == ("draft", "")


def test_a_type_of_claim_may_ask_for_more():  # W4
    make.company(
        warranty_claim_types=[{"key": "strict", "names": {"en": "Strict"}, "required": ["invoice", "photo"]}]
    )
    by = make.dealer()
    claim = make.draft_claim(by=by, claim_type="strict")

    assert [check.code for check in checklist_of(claim) if not check.is_done] == ["invoice", "photo"]
    assert refused(submit_claim, claim, by=by) == "incomplete"
    assert refused(save_draft, claim, version=1, claim_type="none", by=by) == "unknown_claim_type"


def test_submitting_twice_is_submitting_once():  # W4
    by = make.dealer()
    claim = make.draft_claim(by=by)

    first, again = submit_claim(claim, key="k", by=by), submit_claim(claim, key="k", by=by)

    assert first.number == again.number
    assert refused(submit_claim, claim, key="other", by=by) == "warranty_claim_moved"
    assert kinds().count("warranty_claim.submitted") == 1


def test_a_deleted_draft_leaves_its_trace_and_what_was_submitted_stays():  # W2
    by = make.dealer()
    draft, claim = make.draft_claim(by=by), make.warranty_claim(1000, by=by)

    delete_draft(draft, by=by)

    assert refused(delete_draft, claim, by=by) == "not_a_draft"
    assert list(WarrantyClaim.objects.all()) == [claim]
    assert Event.objects.filter(kind="warranty_claim.draft_deleted").count() == 1


def test_a_claim_is_withdrawn_until_its_review_begins():  # W16
    by = make.dealer()
    one, other = make.warranty_claim(by=by), make.warranty_claim(by=by)
    take_claim(other, by=make.STAFF)

    withdraw_claim(one, by=by)

    assert (one.state, one.closing) == ("closed", "withdrawn")
    assert refused(withdraw_claim, other, by=by) == "warranty_claim_moved"
    assert refused(withdraw_claim, one, by=by) == "warranty_claim_closed"


def test_another_customers_claim_is_not_there():  # W6
    claim, stranger = make.draft_claim(), make.dealer()

    for deed in (
        lambda: save_draft(claim, version=1, serial="MINE", by=stranger),
        lambda: submit_claim(claim, by=stranger),
        lambda: delete_draft(claim, by=stranger),
    ):
        with pytest.raises(NotAllowed):
            deed()

    assert not warranty_claims(stranger).exists()
    assert WarrantyClaim.objects.get().state == "draft"


def test_the_same_part_of_the_same_unit_and_the_same_invoice_are_found():  # W4
    by = make.dealer()
    job = make.job(causal_part="T-1")
    one = submit_claim(make.draft_claim(by=by, serial="AB-1", jobs=[job], invoice_number="R 7"), by=by)
    part = submit_claim(make.draft_claim(by=by, serial="ab1", jobs=[job]), by=by)
    invoice = submit_claim(make.draft_claim(by=by, invoice_number="r-7"), by=by)
    make.warranty_claim()

    assert alike(one) == {invoice: ["same_invoice"], part: ["same_part"]}
    assert alike(part) == {one: ["same_part"]}


def test_a_closed_claim_can_be_followed_up_by_one_that_links_back():  # W11
    by = make.dealer()
    claim = make.warranty_claim(by=by)
    customer = customer_of(by)
    assert refused(start_claim, customer, follows=claim, by=by) == "not_closed"
    close_claim(claim, reason="not ours", by=make.STAFF)

    successor = start_claim(customer, follows=claim, by=by)

    assert (successor.follows, successor.serial, successor.state) == (claim, claim.serial, "draft")
    assert refused(start_claim, make.customer(), follows=claim, by=SYSTEM) == "not_closed"


def test_a_seller_may_switch_warranty_claims_off():  # W1
    by = make.dealer()
    draft = make.draft_claim(by=by)
    make.company(warranty_claims_on=False)

    assert refused(start_claim, customer_of(by), by=by) == "warranty_claims_off"
    assert refused(submit_claim, draft, by=by) == "warranty_claims_off"


def test_a_failure_is_claimed_within_the_sellers_days():  # W4
    make.company(
        warranty_filing_days=10,
        warranty_claim_types=[{"key": "standard", "names": {"en": "Repair"}, "required": ["in_time"]}],
    )
    by = make.dealer()
    claim = make.draft_claim(by=by)

    with clock_at(now() + timedelta(days=10)):
        assert refused(submit_claim, claim, by=by) == "incomplete"
    submit_claim(claim, by=by)
