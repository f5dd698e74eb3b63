from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claimdesk.kernel.refused import NotAllowed
from claimdesk.ledger.models import Event, Job
from claimdesk.warranty.actions.policies import change_policy, create_policy, end_policy
from claimdesk.warranty.actions.writing import write_cover
from claimdesk.warranty.coverage import cover_ends_on
from claimdesk.warranty.models import Policy
from claimdesk.warranty.queries.trial import try_policies
from tests import make
from tests.refusals import refused
from tests.work import work_off

pytestmark = pytest.mark.django_db


def test_a_policy_reaches_the_units_that_it_is_meant_for_in_the_background():  # U5
    unit, other = make.unit(delivered_on=date(2026, 1, 31)), make.unit(delivered_on=date(2026, 1, 31))

    made = create_policy(name="Base", months=1, product=unit.product, by=make.STAFF)
    work_off()
    unit.refresh_from_db()
    first = unit.cover_ends_on
    change_policy(made, months=12, by=make.STAFF)
    work_off()
    unit.refresh_from_db()
    second = unit.cover_ends_on
    end_policy(made, by=make.STAFF)
    work_off()
    unit.refresh_from_db()
    other.refresh_from_db()

    assert (first, second) == (date(2026, 2, 28), date(2027, 1, 31))
    assert (unit.cover_ends_on, other.cover_ends_on) == (None, None)
    kinds = Event.objects.filter(kind__startswith="policy.").order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == ["policy.created", "policy.changed", "policy.ended"]


def test_covers_are_computed_anew_in_as_few_statements_for_many_units_as_for_one():  # U5
    make.policy()
    units = [make.unit(delivered_on=date(2026, 1, 31)) for _each in range(10)]
    counts = []

    for some in (units[:1], units[1:]):
        with CaptureQueriesContext(connection) as statements:
            assert write_cover([unit.pk for unit in some]) == len(some)
        counts.append(len(statements))

    assert counts[0] == counts[1]


def test_only_what_moves_the_last_day_has_it_computed():  # U5
    goodwill = create_policy(name="Goodwill", kind="goodwill", months=3, by=make.STAFF)
    change_policy(goodwill, months=6, by=make.STAFF)
    base = make.policy()
    change_policy(base, name="Otherwise", by=make.STAFF)
    asked = Job.objects.count()
    change_policy(base, region="AT", by=make.STAFF)
    change_policy(base, region="DE", by=make.STAFF)

    assert asked == 0
    assert Job.objects.count() == 1  # the second change found it waiting


@pytest.mark.parametrize(
    ("code", "fields"),
    [
        ("policy_name_empty", {"name": "  "}),
        ("policy_months", {"months": 0}),
        (
            "policy_days_in_disorder",
            {"offered_from_on": date(2026, 2, 1), "offered_until_on": date(2026, 1, 1)},
        ),
    ],
)
def test_a_policy_that_makes_no_sense_is_refused(code: str, fields: dict):  # U5
    said = {"name": "Base", "months": 12} | fields

    assert refused(create_policy, **said, by=make.STAFF) == code
    assert not Policy.objects.exists()


def test_a_policy_is_meant_for_one_thing_and_ends_once():  # U5
    product = make.product(category=make.category())
    policy = make.policy()

    both = {"product": product, "category": product.category}
    twice = refused(change_policy, policy, **both, by=make.STAFF)
    end_policy(policy, by=make.STAFF)
    over = refused(change_policy, policy, months=3, by=make.STAFF)

    policy.refresh_from_db()
    assert (twice, over) == ("policy_for_one_thing", "policy_over")
    assert (policy.product, policy.months, policy.is_active) == (None, 24, False)


def test_service_people_edit_no_policies():  # U5
    with pytest.raises(NotAllowed):
        create_policy(name="Base", months=12, by=make.actor(make.staff("service"), door="office"))

    assert not Policy.objects.exists()


def test_a_policy_is_tried_before_it_is_saved():  # U5
    product = make.product()
    make.policy(months=12)

    held = try_policies(product, delivered_on=date(2024, 2, 29))
    told = Policy(name="Longer", months=24, product=product)
    tried = try_policies(product, delivered_on=date(2024, 2, 29), with_policy=told)

    assert cover_ends_on([each.coverage for each in held]) == date(2025, 2, 28)
    assert cover_ends_on([each.coverage for each in tried]) == date(2026, 2, 28)
    assert [reason.code for reason in tried[0].reasons] == ["covered", "from_delivery"]
    assert Policy.objects.count() == 1
