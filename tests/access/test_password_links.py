from datetime import timedelta

import pytest

from claimdesk.access.actions.password_links import (
    ask_for_fresh_link,
    ask_for_password_link,
    use_password_link,
    write_password_link,
)
from claimdesk.access.models import PasswordLink
from claimdesk.access.queries.access import actor_of
from claimdesk.access.queries.password_links import is_usable, password_link_by_token, token_of
from claimdesk.kernel.actor import VISITOR
from claimdesk.kernel.clock import now
from claimdesk.kernel.refused import Refused
from claimdesk.ledger.models import Event
from claimdesk.people.actions.passwords import change_password
from tests import make

pytestmark = pytest.mark.django_db
NEW = "another horse battery"


def link(**fields) -> PasswordLink:
    return write_password_link(make.user(**fields), purpose="login_details")


def test_a_link_sets_the_password_and_verifies_the_address():  # A62 A80
    fresh = link(email_verified_at=None, password=None)

    user = use_password_link(fresh, password=NEW, by=VISITOR)

    assert user.check_password(NEW)
    assert user.is_verified
    assert Event.objects.get(kind="password_link.used").data["is_first"]


def test_a_link_works_once():  # A62
    fresh = link()
    use_password_link(fresh, password=NEW, by=VISITOR)

    with pytest.raises(Refused) as refusal:
        use_password_link(PasswordLink.objects.get(), password=make.PASSWORD, by=VISITOR)

    assert refusal.value.code == "link_over"
    fresh.user.refresh_from_db()
    assert fresh.user.check_password(NEW)


def test_sending_again_voids_the_earlier_link():  # A62
    earlier = link()
    later = write_password_link(earlier.user, purpose="login_details")

    earlier.refresh_from_db()

    assert not is_usable(earlier)
    assert is_usable(later)


def test_a_changed_password_ends_the_links_that_were_asked_for_before():  # A81
    earlier = link()
    user = earlier.user
    change_password(user, password=NEW, by=actor_of(user, door="portal"))

    with pytest.raises(Refused) as refusal:
        use_password_link(PasswordLink.objects.get(), password=make.PASSWORD, by=VISITOR)

    assert refusal.value.code == "link_over"
    user.refresh_from_db()
    assert user.check_password(NEW)


def test_a_link_runs_out_and_offers_a_fresh_one():  # A62
    old = link()
    PasswordLink.objects.update(expires_at=now() - timedelta(seconds=1))
    old.refresh_from_db()
    with pytest.raises(Refused):
        use_password_link(old, password=NEW, by=VISITOR)

    ask_for_fresh_link(old, by=VISITOR)

    fresh = PasswordLink.objects.latest("pk")
    assert is_usable(fresh)
    assert Event.objects.get(kind="password_link.asked").data["password_link_id"] == fresh.pk


def test_a_disabled_person_gets_no_link_and_can_use_none():  # A68
    fresh = link()
    fresh.user.is_active = False
    fresh.user.save()

    with pytest.raises(Refused):
        use_password_link(fresh, password=NEW, by=VISITOR)
    with pytest.raises(Refused):
        ask_for_fresh_link(fresh, by=VISITOR)
    ask_for_password_link(email=fresh.user.email, by=VISITOR)

    assert PasswordLink.objects.count() == 1


def test_only_the_whole_token_leads_to_the_link():  # A62
    mine, other = link(), link()

    assert password_link_by_token(token_of(mine)) == mine
    assert password_link_by_token(f"{other.pk}-{token_of(mine).partition('-')[2]}") is None
    assert password_link_by_token(f"{mine.pk}-") is None


def test_an_unknown_address_gets_no_link():  # A18
    ask_for_password_link(email="nobody@example.com", by=VISITOR)

    assert not PasswordLink.objects.exists()
    assert Event.objects.get().kind == "password_link.refused"


@pytest.mark.race
def test_of_two_uses_of_one_link_one_sets_the_password(race):  # A62
    fresh = link()

    outcomes = race(
        *[
            lambda word=word: use_password_link(
                PasswordLink.objects.select_related("user").get(pk=fresh.pk), password=word, by=VISITOR
            )
            for word in ("first horse battery", "second horse battery")
        ]
    )

    assert sum(isinstance(outcome, Refused) for outcome in outcomes) == 1
    assert Event.objects.filter(kind="password_link.used").count() == 1
