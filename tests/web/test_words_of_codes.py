"""What came along in English is read in the reader's language; what the seller wrote stays as he wrote it."""

import pytest
from django.test import Client
from django.utils.translation import override

from claimdesk.office.account_claims import checklist_of
from claimdesk.people.models import StaffRole
from claimdesk.web.templatetags.web import capped
from tests import make

pytestmark = pytest.mark.django_db


def test_built_in_roles_are_named_in_the_reader_s_language():
    role = StaffRole(key="sales", name="Sales")

    with override("de"):
        assert role.label == "Vertrieb"
    role.name = "Field force"
    with override("de"):
        assert role.label == "Field force"


def test_lines_of_the_checklist_that_came_along_are_translated():  # A57
    claim = make.account_claim()
    lines = ["The e-mail domain fits the company", "Ask Bob"]

    with override("de"):
        words = [item["words"] for item in checklist_of(claim, lines)]

    assert words[0] != lines[0]
    assert words[1] == "Ask Bob"


def test_counts_past_a_thousand_are_written_as_the_language_does():
    assert capped(1001) == "1,000+"
    with override("de"):
        assert capped(1001) == "1.000+"
        assert capped(999) == "999"


def test_staff_who_see_only_their_customers_find_no_import():  # A87
    client = Client()
    client.force_login(make.staff(only_own_customers=True))

    page = client.get("/office/")

    assert "/office/import/" not in page.content.decode()
    assert client.get("/office/import/").status_code == 403
