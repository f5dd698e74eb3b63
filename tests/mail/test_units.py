"""Mails and lines under the bell about units that are handed on (U6)."""

import pytest

from claimdesk.conversations.models import OutgoingMail
from claimdesk.people.models import Notification
from claimdesk.warranty.actions.transfers import accept_transfer, ask_transfer, withdraw_transfer
from tests import make
from tests.work import work_off

pytestmark = pytest.mark.django_db


def test_who_is_asked_and_who_had_the_unit_are_told():  # U6
    make.company()
    here, there = make.membership(None, None, "service"), make.membership(None, None, "service")
    unit = make.unit(serial="H-1", dealer=here.customer)

    transfer = ask_transfer(unit, to=there.customer, note="as agreed", by=make.actor(here.user))
    work_off()
    accept_transfer(transfer, by=make.actor(there.user))
    work_off()

    asked = OutgoingMail.objects.get(key="unit_transfer_asked")
    accepted = OutgoingMail.objects.get(key="unit_transfer_accepted")
    assert (asked.to, accepted.to) == (there.user.email, here.user.email)
    assert "as agreed" in asked.text
    assert here.customer.name in asked.text
    assert there.customer.name in accepted.text
    assert set(Notification.objects.values_list("user", flat=True)) == {there.user.pk, here.user.pk}


def test_a_wish_taken_back_meanwhile_asks_nobody():  # U6
    make.company()
    here, there = make.membership(None, None, "service"), make.membership(None, None, "service")
    transfer = ask_transfer(make.unit(dealer=here.customer), to=there.customer, by=make.actor(here.user))
    withdraw_transfer(transfer, by=make.actor(here.user))

    work_off()

    assert not OutgoingMail.objects.exists()
