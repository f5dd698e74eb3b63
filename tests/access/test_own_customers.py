from collections.abc import Callable

import pytest

from claimdesk.access.actions.invitations import cancel_invitation, invite
from claimdesk.access.actions.memberships import change_roles, grant_membership, remove_membership
from claimdesk.access.actions.moves import move_member
from claimdesk.access.models import Invitation, Membership
from claimdesk.customers.models import Customer
from claimdesk.kernel.actor import Actor
from claimdesk.kernel.refused import NotAllowed
from claimdesk.people.queries.staff import staff_actor
from tests import make

pytestmark = pytest.mark.django_db


def grant(at: Customer, by: Actor) -> None:
    grant_membership(make.user(), customer=at, roles=[], by=by)


def change(at: Customer, by: Actor) -> None:
    change_roles(make.membership(None, at), roles=["buyer"], by=by)


def remove(at: Customer, by: Actor) -> None:
    remove_membership(make.membership(None, at), by=by)


def invite_there(at: Customer, by: Actor) -> None:
    invite(at, email="ann@example.com", roles=[], by=by)


def cancel(at: Customer, by: Actor) -> None:
    cancel_invitation(invite(at, email="ann@example.com", roles=[], by=make.STAFF), by=by)


def move_away(at: Customer, by: Actor) -> None:
    own = make.customer(representative_id=by.id)
    move_member(make.membership(None, at), to=own, roles=[], by=by)


def move_there(at: Customer, by: Actor) -> None:
    own = make.customer(representative_id=by.id)
    move_member(make.membership(None, own), to=at, roles=[], by=by)


DEEDS = [grant, change, remove, invite_there, cancel, move_away, move_there]


@pytest.fixture
def limited() -> Actor:
    return staff_actor(make.staff("sales", only_own_customers=True))


def kept() -> list[tuple]:
    memberships = Membership.objects.order_by("pk").values_list("customer_id", "state", "is_buyer")
    return [*memberships, *Invitation.objects.order_by("pk").values_list("customer_id", "state")]


@pytest.mark.parametrize("deed", DEEDS)
def test_limited_staff_do_it_at_their_own_customers(deed: Callable, limited):  # A53
    deed(make.customer(representative_id=limited.id), limited)

    assert kept()


@pytest.mark.parametrize("deed", DEEDS)
@pytest.mark.parametrize("has_other", [False, True])
def test_limited_staff_change_nobody_at_others_customers(deed: Callable, limited, has_other):  # A53
    representative = make.staff("sales") if has_other else None

    with pytest.raises(NotAllowed):
        deed(make.customer(representative=representative), limited)

    assert {row[1:] for row in kept()} <= {("active", False), ("open",)}
