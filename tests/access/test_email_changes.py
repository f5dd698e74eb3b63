from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator

from claimdesk.access.actions.email_changes import (
    GUESSES,
    ask_email_change,
    cancel_email_change,
    confirm_email_change,
    count_guess,
)
from claimdesk.access.actions.password_links import write_password_link
from claimdesk.access.models import EmailChange
from claimdesk.access.queries.email_changes import (
    cancel_token_of,
    code_of,
    email_change_by_cancel_token,
    open_email_change,
)
from claimdesk.access.queries.password_links import is_usable
from claimdesk.customers.models import StaleAddress
from claimdesk.kernel.actor import VISITOR
from claimdesk.kernel.clock import now
from claimdesk.kernel.refused import NotAllowed, Refused
from claimdesk.ledger.models import Event
from claimdesk.people.models import User
from tests import make

pytestmark = pytest.mark.django_db
NEW = "erika@new.example"


def asked(user: User, email: str = NEW) -> EmailChange:
    return ask_email_change(user, new_email=email, by=make.actor(user))


def confirm(change: EmailChange) -> None:
    confirm_email_change(change, code=code_of(change), by=make.actor(change.user))


def test_the_address_changes_when_the_new_one_is_verified_and_not_before():  # A82
    user = make.user(email="erika@old.example")
    change = asked(user)
    user.refresh_from_db()
    assert user.email == "erika@old.example"

    confirm(change)

    user.refresh_from_db()
    assert user.email == NEW
    assert user.is_verified


def test_a_wrong_code_changes_nothing_and_guesses_are_limited():  # A82
    user = make.user()
    change = asked(user)

    with pytest.raises(Refused) as refusal:
        confirm_email_change(change, code="wrong", by=make.actor(user))
    for _ in range(GUESSES):
        count_guess(change, by=make.actor(user))

    assert refusal.value.code == "wrong_code"
    with pytest.raises(Refused):
        count_guess(change, by=make.actor(user))


def test_what_rested_on_the_old_address_is_stale():  # A82
    user = make.user(email="erika@old.example")
    claim = make.account_claim(user=user)
    membership = make.membership(user)

    confirm(asked(user))

    claim.refresh_from_db()
    assert claim.is_stale
    stale = {(row.customer_id, row.email) for row in StaleAddress.objects.all()}
    assert stale == {
        (claim.customer_id, "erika@old.example"),
        (membership.customer_id, "erika@old.example"),
    }


def test_outstanding_links_are_void_after_a_change():  # A82
    user = make.user()
    link = write_password_link(user, purpose="reset")

    confirm(asked(user))

    link.refresh_from_db()
    assert not is_usable(link)


def test_the_old_address_can_cancel_before():  # A82
    user = make.user(email="erika@old.example")
    change = asked(user)

    cancel_email_change(email_change_by_cancel_token(cancel_token_of(change)), by=VISITOR)

    with pytest.raises(Refused):
        confirm(change)
    user.refresh_from_db()
    assert user.email == "erika@old.example"


def test_the_old_address_can_cancel_afterwards_and_then_the_password_ends_too():  # A82
    user = make.user(email="erika@old.example")
    change = asked(user)
    confirm(change)

    cancel_email_change(email_change_by_cancel_token(cancel_token_of(change)), by=VISITOR)

    user.refresh_from_db()
    assert user.email == "erika@old.example"
    assert not user.has_usable_password()
    assert email_change_by_cancel_token(cancel_token_of(change)) is None
    assert Event.objects.get(kind="email_change.canceled").data["was_confirmed"]


def test_a_taken_address_is_answered_alike_and_its_owner_is_told():  # A18 A82
    owner, user = make.user(email=NEW), make.user()

    change = asked(user)

    assert open_email_change(user) == change
    assert Event.objects.get(kind="email_change.address_taken").data["owner_id"] == owner.pk
    with pytest.raises(Refused):
        confirm(change)


def test_nobody_changes_anothers_address():  # A82
    change = asked(make.user())

    with pytest.raises(NotAllowed):
        confirm_email_change(change, code=code_of(change), by=make.actor(make.user()))


def test_a_second_wish_takes_the_place_of_the_first():  # A82
    user = make.user()
    first = asked(user)

    second = asked(user, "erika@newer.example")

    assert open_email_change(user) == second
    with pytest.raises(Refused):
        confirm(first)


def test_the_first_owner_cancels_also_after_the_address_was_changed_twice():  # A82
    user = make.user(email="erika@old.example")
    first = asked(user, "thief@one.example")
    confirm(first)
    user.refresh_from_db()
    second = asked(user, "thief@two.example")
    confirm(second)

    cancel_email_change(first, by=VISITOR)

    user.refresh_from_db()
    assert user.email == "erika@old.example"
    assert not user.has_usable_password()
    with pytest.raises(Refused):
        cancel_email_change(second, by=VISITOR)


def factor(user: User, kind: str, *, ago: timedelta = timedelta()) -> Authenticator:
    return Authenticator.objects.create(user=user, type=kind, data={}, created_at=now() - ago)


def test_canceling_afterwards_removes_the_second_factors_that_came_since():  # A82
    user, other = make.user(email="erika@old.example"), make.user()
    own = factor(user, "totp", ago=timedelta(days=1))
    factor(user, "recovery_codes", ago=timedelta(days=1))
    change = asked(user)
    for kind in ("webauthn", "webauthn"):
        factor(user, kind)
    others = factor(other, "webauthn")
    confirm(change)

    cancel_email_change(change, by=VISITOR)

    assert set(Authenticator.objects.all()) == {own, others}


@pytest.mark.parametrize("is_confirmed", [False, True])
def test_canceling_takes_password_and_factors_from_whoever_asked(is_confirmed):  # A82
    user = make.user()
    own = factor(user, "totp", ago=timedelta(days=1))
    link = write_password_link(user, purpose="reset")
    change = asked(user)
    factor(user, "webauthn")
    if is_confirmed:
        confirm(change)

    cancel_email_change(change, by=VISITOR)

    user.refresh_from_db()
    link.refresh_from_db()
    assert not user.has_usable_password()
    assert list(Authenticator.objects.all()) == [own]
    assert not is_usable(link)


@pytest.mark.parametrize("is_confirmed", [False, True])
def test_canceling_ends_all_sessions(client, is_confirmed):  # A82
    user = make.membership(make.user(email="erika@old.example")).user
    change = asked(user)
    if is_confirmed:
        confirm(change)
    client.post("/sign-in/", {"login": user.email, "password": make.PASSWORD})
    assert client.get("/account/").status_code == 200

    cancel_email_change(change, by=VISITOR)

    assert client.get("/account/").headers["Location"].startswith("/sign-in/")
