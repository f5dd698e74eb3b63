"""Two workers that write the mail of one event at the same moment write one."""

import pytest

from claimdesk.conversations.models import OutgoingMail
from claimdesk.ledger.models import Event
from claimdesk.mail.compose import post

NEWS = {"user": "Ada", "account": "Fischer Wood", "sign_in": "https://desk.example.com/sign-in/"}


@pytest.mark.race
def test_rivals_make_one_mail_of_one_event(race):  # A48 A52
    event = Event.objects.create(
        kind="customer.activated", subject="customer/1", actor_kind="staff", door="office"
    )

    def write():
        return post("account_enabled", event=event, to="ada@example.com", context=NEWS).pk

    written = race(write, write, write)

    assert set(written) == {OutgoingMail.objects.get().pk}
