"""What a timeline tells to whom."""

import pytest
from django.test import Client

from claimdesk.access.actions.moves import move_member
from tests import make

pytestmark = pytest.mark.django_db


def test_staff_limited_to_their_customers_read_no_other_customer_s_name():  # A80 A87
    seller = make.staff("sales", only_own_customers=True)
    elsewhere, own = make.customer(name="Secret Works"), make.customer(representative=seller)
    membership = make.membership(at=elsewhere)
    move_member(membership, to=own, roles=["buyer"], by=make.STAFF)
    limited, all_seeing = Client(), Client()
    limited.force_login(seller)
    all_seeing.force_login(make.staff("sales"))

    for page in (f"/office/users/{membership.user.pk}/", f"/office/customers/{own.pk}/"):
        assert "Secret Works" not in limited.get(page).content.decode()
        assert "Secret Works" in all_seeing.get(page).content.decode()
