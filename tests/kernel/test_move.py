import pytest

from claimdesk.access.models import AccountClaim
from claimdesk.kernel.move import move
from claimdesk.kernel.refused import Refused
from tests import make

pytestmark = pytest.mark.django_db


def test_a_move_changes_the_row_and_its_fields():
    account_claim = make.account_claim()

    move(account_claim, to=AccountClaim.State.DENIED, note="unknown person")

    account_claim.refresh_from_db()
    assert (account_claim.state, account_claim.note) == ("denied", "unknown person")


def test_the_second_of_two_moves_is_refused_and_changes_nothing():  # A52
    first = make.account_claim()
    second = AccountClaim.objects.get(pk=first.pk)
    move(first, to=AccountClaim.State.DENIED, decided_by_name="Sam Staff")

    with pytest.raises(Refused) as refusal:
        move(second, to=AccountClaim.State.APPROVED, decided_by_name="Rita Rival")

    assert refusal.value.code == "already_decided"
    assert "Sam Staff" in refusal.value.message
    assert AccountClaim.objects.get().state == "denied"
