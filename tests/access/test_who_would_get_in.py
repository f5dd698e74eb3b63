import pytest

from claimdesk.access.models import AccountClaim
from claimdesk.access.queries.auto_approval import who_would_get_in
from claimdesk.company.models import Company
from tests import make

pytestmark = pytest.mark.django_db


def test_a_contact_on_file_would_get_in_but_not_one_whose_mailbox_was_denied():  # A54 A47
    customer = make.customer()
    make.contact(customer, email="ann@example.com")
    make.contact(customer, email="b.en@gmail.com")
    honest = make.account_claim(user=make.user(email="ann@example.com"), customer=customer)
    make.account_claim(
        user=make.user(email="ben@gmail.com"), customer=customer, state=AccountClaim.State.DENIED
    )
    again = make.account_claim(user=make.user(email="b.en@gmail.com"), customer=customer)

    looked_at = who_would_get_in(Company.Evidence.VERIFIED_CONTACT, actor=make.STAFF)

    assert {each.claim.pk: each.gets_in for each in looked_at} == {honest.pk: True, again.pk: False}
