"""Pairs of customers that may be one (A74): keep what was found, put a pair aside."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from claimdesk.company.queries.company import company
from claimdesk.customers.events import DuplicateDismissed, DuplicatesFound
from claimdesk.customers.matching.duplicates import Pair
from claimdesk.customers.models import Customer, DuplicatePair
from claimdesk.customers.permissions import MERGE_CUSTOMERS
from claimdesk.kernel.actor import Actor
from claimdesk.kernel.clock import now
from claimdesk.kernel.refused import Refused
from claimdesk.ledger.record import record

AT_ONCE = 1_000


@transaction.atomic
def keep_duplicates(found: Sequence[Pair], *, customers: int, by: Actor) -> int:
    """Keep the pairs that a search among `customers` customers found; return how many are open.

    Pairs that were dismissed stay so; open ones that were not found again go.
    Records: DuplicatesFound.
    """
    by.require(MERGE_CUSTOMERS)
    for start in range(0, len(found), AT_ONCE):
        _keep(found[start : start + AT_ONCE])
    kept = {(pair.first_id, pair.second_id) for pair in found}
    still_open = DuplicatePair.objects.filter(state=DuplicatePair.State.OPEN)
    rows = still_open.values_list("pk", "first", "second")
    gone = [key for key, first, second in rows if (first, second) not in kept]
    for start in range(0, len(gone), AT_ONCE):
        DuplicatePair.objects.filter(pk__in=gone[start : start + AT_ONCE]).delete()
    count = still_open.count()
    record(DuplicatesFound(pairs=count, customers=customers), about=company(), by=by)
    return count


def _keep(found: Sequence[Pair]) -> None:
    named = {key for pair in found for key in (pair.first_id, pair.second_id)}
    standing = set(Customer.objects.filter(pk__in=named, merged_into=None).values_list("pk", flat=True))
    DuplicatePair.objects.bulk_create(
        [
            DuplicatePair(
                first_id=pair.first_id,
                second_id=pair.second_id,
                probability=pair.probability,
                reasons=[reason.as_json() for reason in pair.reasons],
            )
            for pair in found
            if pair.first_id in standing and pair.second_id in standing
        ],
        update_conflicts=True,
        unique_fields=["first", "second"],
        update_fields=["probability", "reasons"],
    )


@transaction.atomic
def dismiss_duplicate(pair: DuplicatePair, *, by: Actor) -> None:
    """Say that the two customers are not one; no search will show the pair again.

    Refuses: `already_decided`.
    Records: DuplicateDismissed.
    """
    by.require(MERGE_CUSTOMERS)
    changed = DuplicatePair.objects.filter(pk=pair.pk, state=DuplicatePair.State.OPEN).update(
        state=DuplicatePair.State.DISMISSED, decided_by_name=by.name, decided_at=now()
    )
    pair.refresh_from_db()
    if not changed:
        raise Refused(
            "already_decided",
            _("Already %(state)s by %(name)s.")
            % {"state": pair.get_state_display().lower(), "name": pair.decided_by_name or _("somebody else")},
        )
    record(
        DuplicateDismissed(first=pair.first.name, second=pair.second.name),
        about=pair,
        customer=pair.first_id,
        by=by,
    )
