"""The last line of `make test` tells the truth."""

from collections import Counter
from pathlib import Path

import pytest

from scripts.test import Totals, count


@pytest.fixture(autouse=True)
def not_in_ci(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)


def test_a_clean_run_says_so():
    totals = Totals(counts=Counter(passed=3))

    assert (totals.last_line(), totals.exit_code()) == ("3 passed, 0 failed", 0)


def test_a_failure_shows_in_the_exit_code():
    assert Totals(counts=Counter(passed=3, failed=1)).exit_code() == 1


def test_a_run_without_tests_fails():
    assert Totals().exit_code() == 1


def test_a_run_that_broke_off_fails_though_no_test_did():
    totals = Totals(counts=Counter(passed=3), broken=["sqlite"])

    assert (totals.last_line(), totals.exit_code()) == ("3 passed, 0 failed; did not finish: sqlite", 1)


def test_parts_left_out_are_named_and_fail_only_in_ci(monkeypatch: pytest.MonkeyPatch):
    totals = Totals(counts=Counter(passed=3), left_out=["browser"])
    alone = totals.exit_code()

    monkeypatch.setenv("CI", "true")

    assert totals.last_line() == "3 passed, 0 failed; left out: browser"
    assert (alone, totals.exit_code()) == (0, 1)


def test_a_report_is_counted(tmp_path: Path):
    report = tmp_path / "report.xml"
    report.write_text(
        '<testsuites><testsuite tests="7" failures="1" errors="1" skipped="2"></testsuite></testsuites>'
    )

    assert count(report) == Counter(passed=3, failed=2, skipped=2)


def test_an_empty_report_counts_nothing(tmp_path: Path):
    report = tmp_path / "report.xml"
    report.touch()

    assert count(report) == Counter()
