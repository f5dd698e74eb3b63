from collections.abc import Callable
from dataclasses import replace

import pytest

from claimdesk.access.actions.contact_mapping import map_contact
from claimdesk.access.actions.customer_status import (
    activate_customer,
    deactivate_customer,
    send_login_details,
)
from claimdesk.access.actions.invitations import cancel_invitation, invite
from claimdesk.access.actions.memberships import change_roles, grant_membership, remove_membership
from claimdesk.access.actions.merge import merge_customers
from claimdesk.access.actions.moves import move_member
from claimdesk.access.actions.users import make_user
from claimdesk.access.models import Invitation, Membership
from claimdesk.customers.actions.addresses import add_address
from claimdesk.customers.actions.contacts import add_contact
from claimdesk.customers.actions.customers import change_customer
from claimdesk.customers.actions.domains import confirm_domain
from claimdesk.customers.actions.erp_wish import change_erp_wish
from claimdesk.customers.models import Customer
from claimdesk.kernel.actor import Actor
from claimdesk.kernel.refused import NotAllowed
from claimdesk.ledger.models import Event
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


def make_there(at: Customer, by: Actor) -> None:
    make_user(name="Ann", email="ann@example.com", customer=at, by=by)


def merge_away(at: Customer, by: Actor) -> None:
    everything = replace(by, permissions=make.STAFF.permissions)
    merge_customers(at, into=make.customer(representative_id=by.id), by=everything)


def map_away(at: Customer, by: Actor) -> None:
    map_contact(make.contact(at), to=make.customer(representative_id=by.id), by=by)


def activate(at: Customer, by: Actor) -> None:
    Customer.objects.filter(pk=at.pk).update(state="admin")
    activate_customer(at, by=by)


def deactivate(at: Customer, by: Actor) -> None:
    deactivate_customer(at, by=by)


def send_details(at: Customer, by: Actor) -> None:
    send_login_details(at, user=make.membership(None, at).user, by=by)


def rename(at: Customer, by: Actor) -> None:
    change_customer(at, name="Mine", by=by)


def add_there(at: Customer, by: Actor) -> None:
    add_contact(at, name="Ann", by=by)


def readdress(at: Customer, by: Actor) -> None:
    add_address(at, kind="shipping", town="Kiel", by=by)


def confirm(at: Customer, by: Actor) -> None:
    confirm_domain(at, domain="mine.example", by=by)


def link_to_erp(at: Customer, by: Actor) -> None:
    change_erp_wish(at, wish="create", by=by)


DEEDS = [
    grant, change, remove, invite_there, cancel, move_away, move_there, make_there, merge_away, map_away, activate,
    deactivate, send_details, rename, add_there, readdress, confirm, link_to_erp,
]  # fmt: skip


@pytest.fixture
def limited() -> Actor:
    return staff_actor(make.staff("sales", only_own_customers=True))


def kept() -> list[tuple]:
    memberships = Membership.objects.order_by("pk").values_list("customer_id", "state", "is_buyer")
    return [*memberships, *Invitation.objects.order_by("pk").values_list("customer_id", "state")]


@pytest.mark.parametrize("deed", DEEDS)
def test_limited_staff_do_it_at_their_own_customers(deed: Callable, limited):  # A53
    deed(make.customer(representative_id=limited.id), limited)

    assert Event.objects.filter(actor_id=limited.id).count() == 1


@pytest.mark.parametrize("deed", DEEDS)
@pytest.mark.parametrize("has_other", [False, True])
def test_limited_staff_change_nobody_at_others_customers(deed: Callable, limited, has_other):  # A53
    representative = make.staff("sales") if has_other else None

    with pytest.raises(NotAllowed):
        deed(make.customer(representative=representative), limited)

    assert {row[1:] for row in kept()} <= {("active", False), ("open",)}
    assert not Event.objects.filter(actor_id=limited.id).exists()
