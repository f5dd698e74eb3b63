"""Make, change and end policies; what they change for units is computed in the background (U5)."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from claimdesk.kernel.actor import Actor
from claimdesk.kernel.clock import now
from claimdesk.kernel.differences import set_differences
from claimdesk.kernel.refused import Refused
from claimdesk.kernel.text import tidy
from claimdesk.ledger.record import record
from claimdesk.warranty.events import PolicyChanged, PolicyCreated, PolicyEnded
from claimdesk.warranty.models import Policy
from claimdesk.warranty.permissions import EDIT_POLICIES
from claimdesk.warranty.tasks import ask_for_cover

FIELDS = frozenset(
    {
        "name", "kind", "product", "category", "unit", "region", "start", "months", "fallback_months",
        "latest_start_months", "meter_limit", "carry_over_months", "offered_from_on", "offered_until_on",
    }
)  # fmt: skip
# What leaves the last day of cover as it is.
BESIDE_THE_END = frozenset({"name", "meter_limit"})
LONGEST_MONTHS = 1_200


@transaction.atomic
def create_policy(*, name: str, months: int, by: Actor, **fields: Any) -> Policy:
    """Make a policy.

    Refuses: `policy_name_empty`, `policy_months`, `policy_for_one_thing`, `policy_days_in_disorder`.
    Records: PolicyCreated.
    """
    by.require(EDIT_POLICIES)
    policy = Policy(**_known({"name": name, "months": months, **fields}))
    _refuse_nonsense(policy)
    policy.save()
    record(PolicyCreated(policy.name), about=policy, by=by)
    if policy.kind == Policy.Kind.BASE:
        ask_for_cover(by=by)
    return policy


@transaction.atomic
def change_policy(policy: Policy, *, seen_at: datetime | None = None, by: Actor, **fields: Any) -> Policy:
    """Change FIELDS of a policy; what does not differ changes nothing. Claims keep what it gave (W3).

    Takes: `seen_at`, the `updated_at` that the editor saw.
    Refuses: `policy_over`, `changed_meanwhile`, and as `create_policy`.
    Records: PolicyChanged, if anything changed.
    """
    by.require(EDIT_POLICIES)
    row = _locked(policy)
    if seen_at is not None and row.updated_at != seen_at:
        raise Refused("changed_meanwhile", _("Somebody else changed this policy meanwhile; look again."))
    was = row.kind
    before, after = set_differences(row, _known(fields))
    if after:
        _refuse_nonsense(row)
        row.updated_at = now()
        row.save()
        fact = PolicyChanged(row.name, ", ".join(after), before=before, after=after)
        record(fact, about=row, by=by)
        if Policy.Kind.BASE in (was, row.kind) and after.keys() - BESIDE_THE_END:
            ask_for_cover(by=by)
    return row


@transaction.atomic
def end_policy(policy: Policy, *, by: Actor) -> Policy:
    """End a policy: it counts for nothing any more. To sell out instead, tell until when it is offered.

    Refuses: `policy_over`.
    Records: PolicyEnded.
    """
    by.require(EDIT_POLICIES)
    row = _locked(policy)
    row.is_active, row.updated_at = False, now()
    row.save(update_fields=["is_active", "updated_at"])
    record(PolicyEnded(row.name), about=row, by=by)
    if row.kind == Policy.Kind.BASE:
        ask_for_cover(by=by)
    return row


def _refuse_nonsense(policy: Policy) -> None:
    """Refuse a policy that says nothing, or two things at once."""
    if not policy.name:
        raise Refused("policy_name_empty", _("A policy has a name."))
    if not 1 <= policy.months <= LONGEST_MONTHS:
        raise Refused("policy_months", _("A policy covers between 1 and 1,200 months."))
    if sum(each is not None for each in (policy.product_id, policy.category_id, policy.unit_id)) > 1:
        raise Refused(
            "policy_for_one_thing", _("A policy is meant for a product, a category or one unit, not for two.")
        )
    first, last = policy.offered_from_on, policy.offered_until_on
    if first is not None and last is not None and last < first:
        raise Refused("policy_days_in_disorder", _("It is offered until a day before it begins."))


def _locked(policy: Policy) -> Policy:
    rows = Policy.objects.select_for_update(of=("self",)).select_related("product", "category", "unit")
    row = rows.get(pk=policy.pk)
    if not row.is_active:
        raise Refused("policy_over", _("This policy has been ended; make a new one."))
    return row


def _known(fields: dict[str, Any]) -> dict[str, Any]:
    if not fields.keys() <= FIELDS:
        raise TypeError(f"a policy has no {sorted(fields.keys() - FIELDS)}")
    return {name: tidy(value) if isinstance(value, str) else value for name, value in fields.items()}
