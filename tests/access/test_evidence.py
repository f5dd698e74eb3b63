"""Evidence: what speaks for and against an account claim, each in one sentence."""

import pytest

from claimdesk.access.actions.account_claims import deny_account_claim
from claimdesk.access.models import AccountClaim
from claimdesk.access.queries.comparison import comparison_of
from claimdesk.access.queries.evidence import Evidence, evidence_of
from claimdesk.access.queries.review import Review, review_of
from claimdesk.company.queries.company import company
from claimdesk.customers.models import Customer, StaleAddress
from claimdesk.people.models import User
from claimdesk.people.queries.staff import staff_actor
from tests import make

pytestmark = pytest.mark.django_db

HOLZ = {"name": "Holz Schmidt GmbH", "phone": "+49 40 1234567", "tax_number": "DE123456789"}
PLACE = {"street": "Dockweg 1", "postcode": "20095", "town": "Hamburg", "country": "DE"}


def customer(**fields) -> Customer:
    """A customer with everything on file."""
    return make.customer(**(HOLZ | PLACE | {"email": "buero@holz-schmidt.de"} | fields))


def claim(at: Customer, *, name: str = "Mia Miller", email: str = "mia@else.com", **fields) -> AccountClaim:
    """A claim of somebody who typed the same as is on file."""
    requested = fields.pop("requested", {"organization": HOLZ["name"], **PLACE})
    return make.account_claim(
        user=make.user(name=name, email=email), customer=at, requested=requested, **fields
    )


def review(of: AccountClaim, actor=make.STAFF) -> Review:
    """The review as staff see it."""
    return review_of(AccountClaim.objects.get(pk=of.pk), seller=company(), actor=actor)


def evidence(of: AccountClaim) -> Evidence:
    """The evidence as staff see it."""
    return evidence_of(review(of))


def codes(statements) -> set[str]:
    """The statements' codes."""
    return {one.code for one in statements}


def test_the_matchers_reasons_speak_for_and_against():  # A43 A31
    same = evidence(
        claim(customer(), requested={"organization": HOLZ["name"], **PLACE, "phone": HOLZ["phone"]})
    )
    against = {"organization": HOLZ["name"], "tax_number": "DE999999998"}
    other = evidence(claim(customer(email="x@y.de"), email="ben@else.com", requested=against))

    assert {"name_same", "phone_same", "postcode_same"} <= codes(same.speaks_for)
    assert "tax_number_other" in codes(other.speaks_against)
    assert all(one.sentence for one in same.speaks_for)


def test_an_address_on_file_names_the_contact():  # A43
    at = customer()
    make.contact(at, name="Mia Miller", email="mia@holz-schmidt.de")

    found = evidence(claim(at, email="mia@holz-schmidt.de"))

    statement = next(one for one in found.speaks_for if one.code == "contact")
    assert (statement.strength, "Mia Miller" in statement.sentence) == (3, True)


def test_a_disabled_contact_speaks_against():  # A43 A68
    at = customer()
    make.contact(at, email="mia@holz-schmidt.de", is_enabled=False)

    found = evidence(claim(at, email="mia@holz-schmidt.de"))

    assert "contact_disabled" in codes(found.speaks_against)
    assert "contact" not in codes(found.speaks_for)


def test_a_stale_address_proves_nothing():  # A82
    at = customer()
    make.contact(at, email="mia@holz-schmidt.de")
    StaleAddress.objects.create(customer=at, email="mia@holz-schmidt.de")

    found = evidence(claim(at, email="mia@holz-schmidt.de"))

    assert "stale_address" in codes(found.speaks_against)
    assert "contact" not in codes(found.speaks_for)


def test_a_role_mailbox_is_weaker():  # A43
    found = evidence(claim(customer(email="office@holz-schmidt.de"), email="office@holz-schmidt.de"))

    assert next(one.strength for one in found.speaks_for if one.code == "account_address") == 2
    assert "role_mailbox" in codes(found.notes)


def test_another_spelling_of_a_contacts_mailbox_is_told():  # A47
    at = customer()
    make.contact(at, email="mia@holz-schmidt.de")

    assert "contact_spelling" in codes(evidence(claim(at, email="mia+x@holz-schmidt.de")).speaks_for)


@pytest.mark.parametrize(
    ("confirmed", "code", "strength"), [(True, "domain_confirmed", 3), (False, "domain_of_contacts", 2)]
)
def test_a_domain_counts_once_it_is_confirmed(confirmed, code, strength):  # A33
    at = customer(email="desk@elsewhere.com")
    make.contact(at, email="ben@holz-schmidt.de")
    make.domain(at, "holz-schmidt.de", confirmed=confirmed)

    found = evidence(claim(at, email="mia@holz-schmidt.de"))

    assert next(one.strength for one in found.speaks_for if one.code == code) == strength


def test_a_shared_mailbox_domain_proves_nothing():  # A33
    at = customer(email="desk@gmail.com")
    make.domain(at, "gmail.com")

    found = evidence(claim(at, email="mia@gmail.com"))

    assert "domain_shared" in codes(found.notes)
    assert not {"domain_confirmed", "domain_of_contacts"} & codes(found.speaks_for)


