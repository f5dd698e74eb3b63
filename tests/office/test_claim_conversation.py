"""The two boxes of a claim's page in the office, and what the portal shows of what came out of them."""

import pytest
from django.urls import reverse

from claimdesk.conversations.models import Message, OutgoingMail
from claimdesk.people.models import User
from tests import make
from tests.doors.asking import OF_A_PAGE, asked

pytestmark = pytest.mark.django_db


def test_the_two_boxes_say_to_different_people(client):  # W8 E10
    dealer = make.dealer()
    claim = make.warranty_claim(5000, by=dealer)
    client.force_login(make.staff("service"))
    page, portal = reverse("office:warranty_claim", args=[claim.pk]), f"/warranty-claims/{claim.pk}/comments/"

    client.post(f"{page}comments/", {"body": "It is on its way."})
    client.post(f"{page}notes/", {"note-body": "Watch this dealer."})
    letter = {"to": "maker@parts.example", "cc": "", "subject": "Switch", "text": "Secret price"}
    client.post(f"{page}emails/", letter)

    assert f"{page}comments/" in client.get(page).content.decode()
    shown = client.get(f"{page}comments/").content.decode()
    assert all(words in shown for words in ("It is on its way.", "Watch this dealer.", "Secret price"))
    assert asked(client, f"{page}comments/") <= OF_A_PAGE
    assert Message.objects.filter(is_internal=True).count() == 1
    assert OutgoingMail.objects.filter(key="agent_email", customer_id=None).count() == 1
    client.force_login(User.objects.get(pk=dealer.id))
    told = client.get(portal).content.decode()
    assert "It is on its way." in told
    assert "Watch this dealer." not in told
    assert "Secret price" not in told
    assert "Internal" not in told
