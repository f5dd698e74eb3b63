import pytest

from claimdesk.access.actions.moves import move_member
from claimdesk.access.models import Membership
from claimdesk.access.queries.access import memberships_that_count
from claimdesk.access.queries.moves import move_preview
from claimdesk.kernel.refused import NotAllowed, Refused
from tests import make

pytestmark = pytest.mark.django_db


def test_a_user_is_moved_and_the_old_access_goes():  # A70
    membership, to = make.membership(None, None, "buyer"), make.customer()

    move_member(membership, to=to, roles=["buyer"], by=make.STAFF)

    assert [m.customer for m in memberships_that_count(membership.user)] == [to]


def test_the_old_access_stays_when_it_is_kept_on_purpose():  # A70
    membership, to = make.membership(), make.customer()

    move_member(membership, to=to, roles=[], keeps_old=True, by=make.STAFF)

    assert memberships_that_count(membership.user).count() == 2


def test_the_preview_shows_what_is_gained_and_lost_and_that_a_web_customer_is_left_empty():  # A70 A79
    web = make.customer(origin="registration")
    membership, colleague = make.membership(None, web, "manager"), make.membership()

    preview = move_preview(membership, colleague.customer)

    assert [m.user for m in preview.colleagues_gained] == [colleague.user]
    assert preview.leaves_empty
    assert preview.leaves_without_manager


def test_nobody_is_moved_to_an_inactive_customer_or_by_others():  # A70 A64
    membership, to = make.membership(), make.customer(state="inactive")

    with pytest.raises(Refused):
        move_member(membership, to=to, roles=[], by=make.STAFF)
    with pytest.raises(NotAllowed):
        move_member(membership, to=make.customer(), roles=[], by=make.actor(membership.user))

    assert Membership.objects.get().state == "active"


def test_a_move_settles_the_pending_claim_on_the_new_customer():  # A58 A70
    membership = make.membership()
    claim = make.account_claim(user=membership.user)

    move_member(membership, to=claim.customer, roles=[], by=make.STAFF)

    claim.refresh_from_db()
    assert (claim.state, claim.decision) == ("approved", "settled")
