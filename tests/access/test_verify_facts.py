from datetime import timedelta

import pytest

from claimdesk.access.actions.registrations import complete_registration, register
from claimdesk.access.actions.verification import connect_user, use_right, verify_facts
from claimdesk.access.models import AccountClaim, ConnectionRight, Membership, Onboarding
from claimdesk.access.queries.access import memberships_that_count
from claimdesk.access.queries.registrations import code_of
from claimdesk.access.queries.verification import right_of_session
from claimdesk.customers.models import Alias, Customer
from claimdesk.kernel.actor import VISITOR
from claimdesk.kernel.clock import now, today
from claimdesk.kernel.refused import Refused
from claimdesk.ledger.models import Event
from tests import make

pytestmark = pytest.mark.django_db
FACTS = {"number": "K-00123", "postcode": "20457", "invoice": "RE-0815"}


def customer(**fields) -> Customer:
    """A customer whose three facts are FACTS."""
    row = make.customer(**({"number": "K-00123", "postcode": "20457", "town": "Hamburg"} | fields))
    make.invoice_proof(row, "RE-0815")
    return row


def verify(session: str = "mine", **facts: str) -> ConnectionRight | None:
    return verify_facts(**(FACTS | facts), session_digest=session, address="192.0.2.1", by=VISITOR)


def test_three_right_facts_give_the_right_to_go_on_and_are_kept():  # A20 A25
    right = verify() if customer() else None

    assert right is not None
    assert Event.objects.filter(kind="verification.passed", customer_id=right.customer_id).count() == 1


@pytest.mark.parametrize("fact", [{"number": "K-00124"}, {"postcode": "20458"}, {"invoice": "RE-0816"}])
def test_any_wrong_fact_gives_nothing(fact):  # A20 A22
    customer()

    assert verify(**fact) is None
    assert not ConnectionRight.objects.exists()
    assert Event.objects.filter(kind="verification.failed").count() == 1


@pytest.mark.parametrize(
    "facts",
    [
        {"number": " k 123 "},
        {"number": "k-123"},
        {"postcode": " 20 457"},
        {"invoice": "re0815"},
        {"invoice": "RE 0815"},
    ],
)
def test_case_spaces_and_punctuation_do_not_matter(facts):  # A23
    customer(number="K-123") if "number" in facts else customer()

    assert verify(**facts) is not None


@pytest.mark.parametrize(
    ("on_file", "typed"), [("02134", "2134"), ("02134-1000", "02134"), ("02134", "021341000")]
)
def test_leading_zeros_and_zip_plus_four_do_not_matter(on_file, typed):  # A23
    customer(postcode=on_file, country="US")

    assert verify(postcode=typed) is not None


def test_an_invoice_counts_while_it_is_recent_and_not_void_and_of_that_account():  # A23
    make.company(invoice_recent_days=90)
    row = customer()
    make.invoice_proof(row, "RE-1", issued_on=today() - timedelta(days=91))
    make.invoice_proof(row, "RE-2", is_void=True)
    make.invoice_proof(row, "RE-3", issued_on=today() + timedelta(days=2))
    make.invoice_proof(make.customer(), "RE-4")
    make.invoice_proof(row, "RE-5", issued_on=today() - timedelta(days=90))

    outcomes = [verify(invoice=f"RE-{n}") is not None for n in range(1, 6)]

    assert outcomes == [False, False, False, False, True]


@pytest.mark.parametrize("missing", ["postcode", "invoice"])
def test_an_account_without_invoice_or_postcode_goes_to_review_and_never_passes(missing):  # A23
    row = make.customer(number="K-00123", postcode="" if missing == "postcode" else "20457", town="Hamburg")
    if missing == "postcode":
        make.invoice_proof(row, "RE-0815")

    assert verify() is None
    assert verify(postcode="", invoice="") is None
    event = Event.objects.filter(kind="verification.needs_review").first()
    assert event.data["missing"] == missing


