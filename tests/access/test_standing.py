"""Where somebody stands who is not inside (A56)."""

import pytest

from claimdesk.access.queries.standing import standing
from tests import make

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("state", "expected"),
    [("new", "account_new"), ("admin", "account_new"), ("inactive", "account_closed"), ("active", "inside")],
)
def test_a_member_stands_where_the_status_of_his_customer_puts_him(state: str, expected: str):  # A56 A77
    membership = make.membership(at=make.customer(state=state, email="a@b.example"))

    assert standing(membership.user).state == expected