def test_a_domain_that_is_anothers_speaks_against():  # A33
    make.domain(make.customer(name="Rival Ltd"), "rival.com")

    found = evidence(claim(customer(), email="mia@rival.com"))

    statement = next(one for one in found.speaks_against if one.code == "domain_of_another")
    assert (statement.strength, "Rival Ltd" in statement.sentence) == (3, True)


@pytest.mark.parametrize(
    ("on_file", "code"), [("Mia Miller", "name_of_contact"), ("Mia Millar", "name_near_contact")]
)
def test_a_persons_name_among_the_contacts_speaks_for(on_file, code):  # A57
    at = customer()
    make.contact(at, name=on_file, email="other@holz-schmidt.de")

    assert code in codes(evidence(claim(at)).speaks_for)


def test_colleagues_with_access_speak_for():  # A43
    at = customer()
    make.membership(make.user(email="ben@holz-schmidt.de"), at)

    assert "colleagues" in codes(evidence(claim(at, email="mia@holz-schmidt.de")).speaks_for)


def test_earlier_denials_of_user_mailbox_and_name_speak_against():  # A47
    at, elsewhere = customer(), make.customer()
    deny_account_claim(claim(at, email="mia.miller@gmail.com"), by=make.STAFF)
    deny_account_claim(claim(elsewhere, email="miamiller+2@gmail.com"), by=make.STAFF)

    same_mailbox = evidence(claim(at, email="miamiller@gmail.com"))
    same_name = evidence(claim(at, email="mia@unheard-of.com"))

    assert {"denied_here", "denied_elsewhere"} <= codes(same_mailbox.speaks_against)
    assert "denied_name" in codes(same_name.speaks_against)
    assert "denied_here" not in codes(same_name.speaks_against)


@pytest.mark.parametrize(
    ("state", "where"), [("inactive", "speaks_against"), ("new", "speaks_against"), ("admin", "notes")]
)
def test_the_status_of_the_customer_is_told(state, where):  # A34 A53
    assert state in codes(getattr(evidence(claim(customer(state=state))), where))


def test_a_merged_customer_is_shown_as_its_survivor():  # A53
    survivor = make.customer(name="Survivor Ltd")
    found = review(claim(customer(state="inactive", merged_into=survivor)))

    assert found.customer == survivor
    assert "merged" in codes(evidence_of(found).notes)


def test_a_namesake_in_another_town_makes_it_ambiguous():  # A32 A35
    at = customer()
    make.customer(name=HOLZ["name"], town="Kiel")

    statement = next(one for one in evidence(claim(at)).speaks_against if one.code == "ambiguous")

    assert "Kiel" in statement.sentence


def test_other_candidates_are_offered_and_make_it_ambiguous():  # A35 A46
    other = make.customer(name="Holz Schmitt KG", town="Kiel")
    of = claim(customer(), candidates=[{"customer_id": other.pk, "probability": 0.4, "likeness": 0.8}])

    found = review(of)

    assert [(one.customer, one.town, one.percent) for one in found.alternatives] == [(other, "Kiel", 80)]
    assert "ambiguous" in codes(evidence_of(found).speaks_against)


def test_limited_staff_are_not_told_of_others_customers():  # A53
    person = make.staff("sales", only_own_customers=True)
    other = make.customer(name=HOLZ["name"])
    of = claim(customer(representative=person), candidates=[{"customer_id": other.pk, "probability": 0.4}])

    found = review(of, actor=staff_actor(person))

    assert found.alternatives == []
    assert found.namesakes == []


def test_three_right_facts_are_as_good_as_proof():  # A24
    statement = next(
        one for one in evidence(claim(customer(), is_proved=True)).speaks_for if one.code == "proved"
    )

    assert statement.strength == 3


def test_a_user_who_was_disabled_or_unverified_since_speaks_against():  # A53
    of = claim(customer())
    User.objects.filter(pk=of.user_id).update(is_active=False, email_verified_at=None)

    assert {"user_disabled", "not_verified"} <= codes(evidence(of).speaks_against)


def test_reasons_that_hold_no_more_are_told_as_of_their_day():  # A43
    stored = [{"code": "phone_same", "params": {}, "weight": 2.5}]

    found = evidence(claim(customer(phone=""), evidence=stored))

    assert any("same phone number" in one.sentence for one in found.notes if one.code == "held_then")


def test_siblings_are_told():  # A49
    at = customer()
    make.account_claim(customer=at)

    assert "siblings" in codes(evidence(claim(at)).notes)


def test_typed_and_on_file_stand_side_by_side_with_the_differences_marked():  # A43
    typed = {
        "organization": "Holz Schmitt GmbH",
        **PLACE,
        "tax_number": "DE 123 456 789",
        "phone": "040 1234567",
    }

    lines = {str(line.label): line for line in comparison_of(review(claim(customer(), requested=typed)))}

    assert lines["Organization"].verdict == "different"
    assert [part.text for part in lines["Organization"].on_file if part.differs] == ["d"]
    assert {lines[name].verdict for name in ("Street", "Postcode", "Town", "Tax number", "Phone")} == {"same"}
    assert lines["E-mail"].verdict == "different"


def test_a_field_on_one_side_only_is_no_difference():  # A43
    lines = comparison_of(review(claim(customer(), requested={"organization": HOLZ["name"]})))

    assert next(line.verdict for line in lines if line.label == "Town") == "one_sided"
