"""Work of this room that takes its time, done by a worker."""

from django.db import transaction
from django_tasks import task

from claimdesk.kernel.actor import Actor
from claimdesk.kernel.clock import now
from claimdesk.ledger.jobs import ask, progress
from claimdesk.ledger.models import Job
from claimdesk.warranty.actions.writing import write_cover
from claimdesk.warranty.models import Unit

CHUNK = 500
KEY = "recompute_cover"


@task()
def recompute_cover() -> int:
    """Compute anew until when units are covered, in chunks that each stand alone; return how many changed.

    A chunk's units are held before its policies are read, so what is registered meanwhile is not lost.
    """
    total, done, last, changed = Unit.objects.count(), 0, 0, 0
    while True:
        with transaction.atomic():
            rows = Unit.objects.select_for_update().filter(pk__gt=last).order_by("pk")
            keys = list(rows.values_list("pk", flat=True)[:CHUNK])
            if not keys:
                return changed
            changed += write_cover(keys)
        last, done = keys[-1], done + len(keys)
        progress(done, total)


def ask_for_cover(*, by: Actor) -> Job:
    """Have the cover of all units computed anew. One that is at work may have passed by; then another follows it."""
    is_held = Job.objects.filter(key=KEY, state=Job.State.DUE, leased_until__gt=now()).exists()
    return ask(recompute_cover, key=f"{KEY}_again" if is_held else KEY, by=by)
