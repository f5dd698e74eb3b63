"""Killed between an item's change of state and what follows: all of it is on file, or nothing (O13)."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from claimdesk.ledger.models import Event, Timer
from claimdesk.orders.models import Allotment, Order, OrderItem
from tests import make, processes

pytestmark = [pytest.mark.courier, pytest.mark.django_db(transaction=True)]
HOUSE = Path(__file__).resolve().parents[2]
MOST_WRITES = 20


def trigger_and_die(item: OrderItem, event: str, write: int) -> int:
    """Have another process trigger the event and kill itself before that write; return its exit code."""
    environment = {
        "DJANGO_SETTINGS_MODULE": "claimdesk.config.settings_test",
        "CLAIMDESK_TEST_DATABASE_URL": processes.database_url(),
    }
    command = [sys.executable, "-m", "tests.orders.killed_between", str(item.pk), event, str(write)]
    return subprocess.run(command, cwd=HOUSE, env={**os.environ, **environment}, timeout=120).returncode


def on_file() -> tuple:
    return (
        list(OrderItem.objects.values_list("state", "version")),
        list(Order.objects.values_list("state", flat=True)),
        list(Allotment.objects.values_list("canceled", flat=True)),
        Event.objects.filter(kind="order.items_moved").count(),
        list(Timer.objects.values_list("state", flat=True)),
    )


@pytest.mark.parametrize(
    ("begin", "event", "end"),
    [
        ("shipped", "deliver", ([("delivered", 2)], ["delivered"], [0], 1, ["due"])),
        ("new", "confirm", ([("exported", 3)], ["exported"], [0], 2, [])),
        ("new", "cancel", ([("canceled", 2)], ["canceled"], [1], 1, [])),
    ],
)
def test_a_process_killed_at_any_write_leaves_all_or_nothing(begin, event, end):  # O13
    make.order(state=begin)
    item = OrderItem.objects.get()
    before = on_file()
    kills = 0

    for write in range(MOST_WRITES):
        code = trigger_and_die(item, event, write)
        if code == 0:
            break
        kills += 1
        assert code == -signal.SIGKILL
        assert on_file() == before

    assert kills >= 3
    assert on_file() == end
