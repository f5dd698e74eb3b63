"""Where somebody stands who is not inside (A56)."""

import pytest

from claimdesk.access.queries.standing import standing
from tests import make

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ("new", "account_new"),
        ("admin", "account_admin"),
        ("inactive", "account_closed"),
        ("active", "inside"),
    ],
)
def test_a_member_stands_where_the_status_of_his_customer_puts_him(state: str, expected: str):  # A56 A77
    membership = make.membership(at=make.customer(state=state, email="a@b.example"))

    assert standing(membership.user).state == expected


def test_a_member_whose_contact_was_disabled_is_not_inside():  # A56 A68
    customer = make.customer()
    make.membership(at=customer, contact=make.contact(customer, is_enabled=False))
    membership = customer.memberships.get()

    assert standing(membership.user).state == "account_closed"
