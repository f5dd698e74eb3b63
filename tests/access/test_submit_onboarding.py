import pytest

from claimdesk.access.actions.onboarding import save_onboarding, submit_onboarding
from claimdesk.access.models import AccountClaim, Membership, Onboarding
from claimdesk.access.queries.access import memberships_that_count
from claimdesk.access.queries.onboarding import onboarding_to_do
from claimdesk.customers.matching.writing import reindex
from claimdesk.customers.models import Customer, CustomerGroup, StaleAddress
from claimdesk.kernel.refused import NotAllowed, Refused
from claimdesk.ledger.models import Event
from tests import make

pytestmark = pytest.mark.django_db
PLACE = {"street": "Hafenstr. 12", "postcode": "20457", "town": "Hamburg", "country": "DE"}
NAME = "Nordwind Werkzeuge GmbH"
Outcome = Onboarding.Outcome


def on_file(**fields) -> Customer:
    """A customer whom the newcomer's organization matches, filed for matching."""
    customer = make.customer(**({"name": NAME, "email": "desk@nordwind.example"} | PLACE | fields))
    reindex([customer.pk])
    return customer


def newcomer(email: str = "erika@elsewhere.example", **fields) -> Onboarding:
    user = make.user(email=email, name="Erika Muster")
    return make.onboarding(user, **({"organization": "Nordwind Werkzeuge"} | PLACE | fields))


def submit(onboarding: Onboarding) -> Onboarding:
    return submit_onboarding(onboarding, by=make.actor(onboarding.user))


def test_a_match_makes_one_pending_claim():  # A5
    customer = on_file()

    onboarding = submit(newcomer())

    claim = AccountClaim.objects.get()
    assert onboarding.outcome == Outcome.ACCOUNT_CLAIM
    assert (claim.customer, claim.state) == (customer, "pending")
    assert claim.requested["organization"] == "Nordwind Werkzeuge"
    assert claim.evidence
    assert claim.probability > 0.5
    assert not Membership.objects.exists()
    assert Customer.objects.count() == 1
    assert onboarding.explanation["reason"] == "auto_approve_off"


def test_no_match_makes_a_new_customer_with_the_user_as_first_manager():  # A6 A14 A16
    on_file()
    onboarding = newcomer(
        organization="Sägewerk Tannenbaum KG", postcode="79098", town="Freiburg", street="Am Wald 1"
    )

    submit(onboarding)

    customer = Customer.objects.exclude(name=NAME).get()
    membership = Membership.objects.get()
    assert (customer.name, customer.state, customer.number[0]) == ("Sägewerk Tannenbaum KG", "new", "W")
    assert (membership.user, membership.customer, membership.is_manager) == (onboarding.user, customer, True)
    assert not AccountClaim.objects.exists()
    assert not memberships_that_count(onboarding.user).exists()
    assert customer.addresses.get().town == "Freiburg"
    assert customer.contacts.get().email == onboarding.user.email
    assert onboarding.explanation["reason"] == "no_match"


def test_a_new_account_can_order_at_once_where_the_seller_has_it_so():  # A14
    make.company(new_account_status="active")
    onboarding = newcomer()

    submit(onboarding)

    assert Customer.objects.get().state == "active"
    assert memberships_that_count(onboarding.user).exists()


def test_a_new_account_gets_the_sellers_defaults():  # A15
    representative, group = make.staff("sales"), CustomerGroup.objects.create(name="Web")
    make.company(
        default_terms="30 days",
        default_price_group="B",
        default_representative=representative,
        default_groups=[group.pk],
    )

    submit(newcomer())

    customer = Customer.objects.get()
    assert (customer.terms, customer.price_group) == ("30 days", "B")
    assert customer.representative == representative
    assert list(customer.groups.all()) == [group]


def test_an_individual_needs_no_organization():  # A2
    onboarding = newcomer(kind="individual", organization="")

    submit(onboarding)

    customer = Customer.objects.get()
    assert (customer.kind, customer.name) == ("individual", "Erika Muster")


