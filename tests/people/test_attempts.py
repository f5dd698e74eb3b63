from dataclasses import replace
from datetime import timedelta

import pytest

from claimdesk.kernel.actor import VISITOR
from claimdesk.kernel.clock import now
from claimdesk.ledger.models import Event
from claimdesk.people.actions.attempts import SIGN_IN, Limit, give_attempt_back, take_attempt
from claimdesk.people.models import AttemptCounter

pytestmark = pytest.mark.django_db
MANY = Limit(1000, timedelta(hours=1), timedelta(hours=1))
FEW = Limit(3, timedelta(hours=1), timedelta(minutes=10))
BY_ACCOUNT = replace(SIGN_IN, by_account=FEW, by_address=MANY, overall=MANY)
BY_ADDRESS = replace(SIGN_IN, by_account=MANY, by_address=FEW, overall=MANY)
OVERALL = replace(SIGN_IN, by_account=MANY, by_address=MANY, overall=FEW)


def attempt(guard, account="a", address="192.0.2.1"):
    return take_attempt(guard, account=account, address=address, by=VISITOR)


@pytest.mark.parametrize(
    ("guard", "others"),
    [
        (BY_ACCOUNT, [{"address": f"192.0.2.{n}"} for n in range(4)]),
        (BY_ADDRESS, [{"account": str(n)} for n in range(4)]),
        (OVERALL, [{"account": str(n), "address": f"192.0.2.{n}"} for n in range(4)]),
    ],
    ids=["account", "address", "overall"],
)
def test_attempts_are_limited_by_account_by_address_and_overall(guard, others):  # A22
    outcomes = [attempt(guard, **other) for other in others]

    assert outcomes == [True, True, True, False]
    assert Event.objects.filter(kind="attempts.locked").count() == 1


def test_a_lock_tells_staff_once_and_cools_down():  # A22
    for _ in range(6):
        last = attempt(BY_ACCOUNT)
    assert not last
    assert Event.objects.filter(kind="attempts.locked").count() == 1

    AttemptCounter.objects.filter(locked_until__gt=now()).update(locked_until=now() - timedelta(seconds=1))

    assert attempt(BY_ACCOUNT)


def test_another_account_is_not_locked_with_the_first():  # A22
    for _ in range(4):
        attempt(BY_ACCOUNT)

    assert attempt(BY_ACCOUNT, account="b", address="192.0.2.9")


def test_what_succeeds_is_given_back():  # A22
    for _ in range(10):
        assert attempt(BY_ACCOUNT)
        give_attempt_back(BY_ACCOUNT, account="a", address="192.0.2.1", by=VISITOR)


def test_addresses_of_one_ipv6_network_count_as_one():  # A22
    outcomes = [attempt(BY_ADDRESS, account=str(n), address=f"2001:db8::{n}") for n in range(4)]

    assert outcomes == [True, True, True, False]


def test_what_people_type_is_not_kept_in_the_clear():  # A18
    attempt(BY_ACCOUNT, account="my password in the wrong field")

    assert not AttemptCounter.objects.filter(key__contains="password").exists()


@pytest.mark.race
def test_rivals_cannot_slip_past_the_limit(race):  # A22
    outcomes = race(*[lambda: attempt(BY_ACCOUNT)] * 8)

    assert outcomes.count(True) == 3
    assert outcomes.count(False) == 5
