from datetime import timedelta

import pytest

from claimdesk.access.actions.registrations import (
    CODES,
    GUESSES_A_CODE,
    complete_registration,
    count_guess,
    register,
    send_code_again,
)
from claimdesk.access.models import AccountClaim, Membership, Onboarding, Registration
from claimdesk.access.queries.registrations import code_of, registration_by_token, token_of
from claimdesk.customers.models import Customer
from claimdesk.kernel.actor import VISITOR
from claimdesk.kernel.clock import now
from claimdesk.kernel.refused import Refused
from claimdesk.ledger.models import Event
from claimdesk.people.models import User
from tests import make

pytestmark = pytest.mark.django_db


def complete(registration: Registration, **fields: str) -> User:
    return complete_registration(registration, secret=code_of(registration), **fields, by=VISITOR)


def test_registering_makes_nothing_but_a_registration():  # A10
    make.registration()

    assert Registration.objects.count() == 1
    assert not User.objects.exists()
    assert not Customer.objects.exists()
    assert not AccountClaim.objects.exists()
    assert not Membership.objects.exists()


def test_the_code_makes_a_verified_user_who_is_to_do_his_onboarding():  # A2 A10 A13
    registration = make.registration(email="Erika@Example.COM", username="erika")

    user = complete(registration)

    assert (user.email, user.username, user.is_verified) == ("erika@example.com", "erika", True)
    assert user.check_password(make.PASSWORD)
    assert Onboarding.objects.get(user=user).submitted_at is None
    assert Event.objects.filter(kind="registration.completed", user_id=user.pk).count() == 1


def test_the_link_of_the_same_mail_does_the_same():  # A13
    registration = make.registration()
    by_link = registration_by_token(token_of(registration))

    user = complete_registration(by_link, secret=token_of(registration), by=VISITOR)

    assert user.is_verified


def test_a_link_with_another_key_or_digest_leads_nowhere():  # A10
    mine, other = make.registration(), make.registration()
    digest = token_of(mine).partition("-")[2]

    assert registration_by_token(f"{other.pk}-{digest}") is None
    assert registration_by_token("nonsense") is None


def test_a_wrong_code_makes_nothing():  # A10
    registration = make.registration()
    wrong = "000000" if code_of(registration) != "000000" else "000001"

    with pytest.raises(Refused) as refusal:
        complete_registration(registration, secret=wrong, by=VISITOR)

    assert refusal.value.code == "wrong_code"
    assert not User.objects.exists()


def test_guesses_at_a_code_are_limited_and_a_new_code_voids_the_old_one():  # A18
    registration = make.registration()
    first = code_of(registration)
    for _ in range(GUESSES_A_CODE):
        count_guess(registration, by=VISITOR)

    with pytest.raises(Refused) as refusal:
        count_guess(registration, by=VISITOR)
    send_code_again(registration, by=VISITOR)

    assert refusal.value.code == "too_many_guesses"
    assert code_of(registration) != first
    count_guess(registration, by=VISITOR)


def test_new_codes_are_limited():  # A18
    registration = make.registration()
    for _ in range(CODES - 1):
        send_code_again(registration, by=VISITOR)

    with pytest.raises(Refused) as refusal:
        send_code_again(registration, by=VISITOR)

    assert refusal.value.code == "too_many_codes"


def test_a_registration_runs_out():  # A10
    registration = make.registration()
    Registration.objects.update(expires_at=now() - timedelta(minutes=1))

    with pytest.raises(Refused) as refusal:
        complete(registration)

    assert refusal.value.code == "registration_over"
    assert not User.objects.exists()


def test_a_strangers_sign_up_does_not_block_the_owner_of_the_address():  # A10
    stranger = make.registration(email="owner@example.com", username="stranger")
    owner = make.registration(email="owner@example.com", username="owner")

    user = complete(owner)

    assert user.username == "owner"
    with pytest.raises(Refused) as refusal:
        complete(stranger)
    assert refusal.value.code == "registration_over"


def test_a_taken_address_is_answered_alike_and_its_owner_is_told():  # A18
    owner = make.user(email="owner@example.com")

    registration = make.registration(email="OWNER@example.com")

    assert registration.state == Registration.State.OPEN
    event = Event.objects.about(registration).get()
    assert (event.kind, event.user_id) == ("registration.address_taken", owner.pk)
    send_code_again(registration, by=VISITOR)
    kinds = set(Event.objects.about(registration).values_list("kind", flat=True))
    assert kinds == {"registration.address_taken"}


def test_a_taken_username_is_said():  # A18
    make.user(username="Erika")

    with pytest.raises(Refused) as refusal:
        make.registration(username="eRIKA")

    assert refusal.value.code == "username_taken"
    assert not Registration.objects.exists()


def test_a_username_taken_meanwhile_can_be_chosen_anew():  # A18
    registration = make.registration(username="erika")
    make.user(username="erika")

    with pytest.raises(Refused) as refusal:
        complete(registration)
    user = complete(registration, username="erika2")

    assert refusal.value.code == "username_taken"
    assert user.username == "erika2"


@pytest.mark.parametrize("closed", [{"allow_registration": False}, {"allow_new_account": False}])
def test_registration_that_is_switched_off_is_closed_in_the_action_too(closed):  # A3 A19
    make.company(**closed)

    with pytest.raises(Refused) as refusal:
        register(name="A", email="a@example.com", username="a", password=make.PASSWORD, by=VISITOR)

    assert refusal.value.code == "registration_closed"
    assert not Registration.objects.exists()


@pytest.mark.race
def test_of_two_completions_of_one_registration_one_makes_the_user(race):  # A13
    registration = make.registration()
    secret = code_of(registration)

    outcomes = race(*[lambda: complete_registration(registration, secret=secret, by=VISITOR)] * 2)

    refused = [outcome for outcome in outcomes if isinstance(outcome, Refused)]
    assert [refusal.code for refusal in refused] == ["registration_over"]
    assert User.objects.count() == 1
    assert Event.objects.filter(kind="registration.completed").count() == 1


@pytest.mark.race
def test_of_two_newcomers_with_one_username_one_gets_it(race):  # A18
    registrations = [make.registration(username="erika"), make.registration(username="ERIKA")]

    outcomes = race(*[lambda r=r: complete(r) for r in registrations])

    refused = [outcome for outcome in outcomes if isinstance(outcome, Refused)]
    assert [refusal.code for refusal in refused] == ["username_taken"]
    assert User.objects.count() == 1
