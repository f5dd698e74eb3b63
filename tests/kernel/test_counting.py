import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claimdesk.customers.models import Customer
from claimdesk.kernel.counting import capped_counts
from tests import make

pytestmark = pytest.mark.django_db


def test_several_queries_are_counted_at_once_and_each_stops_at_the_cap():
    for _ in range(5):
        make.customer()
    everybody = Customer.objects.order_by("name").select_related("representative")

    with CaptureQueriesContext(connection) as queries:
        counts = capped_counts(
            {"all": everybody, "none": everybody.none(), "one": everybody.filter(pk=everybody[0].pk)}, most=3
        )

    assert counts == {"all": 4, "none": 0, "one": 1}
    assert len(queries) == 2  # the second finds the one