def test_an_old_number_works_and_means_the_survivor():  # A23 A74
    survivor = customer()
    make.customer(number="OLD-7", state="inactive", merged_into=survivor)
    Alias.objects.create(customer=survivor, kind="number", value="ALT-9", folded="alt9")

    assert verify(number="OLD-7").customer == survivor
    assert verify(number="ALT-9").customer == survivor


def test_an_inactive_account_gives_nothing():  # A64
    customer(state="inactive")

    assert verify() is None


def test_switched_off_nothing_is_looked_at():  # A3 A11 A19
    customer()
    make.company(allow_new_user_for_account=False)

    with pytest.raises(Refused) as refusal:
        verify()

    assert refusal.value.code == "registration_closed"


def test_the_right_is_bound_to_the_session_and_short_lived():  # A25
    customer()
    right = verify("mine")

    assert right_of_session(right.pk, "mine") == right
    assert right_of_session(right.pk, "another") is None
    ConnectionRight.objects.update(expires_at=now() - timedelta(seconds=1))
    assert right_of_session(right.pk, "mine") is None


def test_the_right_is_used_once():  # A25
    customer()
    right = verify()
    use_right(right, by=VISITOR)

    with pytest.raises(Refused) as refusal:
        use_right(right, by=VISITOR)

    assert refusal.value.code == "right_used"


def newcomer(right: ConnectionRight):
    registration = register(
        name="Erika",
        email="erika@else.example",
        username="erika",
        password=make.PASSWORD,
        right=right,
        by=VISITOR,
    )
    return registration, lambda: complete_registration(registration, secret=code_of(registration), by=VISITOR)


def test_access_comes_with_the_verified_address_and_not_before():  # A10 A24
    row = customer()
    _, complete = newcomer(verify())
    assert not Membership.objects.exists()

    user = complete()

    assert memberships_that_count(user).get().customer == row
    assert not Onboarding.objects.exists()
    event = Event.objects.get(kind="verification.connected")
    assert (event.customer_id, event.data["gave"]) == (row.pk, "access")


def test_success_can_give_a_claim_with_strong_evidence_instead():  # A24
    make.company(verification_gives="account_claim")
    row = customer()
    _, complete = newcomer(verify())

    user = complete()

    claim = AccountClaim.objects.get()
    assert (claim.user, claim.customer, claim.is_proved) == (user, row, True)
    assert not Membership.objects.exists()


@pytest.mark.parametrize("state", ["new", "admin"])
def test_an_account_that_is_not_active_gives_a_claim(state):  # A24 A65
    customer(state=state)
    _, complete = newcomer(verify())

    complete()

    assert AccountClaim.objects.get().is_proved
    assert not Membership.objects.exists()


def test_verification_settles_the_pending_claim():  # A58
    row, user = customer(), make.user()
    claim = make.account_claim(user=user, customer=row)

    connect_user(user, customer=row, by=make.actor(user))

    claim.refresh_from_db()
    assert (claim.state, claim.decision) == ("approved", "settled")
    assert memberships_that_count(user).exists()


def test_an_earlier_denial_stands():  # A47
    row, user = customer(), make.user()
    make.account_claim(user=user, customer=row, state="denied")

    gave = connect_user(user, customer=row, by=make.actor(user))

    assert gave == "nothing"
    assert not Membership.objects.exists()
    assert AccountClaim.objects.count() == 1


@pytest.mark.race
def test_of_two_uses_of_one_right_one_wins(race):  # A25
    customer()
    right = verify()

    outcomes = race(*[lambda: use_right(right, by=VISITOR)] * 2)

    assert sum(isinstance(outcome, Refused) for outcome in outcomes) == 1


def test_a_person_of_staff_does_not_enter_by_three_facts():  # A53
    person = make.staff("sales")

    with pytest.raises(Refused) as refusal:
        connect_user(person, customer=customer(), by=make.actor(person))

    assert refusal.value.code == "staff_cannot_belong"
    assert not Membership.objects.exists()
    assert not AccountClaim.objects.exists()
