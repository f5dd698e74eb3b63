"""Numbers that only grow."""

from django.db import transaction
from django.db.models import F

from claimdesk.company.models import Sequence


def next_number(key: str) -> int:
    """Return the next number of the sequence `key`, inside the caller's transaction.

    An UPDATE takes the row's lock on PostgreSQL and the database's on SQLite, so that no two callers get one
    number; a transaction that fails leaves a gap, never a number given twice.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("numbers are drawn in the transaction that uses them")
    if not Sequence.objects.filter(key=key).update(last=F("last") + 1):
        Sequence.objects.bulk_create([Sequence(key=key, last=0)], ignore_conflicts=True)
        Sequence.objects.filter(key=key).update(last=F("last") + 1)
    return Sequence.objects.values_list("last", flat=True).get(key=key)
