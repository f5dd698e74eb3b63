"""Writers of customer rows that several actions share; they record nothing."""

from typing import Any

from claimdesk.company.actions.sequences import next_number
from claimdesk.company.queries.company import company
from claimdesk.customers.models import Customer
from claimdesk.kernel.text import fold_number

WEB_NUMBERS = "customer"


def next_customer_number() -> str:
    """Return the next web account number (A16): the prefix and a number that only grows.

    A number that an import or the ERP already uses is passed over.
    """
    prefix = company().number_prefix
    while True:
        number = f"{prefix}{next_number(WEB_NUMBERS):06d}"
        if not Customer.objects.filter(number_folded=fold_number(number)).exists():
            return number


def write_customer(**fields: Any) -> Customer:
    """Insert a customer, with a web account number unless `number` is given."""
    fields["number"] = fields.get("number") or next_customer_number()
    return Customer.objects.create(**fields)
