from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django import forms
from django.test import Client
from django.utils import timezone, translation

from claimdesk.kernel.clock import now
from claimdesk.kernel.dates import activate_date_format, day, instant
from claimdesk.web.pieces import age, badge, icon, shown
from claimdesk.web.templatetags.web import control, initials
from claimdesk.web.words import door_name, role_names
from tests import make

NEW_YEAR = datetime(2025, 12, 31, 23, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("ago", "words"),
    [
        (timedelta(seconds=5), "just now"),
        (timedelta(minutes=1), "1 minute"),
        (timedelta(minutes=59), "59 minutes"),
        (timedelta(hours=2), "2 hours"),
        (timedelta(days=3), "3 days"),
        (timedelta(days=-3), "just now"),
    ],
)
def test_ages_are_said_roughly(ago: timedelta, words: str):
    assert age(now() - ago) == words


def test_an_unknown_age_is_nothing():
    assert age(None) == ""


def test_instants_show_in_the_readers_zone_and_format():  # A85
    with timezone.override(ZoneInfo("Europe/Berlin")):
        activate_date_format("Y-m-d")
        chosen = instant(NEW_YEAR)
        activate_date_format("nonsense")
        usual = instant(NEW_YEAR)

    assert chosen == "2026-01-01, 00:30"
    assert usual == "1 Jan 2026, 00:30"


def test_days_do_not_move_with_the_zone():
    with timezone.override(ZoneInfo("America/New_York")), translation.override("en"):
        assert day(date(2025, 12, 31)) == "31 Dec 2025"


@pytest.mark.django_db
@pytest.mark.urls("tests.web.urls")
def test_a_users_own_zone_format_and_language_hold_on_pages(client: Client):  # A85
    client.force_login(make.staff(time_zone="Europe/Berlin", date_format="d.m.Y", language="de"))
    make.customer(first_activated_at=NEW_YEAR)

    html = client.get("/office/customers/").content.decode()

    assert "01.01.2026, 00:30" in html
    assert '<html lang="de"' in html
    assert timezone.get_current_timezone_name() == "UTC"


@pytest.mark.django_db
@pytest.mark.urls("tests.web.urls")
def test_an_unknown_zone_breaks_no_page(client: Client):
    client.force_login(make.staff(time_zone="Nowhere/../etc", language="xx"))

    assert client.get("/office/customers/").status_code == 200


def test_a_badge_always_says_its_state_in_words():  # A42
    assert 'data-state="pending">Pending</span>' in badge("pending")
    assert ">A&amp;B</span>" in badge("x", "A&B")


def test_cells_show_nothing_as_a_dash_and_truth_in_words():
    assert "–" in shown(None)
    assert shown(True) == "yes"
    assert shown(0) == 0
    assert "2025-12-31T23:30:00+00:00" in shown(NEW_YEAR)


def test_icons_are_decoration_unless_they_have_a_name():
    assert 'aria-hidden="true"' in icon("check")
    assert 'aria-label="&lt;b&gt;"' in icon("check", "<b>")


@pytest.mark.parametrize(
    ("name", "letters"), [("Ada Lovelace", "AL"), ("bolt", "B"), ("", "·"), ("(x) & Co", "C")]
)
def test_initials_are_two_at_most(name: str, letters: str):
    assert initials(name) == letters


def test_days_are_picked_not_typed():
    class DayForm(forms.Form):
        since = forms.DateField()

    with translation.override("de"):
        html = control(DayForm({"since": "03.04.2025"})["since"])

    assert 'type="date"' in html
    assert DayForm({"since": "2025-04-03"}).is_valid()
    assert 'value="2025-04-03"' in control(DayForm(initial={"since": date(2025, 4, 3)})["since"])


def test_ages_roles_and_doors_are_said_in_the_language_of_the_reader():
    with translation.override("de"):
        assert age(now() - timedelta(days=3)) == "3 Tage"
        assert role_names(["viewer", "buyer"]) == "Leserecht, Einkauf"
        assert door_name("command line") == "Befehlszeile"
