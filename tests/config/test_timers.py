from datetime import timedelta

import pytest

from claimdesk.config.timers import RARITY, start_daily_timers
from claimdesk.customers.models import MatchRarity
from claimdesk.kernel.clock import now
from claimdesk.ledger.models import Timer
from tests.work import work_off

pytestmark = pytest.mark.django_db


def test_words_are_counted_every_day_however_many_workers_start():  # A30
    start_daily_timers()
    start_daily_timers()

    work_off()

    assert MatchRarity.objects.exists()
    due = Timer.objects.get(kind=RARITY, state=Timer.State.DUE)
    assert due.due_at > now() + timedelta(hours=23)
