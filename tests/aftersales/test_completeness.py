"""What a warranty claim still lacks before it can be submitted (W4)."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from claimdesk.aftersales.claiming import JobDraft, LineDraft
from claimdesk.aftersales.completeness import MAY_BE_REQUIRED, Filled, checklist, is_complete

TODAY = date(2026, 3, 1)
JOB = JobDraft(failed_on=date(2026, 2, 1), complaint="does not start")
BARE = Filled(serial="X-1", invoice_number="", jobs=[JOB])


def lacking(draft: Filled, *required: str, filing_days: int = 0) -> list[tuple[str, str]]:
    checks = checklist(draft, required=required, filing_days=filing_days, today=TODAY)
    assert is_complete(checks) == all(check.is_done for check in checks)
    return [(check.code, check.field) for check in checks if not check.is_done]


def test_at_first_only_serial_number_complaint_and_failure_date_are_required():  # W4
    assert lacking(BARE) == []
    assert lacking(Filled(serial=" ", invoice_number="", jobs=[])) == [
        ("serial", "serial"),
        ("failed_on", "jobs.0.failed_on"),
        ("complaint", "jobs.0.complaint"),
    ]


def test_every_job_is_looked_at():  # W4
    second = replace(JOB, complaint="  ", failed_on=date(2026, 3, 2))

    assert lacking(replace(BARE, jobs=[JOB, second])) == [
        ("complaint", "jobs.1.complaint"),
        ("failed_in_future", "jobs.1.failed_on"),
    ]
    assert lacking(replace(BARE, jobs=[replace(JOB, failed_on=TODAY)])) == []


def test_quantities_are_more_than_nothing_and_labour_takes_minutes():  # W4
    good = LineDraft("part", quantity=Decimal("0.5"))
    for wrong in (
        LineDraft("part", quantity=Decimal(0)),
        LineDraft("part", quantity=Decimal(-1)),
        LineDraft("labour"),
    ):
        job = replace(JOB, lines=(good, wrong))
        assert lacking(replace(BARE, jobs=[job])) == [("quantities", "jobs.0.lines.1.quantity")]


def test_a_seller_may_ask_for_more():  # W4
    slow = replace(JOB, lines=(LineDraft("labour", minutes=90),))
    draft = replace(BARE, jobs=[slow], slow={(0, 0)})

    assert lacking(draft, *MAY_BE_REQUIRED, filing_days=27) == [
        ("invoice", "invoice_number"),
        ("photo", "files"),
        ("causal_part", "jobs.0.causal_part"),
        ("explanation", "jobs.0.lines.0.explanation"),
        ("in_time", "jobs.0.failed_on"),
    ]
    explained = replace(
        slow, causal_part="T-1", lines=(LineDraft("labour", minutes=90, explanation="rusty"),)
    )
    full = replace(draft, jobs=[explained], invoice_number="R-1", has_photo=True)
    assert lacking(full, *MAY_BE_REQUIRED, filing_days=28) == []
