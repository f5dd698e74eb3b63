"""Looking for duplicates among all customers, in the background (A74)."""

from django.db import transaction

from claimdesk.customers.events import DuplicateSearchAsked
from claimdesk.customers.permissions import MERGE_CUSTOMERS
from claimdesk.customers.tasks import find_duplicates
from claimdesk.kernel.actor import Actor
from claimdesk.ledger.jobs import ask
from claimdesk.ledger.models import Job
from claimdesk.ledger.record import record


@transaction.atomic
def ask_for_duplicate_search(*, by: Actor) -> Job:
    """Have all customers looked through for pairs alike; while one search runs, that one is returned.

    Records: DuplicateSearchAsked.
    """
    by.require(MERGE_CUSTOMERS)
    job = ask(find_duplicates, key="find_duplicates", by=by)
    record(DuplicateSearchAsked(), about=job, by=by)
    return job
