"""The groups that a seller sorts customers into."""

from claimdesk.customers.models import CustomerGroup


def group_choices() -> list[tuple[int, str]]:
    """Return key and name of all groups, by name."""
    return list(CustomerGroup.objects.order_by("name").values_list("pk", "name"))
