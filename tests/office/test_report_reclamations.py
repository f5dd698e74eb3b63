from datetime import UTC, date, datetime

import pytest
from django.urls import reverse
from django.utils.html import escape

from claimdesk.aftersales.models import Reclamation
from claimdesk.aftersales.queries.causes import offered_causes
from claimdesk.aftersales.queries.causes_report import causes_over_time, months_between
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(client):
    """A client signed in as somebody of service."""
    client.force_login(make.staff("service"))
    return client


def opened(day: datetime, place: int) -> Reclamation:
    """A reclamation of that day, for the cause at that place."""
    reclamation = make.reclamation(cause=offered_causes()[place])
    Reclamation.objects.filter(pk=reclamation.pk).update(opened_at=day)
    return reclamation


def test_causes_are_counted_month_by_month_the_most_frequent_first():  # R1
    for month, place in ((1, 0), (1, 2), (3, 2), (3, 2)):
        opened(datetime(2026, month, 31, 22, tzinfo=UTC), place)
    opened(datetime(2025, 12, 31, tzinfo=UTC), 1)

    found = causes_over_time(make.STAFF, date(2026, 1, 1), date(2026, 3, 31))

    assert [(each.cause.name, each.counts) for each in found] == [
        ("faulty", [1, 0, 2]),
        ("does not fit", [1, 0, 0]),
    ]


def test_months_begin_and_end_with_the_days_asked_for():  # R1
    assert months_between(date(2025, 11, 30), date(2026, 2, 1)) == [
        date(2025, 11, 1),
        date(2025, 12, 1),
        date(2026, 1, 1),
        date(2026, 2, 1),
    ]


def test_every_bar_leads_to_its_rows(office):  # R1
    march, january = (
        opened(datetime(2026, 3, 5, 12, tzinfo=UTC), 2),
        opened(datetime(2026, 1, 5, 12, tzinfo=UTC), 2),
    )
    cause = march.cause_id

    page = office.get(
        reverse("office:report_reclamations"), {"first": "2026-01-01", "last": "2026-03-31"}
    ).content.decode()
    url = f"{reverse('office:reclamations')}?cause={cause}&since=2026-03-01&until=2026-03-31"
    rows = office.get(url).content.decode()

    assert escape(url) in page
    assert march.number in rows
    assert january.number not in rows


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("2026-03-01", "2026-01-01"),
        ("x", "2026-01-01"),
        ("1999-01-01", "2026-01-01"),
        ("2015-01-01", "2026-01-01"),
    ],
)
def test_days_that_make_no_sense_are_asked_again(office, first: str, last: str):  # R1
    answer = office.get(reverse("office:report_reclamations"), {"first": first, "last": last})

    assert answer.status_code == 422


def test_limited_staff_count_their_own_customers_only(client):  # R1
    person = make.staff("service", only_own_customers=True)
    client.force_login(person)
    make.reclamation(make.order(make.customer(representative=person)))
    make.reclamation()

    page = client.get(reverse("office:report_reclamations")).content.decode()

    assert "1 reclamation <" in page
