"""The courier: every event's reactions are done, once each, alone, and given up visibly."""

from datetime import timedelta
from typing import ClassVar

import pytest
from django.db import transaction

from claimdesk.kernel.actor import SYSTEM
from claimdesk.kernel.clock import now
from claimdesk.kernel.refused import Refused
from claimdesk.ledger.actions.timers import cancel_timer, set_timer
from claimdesk.ledger.courier.attempt import attempt, delay_after
from claimdesk.ledger.courier.expansion import expand
from claimdesk.ledger.courier.leases import claim, extend, release
from claimdesk.ledger.models import Delivery, Event, Timer
from claimdesk.ledger.record import record
from claimdesk.people.events import UserEnabled
from tests import make
from tests.work import work_off

pytestmark = pytest.mark.django_db
KEY = "account_claim/42"


class Done:
    """What the reactions and handlers below were asked to do."""

    events: ClassVar[list[int]] = []
    timers: ClassVar[list[str]] = []


def welcome(event: Event) -> str:
    Done.events.append(event.pk)
    return "welcomed"


def stumble(event: Event) -> None:
    raise OSError("the server is away")


def say_no(event: Event) -> None:
    raise Refused("already_done", "It is done already.")


def ring(timer: Timer) -> None:
    Done.timers.append(timer.subject)


def ring_again(timer: Timer) -> str:
    Done.timers.append(timer.subject)
    with transaction.atomic():
        set_timer(timer.kind, timer.subject, due_at=now() + timedelta(days=1))
    return "rang"


REACTIONS = {"user.enabled": (welcome,)}
TIMERS = {"bell": ring, "bells": ring_again}


@pytest.fixture(autouse=True)
def frame(settings, monkeypatch):
    settings.LEDGER_REACTIONS = f"{__name__}.REACTIONS"
    settings.LEDGER_TIMERS = f"{__name__}.TIMERS"
    monkeypatch.setattr(Done, "events", [])
    monkeypatch.setattr(Done, "timers", [])


def happen(*reactions, monkeypatch=None) -> Event:
    if reactions:
        monkeypatch.setitem(REACTIONS, "user.enabled", reactions)
    person = make.user()
    with transaction.atomic():
        return record(UserEnabled(user_id=person.pk, user=person.name), about=person, by=SYSTEM)


def test_an_event_becomes_one_delivery_for_each_reaction():
    event = happen()

    assert expand() == 1
    assert expand() == 0

    assert Delivery.objects.get().event_id == event.pk
    assert Event.objects.get(pk=event.pk).expanded_at


def test_an_event_without_reactions_is_done_with(monkeypatch):
    monkeypatch.delitem(REACTIONS, "user.enabled")
    happen()

    assert work_off() == []
    assert not Event.objects.filter(expanded_at=None).exists()


def test_a_delivery_is_done_once_and_says_what_came_of_it():
    event = happen()

    work_off()
    work_off()

    assert Done.events == [event.pk]
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.outcome, delivery.attempts) == ("done", "welcomed", 1)
    assert delivery.finished_at
    assert delivery.lease == ""


def test_a_reaction_that_fails_holds_no_other_up_and_is_tried_again_later(monkeypatch):
    event = happen(stumble, welcome, monkeypatch=monkeypatch)

    work_off(may_fail=True)

    assert Done.events == [event.pk]
    failed = Delivery.objects.get(state="due")
    assert failed.outcome == "OSError: the server is away"
    assert failed.due_at > now()
    assert failed.finished_at is None


def test_work_off_raises_what_a_reaction_raised(monkeypatch):
    happen(stumble, monkeypatch=monkeypatch)

    with pytest.raises(OSError, match="the server is away"):
        work_off()


def test_what_fails_time_and_again_is_given_up_and_says_why(monkeypatch):
    happen(stumble, monkeypatch=monkeypatch)
    expand()
    Delivery.objects.update(attempts=Delivery.MOST_ATTEMPTS - 1)

    work_off(may_fail=True)

    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.outcome) == ("given_up", "OSError: the server is away")
    assert delivery.finished_at


def test_what_kills_its_worker_each_time_is_given_up_untried():
    happen()
    expand()
    Delivery.objects.update(attempts=Delivery.MOST_ATTEMPTS)

    work_off()

    assert Done.events == []
    assert Delivery.objects.get().state == "given_up"


def test_a_refusal_is_final_and_no_failure(monkeypatch):
    happen(say_no, monkeypatch=monkeypatch)

    work_off()

    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.outcome) == ("canceled", "It is done already.")


def test_a_reaction_that_is_gone_after_an_upgrade_is_let_go(monkeypatch):
    happen()
    expand()
    monkeypatch.setitem(REACTIONS, "user.enabled", (stumble,))

    work_off()

    assert Delivery.objects.get().state == "canceled"


def test_delays_grow_to_hours_and_never_meet_exactly():
    first = {delay_after(1) for _ in range(20)}

    assert len(first) > 1
    assert max(first) <= timedelta(seconds=12)
    assert timedelta(hours=4) < delay_after(12) <= timedelta(hours=7.2)
    assert delay_after(3) > delay_after(2) > delay_after(1)


def test_what_one_holds_nobody_else_can_claim():
    happen()
    expand()
    held = claim(Delivery)

    assert held is not None
    assert claim(Delivery) is None


def test_what_a_dead_worker_held_is_taken_over_and_the_dead_has_no_say():
    happen()
    expand()
    dead = claim(Delivery)
    Delivery.objects.update(leased_until=now() - timedelta(seconds=1))

    heir = claim(Delivery)

    assert heir is not None
    assert heir.pk == dead.pk
    assert heir.attempts == 2
    assert not extend(dead)
    assert not release(dead, state="done")
    attempt(heir)
    assert Delivery.objects.get().state == "done"


def test_a_timer_rings_when_it_is_due_and_not_before():
    with transaction.atomic():
        set_timer("bell", KEY, due_at=now() + timedelta(hours=1))

    work_off()
    assert Done.timers == []
    Timer.objects.update(due_at=now())
    work_off()

    assert Done.timers == [KEY]
    assert Timer.objects.get().state == "done"


def test_a_timer_that_is_set_again_is_moved():
    with transaction.atomic():
        set_timer("bell", KEY, due_at=now())
        set_timer("bell", KEY, due_at=now() + timedelta(hours=1))

    work_off()

    assert Timer.objects.count() == 1
    assert Done.timers == []


def test_a_canceled_timer_does_not_ring():
    with transaction.atomic():
        set_timer("bell", KEY, due_at=now())
        assert cancel_timer("bell", KEY)
        assert not cancel_timer("bell", KEY)

    work_off()

    assert Done.timers == []


def test_a_handler_may_set_its_own_timer_again():
    with transaction.atomic():
        set_timer("bells", KEY, due_at=now() - timedelta(days=3))

    work_off()

    assert Done.timers == [KEY]
    timer = Timer.objects.get()
    assert timer.state == "due"
    assert timer.due_at > now()
    assert timer.lease == ""


def test_a_timer_of_an_unknown_kind_is_let_go():
    with transaction.atomic():
        set_timer("gone", KEY, due_at=now())

    work_off()

    assert Timer.objects.get().state == "canceled"


def test_nothing_is_recorded_or_set_outside_a_transaction(transactional_db):
    with pytest.raises(RuntimeError):
        set_timer("bell", KEY, due_at=now())

    assert not Timer.objects.exists()
