"""What importers look up for a whole chunk at once."""

from collections.abc import Iterable

from claimdesk.customers.models import Alias
from claimdesk.kernel.text import fold_number
from claimdesk.ledger.imports.bulk import select_among


def folded_number(value: str) -> str:
    """Return a customer number as it is compared."""
    return fold_number(value) or value.strip()


def customers_by_number(numbers: Iterable[str]) -> dict[str, int]:
    """Return the keys of the customers with these folded numbers; old numbers lead to the survivor (A74)."""
    wanted = set(numbers)
    select = "SELECT number_folded, coalesce(merged_into_id, id) FROM customers_customer WHERE"
    keys: dict[str, int] = dict(select_among(select, "number_folded", wanted))
    rest = wanted - keys.keys()
    if rest:
        aliases = Alias.objects.filter(kind=Alias.Kind.NUMBER, folded__in=rest)
        keys |= dict(aliases.values_list("folded", "customer_id"))
    return keys


def owners_of_addresses(emails: Iterable[str]) -> dict[str, int]:
    """Return which customer has each e-mail address as its account address."""
    wanted = {address for address in emails if address}
    select = "SELECT lower(email), id FROM customers_customer WHERE NOT (email = '') AND"
    return dict(select_among(select, "lower(email)", wanted))


def owners_of_external_ids(external_ids: Iterable[str]) -> dict[str, int]:
    """Return which customer has each external id."""
    wanted = {external_id for external_id in external_ids if external_id}
    select = "SELECT external_id, id FROM customers_customer WHERE NOT (external_id = '') AND"
    return dict(select_among(select, "external_id", wanted))
