"""Leases: which worker holds which row until when. Whoever lost a lease has no say over the row any more."""

import secrets
from datetime import datetime, timedelta
from typing import Any, TypeVar

from django.conf import settings
from django.db import connection
from django.db.models import Q, QuerySet

from claimdesk.kernel.clock import now
from claimdesk.ledger.courier.locks import skip_locked
from claimdesk.ledger.models import Due

Work = TypeVar("Work", bound=Due)


# One statement, and so one commit: the guard stands in the UPDATE itself.
CLAIM = """
    UPDATE {table} SET lease = %s, leased_until = %s, attempts = attempts + 1
    WHERE id = (
        SELECT id FROM {table}
        WHERE state = 'due' AND due_at <= %s AND (leased_until IS NULL OR leased_until < %s)
        ORDER BY due_at, id LIMIT 1 {skip_locked}
    )
    RETURNING *
"""


def claim(model: type[Work]) -> Work | None:
    """Take the row that is due the longest and held by nobody alive, or None.

    The claim counts as an attempt, so a row that kills its worker is given up in the end.
    """
    sql = CLAIM.format(table=connection.ops.quote_name(model._meta.db_table), skip_locked=skip_locked())
    at = connection.ops.adapt_datetimefield_value(now())
    until = connection.ops.adapt_datetimefield_value(_until())
    claimed = list(model._default_manager.raw(sql, [secrets.token_hex(16), until, at, at]))
    return claimed[0] if claimed else None


def is_any_due(model: type[Due]) -> bool:
    """Tell whether there is something to claim, without the lock that claiming takes on SQLite."""
    at = now()
    unheld = Q(leased_until=None) | Q(leased_until__lt=at)
    return model._default_manager.filter(unheld, state=Due.State.DUE, due_at__lte=at).exists()


def extend(row: Due, **fields: Any) -> bool:
    """Hold `row` for longer and set `fields` on it. Returns whether it was still ours."""
    return bool(_held(row).update(leased_until=_until(), **fields))


def release(row: Due, **fields: Any) -> bool:
    """Let go of `row` and set `fields` on it. Returns whether it was still ours."""
    return bool(_held(row).update(lease="", leased_until=None, **fields))


def _held(row: Due) -> QuerySet[Any]:
    return type(row)._default_manager.filter(pk=row.pk, lease=row.lease, state=Due.State.DUE)


def _until() -> datetime:
    return now() + timedelta(seconds=settings.LEDGER_LEASE_SECONDS)
