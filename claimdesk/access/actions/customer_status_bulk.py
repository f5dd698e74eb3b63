"""Changing the status of many customers at once: the single action per row, skipping with a reason."""

from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass

from django.db import transaction

from claimdesk.access.actions.customer_status import (
    activate_customer,
    deactivate_customer,
    make_customer_admin,
)
from claimdesk.customers.models import Customer
from claimdesk.customers.permissions import CHANGE_STATUS
from claimdesk.kernel.actor import Actor
from claimdesk.kernel.refused import Refused

DEEDS = {
    Customer.Status.ACTIVE: activate_customer,
    Customer.Status.ADMIN: make_customer_admin,
    Customer.Status.INACTIVE: deactivate_customer,
}


@dataclass(frozen=True, slots=True)
class Result:
    """What came, or would come, of one customer. `refusal` says why nothing did."""

    customer: Customer
    refusal: Refused | None = None


@transaction.atomic
def change_statuses(
    customers: Iterable[Customer], *, to: str, is_dry_run: bool = False, by: Actor
) -> list[Result]:
    """Change the status of each customer to `to`, or say why not.

    A dry run does the same and takes it back, so that it promises nothing that would then be refused.
    Records: what the single action records, for each that is changed.
    """
    by.require(CHANGE_STATUS)
    return [_try(customer, Customer.Status(to), is_dry_run, by) for customer in customers]


def _try(customer: Customer, to: Customer.Status, is_dry_run: bool, by: Actor) -> Result:
    try:
        with transaction.atomic():
            DEEDS[to](copy(customer), by=by)
            transaction.set_rollback(is_dry_run)
    except Refused as refusal:
        return Result(customer, refusal)
    return Result(customer)
