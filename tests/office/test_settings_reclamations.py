import pytest
from django.urls import reverse

from claimdesk.aftersales.models import ReclamationCause
from claimdesk.aftersales.queries.causes import causes
from claimdesk.company.queries.company import company
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(client):
    """A client signed in as an administrator."""
    client.force_login(make.staff())
    return client


def test_the_seller_switches_reclamations_off_and_on(office):  # R10
    url = reverse("office:settings_reclamations")

    office.post(url, {"claim_window_days": 14})
    off = company()
    office.post(url, {"claim_window_days": 14, "reclamations_on": "on", "customers_may_claim": "on"})
    on = company()

    assert (off.reclamations_on, off.customers_may_claim, off.claim_window_days) == (False, False, 14)
    assert (on.reclamations_on, on.customers_may_claim, on.claim_window_days) == (True, True, 14)


@pytest.mark.parametrize("days", ["", "0", "-1", "3651", "x"])
def test_a_window_that_makes_no_sense_is_not_saved(office, days: str):  # R9
    answer = office.post(reverse("office:settings_reclamations"), {"claim_window_days": days})

    assert answer.status_code == 422
    assert company().claim_window_days == 30


def test_a_cause_is_made_changed_and_moved(office):  # R1
    made = office.post(reverse("office:cause_new"), {"en": "smells", "de": "riecht"})
    cause = ReclamationCause.objects.get(names__en="smells")
    changed = office.post(reverse("office:cause_edit", args=[cause.pk]), {"en": "stinks", "is_active": "on"})
    moved = office.post(reverse("office:cause_place", args=[cause.pk]), {"direction": "up"})

    assert [answer.status_code for answer in (made, changed, moved)] == [303, 303, 303]
    assert [each.name for each in causes()][-2:] == ["stinks", "more parts needed"]
    assert "stinks" in office.get(reverse("office:settings_reclamations")).content.decode()


def test_a_cause_without_a_name_is_asked_again(office):  # R1
    answer = office.post(reverse("office:cause_new"), {"en": " "})

    assert answer.status_code == 422
    assert "Give the cause a name." in answer.content.decode()
