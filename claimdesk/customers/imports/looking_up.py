"""What importers look up for a whole chunk at once."""

from collections.abc import Iterable

from django.db.models.functions import Lower

from claimdesk.customers.models import Alias, Customer
from claimdesk.kernel.text import fold_number


def folded_number(value: str) -> str:
    """Return a customer number as it is compared."""
    return fold_number(value) or value.strip()


def customers_by_number(numbers: Iterable[str]) -> dict[str, int]:
    """Return the keys of the customers with these folded numbers; old numbers lead to the survivor (A74)."""
    wanted = set(numbers)
    found = dict(
        Customer.objects.filter(number_folded__in=wanted).values_list("number_folded", "merged_into_id")
    )
    keys = dict(Customer.objects.filter(number_folded__in=wanted).values_list("number_folded", "pk"))
    keys = {number: found[number] or key for number, key in keys.items()}
    rest = wanted - set(keys)
    if rest:
        aliases = Alias.objects.filter(kind=Alias.Kind.NUMBER, folded__in=rest)
        keys |= dict(aliases.values_list("folded", "customer_id"))
    return keys


def owners_of_addresses(emails: Iterable[str]) -> dict[str, int]:
    """Return which customer has each e-mail address as its account address."""
    wanted = {address for address in emails if address}
    rows = Customer.objects.annotate(lower=Lower("email")).filter(lower__in=wanted)
    return dict(rows.values_list("lower", "pk"))
