"""What is on file about a unit and its policies, as the calculation wants it; and what a serial number's cover is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.db.models.expressions import RawSQL

from claimdesk.access.queries.papers import customers_of_papers
from claimdesk.catalog.models import Product
from claimdesk.kernel.actor import Actor
from claimdesk.warranty.coverage import Answer, Coverage, PolicyFacts, UnitFacts, answer_on, coverages
from claimdesk.warranty.models import Policy, Unit
from claimdesk.warranty.queries.units import unit_with_serial, units

_POLICY_FIELDS = tuple(PolicyFacts.__dataclass_fields__)
NO_UNIT = 0
# UNION forgets what it met already, so a circle ends.
_CHAIN = """
WITH RECURSIVE given_way (id) AS (
    SELECT id FROM warranty_unit WHERE replaced_by_id IN ({keys})
    UNION
    SELECT earlier.id FROM warranty_unit AS earlier JOIN given_way ON earlier.replaced_by_id = given_way.id
)
SELECT id FROM given_way
"""


@dataclass(frozen=True, slots=True)
class SerialAnswer:
    """What anybody learns of a serial number: the same of his own units, of others' and of unknown ones (U2).

    `unit` is there for those who may see it whole, and for nobody else.
    """

    answer: Answer
    product_id: int | None = None
    product_name: str = ""
    cover_ends_on: date | None = None
    unit: Unit | None = None
    unit_id: int | None = None

    def as_json(self) -> dict[str, Any]:
        """Return the answer as it is frozen with a claim (W3)."""
        cover = self.answer.coverage
        return {
            "verdict": self.answer.verdict,
            "reasons": [{"code": reason.code, "values": reason.values} for reason in self.answer.reasons],
            "policy": cover.policy.name if cover else "",
            "kind": cover.policy.kind if cover else "",
            "starts_on": _iso(cover.starts_on) if cover else "",
            "ends_on": _iso(cover.ends_on) if cover else "",
        }


def check_serial(serial: str, *, failed_on: date, meter: int | None = None, actor: Actor) -> SerialAnswer:
    """Return whether the unit was covered on a day, whoever it belongs to (U1, U5).

    The same statements run for every serial number, so that none tells by its time whether it is on file (U2).
    """
    unit = unit_with_serial(serial)
    facts = facts_of(unit)
    policies = policies_for([facts] if facts else [])
    answer = answer_on(facts, policies, failed_on=failed_on, meter=meter)
    if unit is None or facts is None:
        return SerialAnswer(answer)
    ends = [coverage.ends_on for coverage in coverages(facts, policies) if coverage.ends_on is not None]
    return SerialAnswer(
        answer,
        product_id=unit.product_id,
        product_name=unit.product.name,
        cover_ends_on=max(ends, default=None),
        unit=unit if _may_see(unit, actor) else None,
        unit_id=unit.pk,
    )


def coverages_of(unit: Unit) -> list[Coverage]:
    """Return what the policies of today give a unit that the caller was shown, by kind and then by their ends.

    Takes: a unit with `product__category__parent__parent`.
    """
    facts = facts_of(unit)
    return coverages(facts, policies_for([facts])) if facts else []


def facts_of(unit: Unit | None) -> UnitFacts | None:
    """Return what is on file about a unit and the chain of those whose place it took.

    Takes: a unit with `product__category__parent__parent`; None asks as much and finds nothing.
    """
    found = facts_of_all([unit] if unit else [])
    return found[unit.pk] if unit else None


def facts_of_all(units: Sequence[Unit]) -> dict[int, UnitFacts]:
    """Return by key what is on file about units and their chains, in one statement however long those are.

    Takes: units with `product__category__parent__parent`.
    """
    before = _before([unit.pk for unit in units])
    found = {}
    for unit in units:
        chain, known = [unit], {unit.pk}
        while (row := before.get(chain[-1].pk)) is not None and row.pk not in known:
            chain.append(row)
            known.add(row.pk)
        facts = None
        for each in reversed(chain):
            facts = _facts(each, replaces=facts)
        if facts is not None:
            found[unit.pk] = facts
    return found


def facts_of_unreplaced(unit: Unit) -> UnitFacts:
    """Return what is on file about a unit that took no other's place; asks nothing."""
    return _facts(unit, replaces=None)


def policies_for(units: Sequence[UnitFacts]) -> list[PolicyFacts]:
    """Return the policies that may be meant for any of the units, in one statement."""
    chain = [each for unit in units for each in unit.chain]
    shelves = {shelf for each in chain for shelf in each.category_ids}
    meant = (
        Q(product=None, category=None, unit=None)
        | Q(product_id__in={each.product_id for each in chain})
        | Q(category_id__in=shelves)
        | Q(unit_id__in={each.id for each in chain})
    )
    regions = {"", *(each.region for each in chain)}
    rows = Policy.objects.filter(meant, is_active=True, region__in=regions)
    return policy_facts(rows.values_list(*_POLICY_FIELDS))


def policy_facts(rows: Iterable[tuple[Any, ...]]) -> list[PolicyFacts]:
    """Return rows of a policy's columns, in the order of the facts' fields, as facts."""
    return [PolicyFacts(*row) for row in rows]


def shelves(product: Product) -> tuple[int, ...]:
    """Return the category of a product and those in which it stands, nearest first."""
    found, category = [], product.category
    while category is not None:
        found.append(category.pk)
        category = category.parent if category.parent_id else None
    return tuple(found)


def _facts(unit: Unit, *, replaces: UnitFacts | None) -> UnitFacts:
    return UnitFacts(
        id=unit.pk or NO_UNIT,
        product_id=unit.product_id,
        category_ids=shelves(unit.product),
        region=unit.region,
        shipped_on=unit.shipped_on,
        invoiced_on=unit.invoiced_on,
        delivered_on=unit.delivered_on,
        replaced_on=unit.replaced_on,
        replaces=replaces,
    )


def _before(keys: Sequence[int]) -> dict[int, Unit]:
    """Return the units that gave way to these, and those that gave way to them, by the key of their successor."""
    begin = ", ".join(["%s"] * len(keys)) or "NULL"
    rows = Unit.objects.select_related("product__category__parent__parent")
    given_way = rows.filter(pk__in=RawSQL(_CHAIN.format(keys=begin), tuple(keys)))  # noqa: S611 - keys are parameters
    return {row.replaced_by_id: row for row in given_way if row.replaced_by_id}


def _may_see(unit: Unit, actor: Actor) -> bool:
    if actor.is_staff and not actor.is_acting:
        return units(actor).filter(pk=unit.pk).exists()
    return unit.dealer_id is not None and unit.dealer_id in customers_of_papers(actor)


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
