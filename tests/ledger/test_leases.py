"""Leases under rivalry: threads that race, and histories that hypothesis thinks of."""

import time
from datetime import timedelta

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claimdesk.kernel.actor import SYSTEM
from claimdesk.kernel.clock import now
from claimdesk.ledger.actions.timers import set_timer
from claimdesk.ledger.courier.expansion import expand
from claimdesk.ledger.courier.leases import claim, extend, release
from claimdesk.ledger.courier.waking import Ear
from claimdesk.ledger.models import Delivery, Event, Timer
from claimdesk.ledger.record import record
from claimdesk.people.events import UserEnabled
from tests import make

WORKERS = st.integers(0, 2)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("claim"), WORKERS),
        st.tuples(st.just("extend"), WORKERS),
        st.tuples(st.just("finish"), WORKERS),
        st.tuples(st.just("put back"), WORKERS),
        st.tuples(st.just("time passes"), st.just(0)),
        st.tuples(st.just("set anew"), st.just(0)),
    ),
    max_size=25,
)


def enable_somebody() -> Event:
    person = make.user()
    with transaction.atomic():
        return record(UserEnabled(user_id=person.pk, user=person.name), about=person, by=SYSTEM)


def welcome(event: Event) -> None:
    """Nothing; expansion alone is under test."""


REACTIONS = {"user.enabled": (welcome,)}


@pytest.mark.race
def test_of_rivals_for_one_row_one_gets_it(race):
    Timer.objects.create(kind="bell", subject="customer/1")

    claimed = race(*[lambda: claim(Timer)] * 5)

    assert [row for row in claimed if isinstance(row, Exception)] == []
    assert len([row for row in claimed if row]) == 1
    assert Timer.objects.get().attempts == 1


@pytest.mark.race
def test_rivals_for_many_rows_never_get_the_same(race):
    Timer.objects.bulk_create([Timer(kind="bell", subject=f"customer/{n}") for n in range(40)])

    def claim_all() -> list[int]:
        taken = []
        while row := claim(Timer):
            taken.append(row.pk)
        return taken

    batches = race(*[claim_all] * 4)

    taken = [key for batch in batches for key in batch]
    assert len(taken) == len(set(taken))
    assert set(taken) | set(Timer.objects.filter(lease="").values_list("pk", flat=True)) == set(
        Timer.objects.values_list("pk", flat=True)
    )


@pytest.mark.race
def test_rivals_that_expand_make_each_delivery_once(race, settings):
    settings.LEDGER_REACTIONS = f"{__name__}.REACTIONS"
    for _ in range(10):
        enable_somebody()

    outcomes = race(*[expand] * 4)

    assert sum(outcomes) == 10
    assert Delivery.objects.count() == 10
    assert expand() == 0


@pytest.mark.race
def test_an_idle_worker_hears_of_a_commit_at_once(race):
    ear = Ear()
    ear.wait(0)

    def listen() -> float:
        began = time.monotonic()
        ear.connection.inc_thread_sharing()
        ear.wait(60)
        return time.monotonic() - began

    heard_after, event = race(listen, enable_somebody)

    ear.close()
    assert isinstance(event, Event)
    assert heard_after < 30


@pytest.mark.django_db
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_whatever_happens_only_the_last_holder_has_a_say(steps):
    """A row has one holder at a time; an earlier one can neither extend, finish nor put it back."""
    Timer.objects.all().delete()
    Timer.objects.create(kind="bell", subject="customer/1")
    hands: dict[int, Timer] = {}
    holder: int | None = None
    is_expired = False
    for step, worker in steps:
        row = Timer.objects.get()
        if step == "claim":
            taken = claim(Timer)
            assert bool(taken) == (row.state == "due" and (holder is None or is_expired))
            if taken:
                hands[worker], holder, is_expired = taken, worker, False
        elif step == "time passes" and holder is not None:
            Timer.objects.update(leased_until=now() - timedelta(seconds=1))
            is_expired = True
        elif step == "set anew" and row.state == "due":
            with transaction.atomic():
                set_timer("bell", "customer/1", due_at=now())
            hands, holder = {}, None
        elif step in ("extend", "finish", "put back") and worker in hands:
            held = hands[worker]
            deed = {"extend": {}, "finish": {"state": "done"}, "put back": {"outcome": "later"}}[step]
            had_a_say = extend(held) if step == "extend" else release(held, **deed)
            assert had_a_say == (worker == holder and held.lease == row.lease != "")
            is_expired = is_expired and not had_a_say
            if had_a_say and step != "extend":
                holder = None
    assert connection.in_atomic_block
