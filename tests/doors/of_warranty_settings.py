"""Addresses of the settings of the warranty: a policy, and the type of claims that there is."""

from claimdesk.customers.models import Customer
from claimdesk.people.models import User
from tests import make

Arguments = dict[str, int | str]


def of_warranty_settings(customer: Customer, people: dict[str, User]) -> dict[str, Arguments]:
    """Addresses of a policy and of the first type of claims."""
    policy = make.policy()
    policies = {f"office:{name}": {"pk": policy.pk} for name in ("policy", "policy_end")}
    types: dict[str, Arguments] = {
        f"office:{name}": {"key": "standard"} for name in ("claim_type", "claim_type_removal")
    }
    return policies | types