def test_a_business_without_a_name_is_refused_and_nothing_follows():  # A2
    onboarding = newcomer(organization="")

    with pytest.raises(Refused) as refusal:
        submit(onboarding)

    assert refusal.value.code == "incomplete"
    assert not Customer.objects.exists()
    onboarding.refresh_from_db()
    assert onboarding.submitted_at is None


def test_nothing_is_matched_before_the_address_is_verified():  # A10
    customer, onboarding = on_file(), newcomer()
    onboarding.user.email_verified_at = None
    onboarding.user.save()

    with pytest.raises(Refused) as refusal:
        submit(onboarding)

    assert refusal.value.code == "not_verified"
    assert not AccountClaim.objects.filter(customer=customer).exists()


@pytest.mark.parametrize(
    ("evidence", "email", "outcome"),
    [
        ("verified_contact", "buyer@onfile.example", Outcome.LINKED),
        ("verified_contact", "erika@nordwind.example", Outcome.ACCOUNT_CLAIM),
        ("verified_contact", "erika@elsewhere.example", Outcome.ACCOUNT_CLAIM),
        ("verified_domain", "buyer@onfile.example", Outcome.LINKED),
        ("verified_domain", "erika@nordwind.example", Outcome.LINKED),
        ("verified_domain", "erika@elsewhere.example", Outcome.ACCOUNT_CLAIM),
        ("name_alone", "erika@elsewhere.example", Outcome.LINKED),
    ],
)
def test_auto_approve_links_on_the_evidence_that_the_seller_asks_for(evidence, email, outcome):  # A4 A9
    make.company(auto_approve=True, auto_approve_evidence=evidence)
    customer = on_file()
    make.contact(customer, email="buyer@onfile.example")
    make.domain(customer, "nordwind.example")
    reindex([customer.pk])

    onboarding = submit(newcomer(email))

    assert onboarding.outcome == outcome
    is_linked = outcome == Outcome.LINKED
    assert memberships_that_count(onboarding.user).filter(customer=customer).exists() == is_linked
    assert AccountClaim.objects.exists() != is_linked
    assert onboarding.explanation["evidence_asked"] == evidence


def test_a_firm_of_the_same_group_is_not_linked_by_the_domain_they_share():  # A9
    make.company(auto_approve=True, auto_approve_evidence="verified_domain")
    customer = on_file()
    make.domain(customer, "nordwind.example")
    reindex([customer.pk])

    onboarding = submit(newcomer("erika@nordwind.example", organization="Nordwind Werkzeuge Leasing"))

    assert onboarding.outcome == Outcome.ACCOUNT_CLAIM
    assert onboarding.explanation["reason"] == "uncertain"
    assert not Membership.objects.exists()


def test_an_unconfirmed_domain_proves_nothing():  # A9 A33
    make.company(auto_approve=True, auto_approve_evidence="verified_domain")
    make.domain(on_file(), "nordwind.example", confirmed=False)

    assert submit(newcomer("erika@nordwind.example")).outcome == Outcome.ACCOUNT_CLAIM


def test_a_domain_above_or_below_a_confirmed_one_proves_nothing():  # A33
    make.company(auto_approve=True, auto_approve_evidence="verified_domain")
    make.domain(on_file(), "nordwind.example")

    assert submit(newcomer("erika@mail.nordwind.example")).outcome == Outcome.ACCOUNT_CLAIM


def test_a_shared_mailbox_domain_proves_nothing_even_confirmed():  # A9 A33
    make.company(auto_approve=True, auto_approve_evidence="verified_domain")
    make.domain(on_file(), "gmail.com")

    assert submit(newcomer("erika@gmail.com")).outcome == Outcome.ACCOUNT_CLAIM


