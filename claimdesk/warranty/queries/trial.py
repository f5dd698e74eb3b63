"""What the policies would give a unit that there may not be (U5)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from claimdesk.catalog.models import Product
from claimdesk.warranty.coverage import Coverage, PolicyFacts, Reason, UnitFacts, answer_on, coverages
from claimdesk.warranty.models import Policy
from claimdesk.warranty.queries.coverage import policies_for, shelves

NO_UNIT = 0


@dataclass(frozen=True, slots=True)
class Trial:
    """One coverage and why it is so."""

    coverage: Coverage
    reasons: Sequence[Reason]


def try_policies(
    product: Product,
    *,
    region: str = "",
    delivered_on: date | None = None,
    shipped_on: date | None = None,
    invoiced_on: date | None = None,
    with_policy: Policy | None = None,
) -> list[Trial]:
    """Return what a unit of the product would be given, with `with_policy` as if it were on file as it is."""
    unit = UnitFacts(
        id=NO_UNIT,
        product_id=product.pk,
        category_ids=shelves(product),
        region=region,
        shipped_on=shipped_on,
        invoiced_on=invoiced_on,
        delivered_on=delivered_on,
    )
    facts = policies_for([unit])
    if with_policy is not None:
        facts = [each for each in facts if each.id != with_policy.pk] + [_facts_of(with_policy)]
    return [_trial(unit, coverage) for coverage in coverages(unit, facts)]


def _trial(unit: UnitFacts, coverage: Coverage) -> Trial:
    day = coverage.starts_on or date.min
    return Trial(coverage, answer_on(unit, [coverage.policy], failed_on=day).reasons)


def _facts_of(policy: Policy) -> PolicyFacts:
    names = [name for name in PolicyFacts.__dataclass_fields__ if name != "id"]
    return PolicyFacts(id=policy.pk or 0, **{name: getattr(policy, name) for name in names})
