"""Attempts at what is guarded: counted in the database, so that all processes count together.

Each attempt counts against the account that it aims at, the address that it comes from, and all attempts.
It is taken before the deed and given back when the deed succeeds, so that rivals cannot slip past.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Greatest
from django.utils.crypto import salted_hmac

from claimdesk.kernel.actor import Actor
from claimdesk.kernel.client_address import counted_address
from claimdesk.kernel.clock import now
from claimdesk.ledger.record import record
from claimdesk.people.events import AttemptsLocked
from claimdesk.people.models import AttemptCounter


@dataclass(frozen=True, slots=True)
class Limit:
    """How many attempts in `window` before a lock, which cools down after `lock`."""

    attempts: int
    window: timedelta
    lock: timedelta


@dataclass(frozen=True, slots=True)
class Guard:
    """What is guarded, and its limits by account, by address and overall."""

    name: str
    by_account: Limit
    by_address: Limit
    overall: Limit


_COUNT = """
INSERT INTO people_attemptcounter AS counted (key, count, window_started_at) VALUES {rows}
ON CONFLICT (key) DO UPDATE SET count = counted.count + 1
RETURNING id, key, count, window_started_at, locked_until
"""
_QUARTER, _HOUR = timedelta(minutes=15), timedelta(hours=1)
SIGN_IN = Guard(
    "sign_in",
    by_account=Limit(10, _QUARTER, _QUARTER),
    by_address=Limit(50, _QUARTER, _QUARTER),
    overall=Limit(5000, _QUARTER, timedelta(minutes=1)),
)
SECOND_FACTOR = Guard(
    "second_factor",
    by_account=Limit(5, _QUARTER, _QUARTER),
    by_address=Limit(50, _QUARTER, _QUARTER),
    overall=Limit(5000, _QUARTER, timedelta(minutes=1)),
)
REGISTER = Guard(
    "register",
    by_account=Limit(5, _HOUR, _HOUR),
    by_address=Limit(30, _HOUR, _HOUR),
    overall=Limit(3000, _HOUR, timedelta(minutes=5)),
)
CODE = Guard(
    "code",
    by_account=Limit(20, _HOUR, _HOUR),
    by_address=Limit(60, _HOUR, _HOUR),
    overall=Limit(5000, _HOUR, timedelta(minutes=5)),
)
PASSWORD_RESET = Guard(
    "password_reset",
    by_account=Limit(3, _HOUR, _HOUR),
    by_address=Limit(20, _HOUR, _HOUR),
    overall=Limit(2000, _HOUR, timedelta(minutes=5)),
)
# Invoice numbers can be guessed and postcodes are public (A22): few attempts, long locks.
VERIFICATION = Guard(
    "verification",
    by_account=Limit(5, _HOUR, _HOUR),
    by_address=Limit(10, _HOUR, _HOUR),
    overall=Limit(300, _HOUR, _QUARTER),
)
# Serial numbers run in rows (U2): enough tries for a workshop's day, none for going through them all.
SERIAL_CHECK = Guard(
    "serial_check",
    by_account=Limit(200, _HOUR, _QUARTER),
    by_address=Limit(600, _HOUR, _QUARTER),
    overall=Limit(20_000, _HOUR, timedelta(minutes=5)),
)

# Serial numbers run on: whoever looks up others' units may not walk through them.
UNIT_LOOKUP = Guard(
    "unit_lookup",
    by_account=Limit(60, _HOUR, _HOUR),
    by_address=Limit(120, _HOUR, _HOUR),
    overall=Limit(20_000, _HOUR, timedelta(minutes=5)),
)
UNIT_TRANSFER = Guard(
    "unit_transfer",
    by_account=Limit(10, _HOUR, _HOUR),
    by_address=Limit(20, _HOUR, _HOUR),
    overall=Limit(1000, _HOUR, timedelta(minutes=5)),
)


@transaction.atomic
def take_attempt(guard: Guard, *, account: str, address: str, by: Actor) -> bool:
    """Count one attempt; tell whether it may go ahead.

    Takes: `account`, what the attempt aims at, as it is compared; `address`, the client's network address.
    Returns: False while any of the three counters is locked, and for the attempt that locks it.
    Records: AttemptsLocked, once for each lock.
    """
    limits = {
        _account_key(guard, account): (guard.by_account, "account"),
        f"{guard.name}:address:{counted_address(address)}": (guard.by_address, "address"),
        f"{guard.name}:overall": (guard.overall, "overall"),
    }
    free = [_is_free(counter, *limits[counter.key], guard=guard, by=by) for counter in _counted(limits)]
    return all(free)


@transaction.atomic
def give_attempt_back(guard: Guard, *, account: str, address: str, by: Actor) -> None:
    """Uncount an attempt that succeeded. Records: nothing."""
    keys = (
        _account_key(guard, account),
        f"{guard.name}:address:{counted_address(address)}",
        f"{guard.name}:overall",
    )
    AttemptCounter.objects.filter(key__in=keys).update(count=Greatest(F("count") - 1, Value(0)))


def _account_key(guard: Guard, account: str) -> str:
    # Hashed: what people type here may be anything, even a password in the wrong field.
    return f"{guard.name}:account:{salted_hmac('claimdesk.attempts', account).hexdigest()}"


def _counted(keys: Iterable[str]) -> list[AttemptCounter]:
    """Count one more under each key, in one statement and in one order for everybody; return the counters."""
    values = [(key, now()) for key in keys]
    rows = ", ".join(["(%s, 1, %s)"] * len(values))
    return list(
        AttemptCounter.objects.raw(_COUNT.format(rows=rows), [each for row in values for each in row])
    )


def _is_free(counter: AttemptCounter, limit: Limit, scope: str, *, guard: Guard, by: Actor) -> bool:
    """Tell whether the attempt that `counter` counted is within its limit; the first beyond it locks."""
    instant = now()
    row = AttemptCounter.objects.filter(pk=counter.pk)
    if counter.locked_until and counter.locked_until > instant:
        return False
    if counter.locked_until or counter.window_started_at < instant - limit.window:
        row.update(count=1, window_started_at=instant, locked_until=None)
        return True
    if counter.count <= limit.attempts:
        return True
    row.update(locked_until=instant + limit.lock)
    record(
        AttemptsLocked(what=guard.name, scope=scope, minutes=int(limit.lock.total_seconds() // 60)),
        about=counter,
        by=by,
    )
    return False
