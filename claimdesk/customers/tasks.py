"""Work of this room that takes its time, asked for by actions and done by a worker."""

from django_tasks import task

from claimdesk.customers.actions.duplicates import keep_duplicates
from claimdesk.customers.matching.duplicates import pairs
from claimdesk.customers.models import Customer
from claimdesk.kernel.actor import SYSTEM
from claimdesk.ledger.jobs import progress


@task()
def find_duplicates() -> int:
    """Look through all customers for pairs alike and keep them (A74); return how many are open."""
    return keep_duplicates(
        pairs(progress=progress), customers=Customer.objects.filter(merged_into=None).count(), by=SYSTEM
    )