def test_an_address_that_was_given_up_is_no_verified_contact_any_more():  # A9 A82
    make.company(auto_approve=True)
    customer = on_file()
    make.contact(customer, email="buyer@onfile.example")
    StaleAddress.objects.create(customer=customer, email="buyer@onfile.example")

    assert submit(newcomer("buyer@onfile.example")).outcome == Outcome.ACCOUNT_CLAIM


def test_an_ambiguous_match_is_never_linked_and_makes_one_claim_on_the_best():  # A32 A35
    make.company(auto_approve=True, auto_approve_evidence="name_alone")
    on_file()
    on_file(email="other@nordwind.example")

    onboarding = submit(newcomer())

    claim = AccountClaim.objects.get()
    assert onboarding.outcome == Outcome.ACCOUNT_CLAIM
    assert onboarding.explanation["reason"] == "ambiguous"
    assert claim.is_ambiguous
    assert len(claim.candidates) == 1


def test_an_inactive_customer_matches_for_review_only():  # A34
    make.company(auto_approve=True, auto_approve_evidence="name_alone")
    on_file(state="inactive")

    onboarding = submit(newcomer())

    assert onboarding.outcome == Outcome.ACCOUNT_CLAIM
    assert onboarding.explanation["reason"] == "inactive"


@pytest.mark.parametrize("auto_approve", [False, True])
@pytest.mark.parametrize("email", ["erika@elsewhere.example", "Erika+2@elsewhere.example"])
def test_what_was_denied_is_not_asked_again_by_registering_anew(auto_approve, email):  # A47
    make.company(auto_approve=auto_approve, auto_approve_evidence="name_alone")
    customer = on_file()
    make.account_claim(user=make.user(email="erika+1@elsewhere.example"), customer=customer, state="denied")

    onboarding = submit(newcomer(email, organization="NORDWIND Werkzeuge G.m.b.H."))

    assert onboarding.outcome == Outcome.DENIED_BEFORE
    assert AccountClaim.objects.count() == 1
    assert not Membership.objects.exists()


def test_a_second_submission_changes_nothing():  # A2 A52
    onboarding = newcomer()
    submit(onboarding)
    events = Event.objects.count()

    submit(onboarding)

    assert Customer.objects.count() == 1
    assert Event.objects.count() == events
    assert onboarding_to_do(make.actor(onboarding.user)) is None


def test_a_draft_is_kept_and_matched_with_nothing():  # A2
    on_file()
    onboarding = newcomer()

    save_onboarding(onboarding, fields={"town": "Bremen"}, by=make.actor(onboarding.user))

    assert onboarding_to_do(make.actor(onboarding.user)).town == "Bremen"
    assert not AccountClaim.objects.exists()


def test_a_draft_that_comes_after_the_submission_is_not_kept():  # A2
    onboarding = newcomer()
    submit(onboarding)

    kept = save_onboarding(onboarding, fields={"town": "Bremen"}, by=make.actor(onboarding.user))

    assert not kept
    assert onboarding.town == "Hamburg"


def test_nobody_submits_for_another():  # A2
    onboarding = newcomer()

    with pytest.raises(NotAllowed):
        submit_onboarding(onboarding, by=make.actor(make.user()))

    assert not Customer.objects.exists()


@pytest.mark.race
def test_a_double_click_makes_one_customer(race):  # A2 A6
    onboarding = newcomer()

    race(*[lambda: submit(Onboarding.objects.get(pk=onboarding.pk))] * 2)

    assert Customer.objects.count() == 1
    assert Membership.objects.count() == 1
    assert Event.objects.filter(kind="onboarding.customer_made").count() == 1


@pytest.mark.race
def test_a_double_click_makes_one_claim(race):  # A5 A52
    on_file()
    onboarding = newcomer()

    race(*[lambda: submit(Onboarding.objects.get(pk=onboarding.pk))] * 2)

    assert AccountClaim.objects.count() == 1
    assert Event.objects.filter(kind="account_claim.made").count() == 1
