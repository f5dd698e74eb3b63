"""The waiting page's thread: the applicant reads what staff ask, and answers."""

import pytest

from claimdesk.access.actions.account_claim_questions import ask_claimant
from claimdesk.conversations.actions.writing import write_message
from claimdesk.conversations.models import Message
from tests import make

pytestmark = pytest.mark.django_db


def test_the_applicant_reads_the_question_and_answers_it(client):  # A46 A56
    claim = make.account_claim()
    ask_claimant(claim, body="Which branch do you work at?", by=make.STAFF)
    client.force_login(claim.user)

    page = client.get("/waiting/").content.decode()
    client.post("/waiting/answer/", {"claim": claim.pk, "body": "Leeds"})

    claim.refresh_from_db()
    assert "Which branch do you work at?" in page
    assert "Sam Staff" not in page
    assert claim.awaiting == "staff"
    assert Message.objects.latest("pk").body == "Leeds"
    assert "Leeds" in client.get("/waiting/").content.decode()


def test_internal_messages_are_not_for_the_applicant(client):  # A48
    claim = make.account_claim()
    write_message(claim, body="Sounds odd", is_internal=True, by=make.STAFF)
    client.force_login(claim.user)

    assert "Sounds odd" not in client.get("/waiting/").content.decode()


def test_nobody_answers_for_another(client):  # A46
    claim = make.account_claim()
    ask_claimant(claim, body="Which branch?", by=make.STAFF)
    client.force_login(make.user())

    answer = client.post("/waiting/answer/", {"claim": claim.pk, "body": "It was me"})

    assert answer.status_code == 404
    assert Message.objects.count() == 1


@pytest.mark.parametrize("key", ["", "x", "0", "999999"])
def test_nonsense_is_not_found(client, key):  # A46
    client.force_login(make.account_claim().user)

    assert client.post("/waiting/answer/", {"claim": key, "body": "Hello"}).status_code == 404
