"""Leases: which worker holds which row until when. Whoever lost a lease has no say over the row any more."""

import secrets
from datetime import timedelta
from typing import Any, TypeVar

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q, QuerySet

from claimdesk.kernel.clock import now
from claimdesk.ledger.courier.locks import lock
from claimdesk.ledger.models import Due

Work = TypeVar("Work", bound=Due)


def free(model: type[Work]) -> QuerySet[Work]:
    """Return the rows that are due now and held by nobody alive, the longest due first."""
    at = now()
    unheld = Q(leased_until=None) | Q(leased_until__lt=at)
    return model._default_manager.filter(unheld, state=Due.State.DUE, due_at__lte=at).order_by("due_at", "pk")


def claim(model: type[Work]) -> Work | None:
    """Take the row that is due the longest, or None. The claim counts as an attempt, so a row that kills its
    worker is given up in the end.
    """
    with transaction.atomic():
        key = lock(free(model)).values_list("pk", flat=True).first()
        if key is None:
            return None
        lease = secrets.token_hex(16)
        taken = (
            free(model).filter(pk=key).update(lease=lease, leased_until=_until(), attempts=F("attempts") + 1)
        )
        return model._default_manager.get(pk=key) if taken else None


def extend(row: Due, **fields: Any) -> bool:
    """Hold `row` for longer and set `fields` on it. Returns whether it was still ours."""
    return bool(_held(row).update(leased_until=_until(), **fields))


def release(row: Due, **fields: Any) -> bool:
    """Let go of `row` and set `fields` on it. Returns whether it was still ours."""
    return bool(_held(row).update(lease="", leased_until=None, **fields))


def _held(row: Due) -> QuerySet[Any]:
    return type(row)._default_manager.filter(pk=row.pk, lease=row.lease, state=Due.State.DUE)


def _until() -> Any:
    return now() + timedelta(seconds=settings.LEDGER_LEASE_SECONDS)
