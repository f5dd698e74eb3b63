import pytest

from claimdesk.access.models import AccountClaim, Onboarding
from claimdesk.customers.matching.writing import reindex
from claimdesk.customers.models import Customer
from tests import make

pytestmark = pytest.mark.django_db
ANSWERS = {
    "kind": "business",
    "organization": "Nordwind Werkzeuge",
    "tax_number": "",
    "street": "Hafenstr. 12",
    "postcode": "20457",
    "town": "Hamburg",
    "country": "DE",
    "phone": "",
    "website": "",
}


@pytest.fixture
def person(client):
    onboarding = make.onboarding(organization="", country="DE")
    client.force_login(onboarding.user)
    return onboarding.user


def on_file(**fields) -> Customer:
    customer = make.customer(name="Nordwind Werkzeuge GmbH", postcode="20457", town="Hamburg", **fields)
    reindex([customer.pk])
    return customer


def where(response) -> str:
    return response.redirect_chain[-1][0]


def test_what_is_typed_is_kept_and_taken_up_again(client, person):  # A2
    client.post("/onboarding/draft/", ANSWERS | {"street": ""}, headers={"HX-Request": "true"})

    page = client.get("/onboarding/").content.decode()

    assert 'value="Nordwind Werkzeuge"' in page
    assert 'value="20457"' in page
    assert Onboarding.objects.get().submitted_at is None


def test_without_script_a_button_keeps_it(client, person):  # A2
    response = client.post("/onboarding/draft/", ANSWERS, follow=True)

    assert where(response) == "/onboarding/"
    assert Onboarding.objects.get().town == "Hamburg"


def test_a_draft_keeps_what_is_right_and_leaves_the_rest(client, person):  # A2
    client.post("/onboarding/draft/", ANSWERS | {"organization": "<script>", "country": "nowhere"})

    onboarding = Onboarding.objects.get()
    assert (onboarding.organization, onboarding.country, onboarding.town) == ("", "DE", "Hamburg")


def test_a_draft_that_never_arrived_wipes_nothing(client, person):  # A2
    client.post("/onboarding/draft/", ANSWERS)

    response = client.post("/onboarding/draft/", {"csrfmiddlewaretoken": "token"})

    assert response.status_code == 422
    assert Onboarding.objects.get().town == "Hamburg"


def test_whoever_is_inside_a_new_account_waits(client, person):  # A6 A14
    make.company(signed_in_after_creation=True)

    assert where(client.post("/onboarding/", ANSWERS, follow=True)) == "/waiting/"
    assert "waits for approval" in client.get("/waiting/").content.decode()


def test_a_new_account_that_is_active_leads_home(client, person):  # A13 A14
    make.company(new_account_status="active", signed_in_after_creation=True)

    assert where(client.post("/onboarding/", ANSWERS, follow=True)) == "/"


def test_a_match_leads_to_the_waiting_page_which_never_names_the_match(client, person):  # A5 A32 A56
    on_file(number="K-4711")

    page = client.post("/onboarding/", ANSWERS, follow=True).content.decode()

    assert AccountClaim.objects.count() == 1
    assert "We are checking your request" in page
    assert "Nordwind Werkzeuge GmbH" not in page
    assert "K-4711" not in page


def test_the_waiting_page_says_whom_to_ask(client, person):  # A47 A56
    make.company(waiting_words="Phone Frau Meier.", email="desk@seller.example")

    page = client.post("/onboarding/", ANSWERS, follow=True).content.decode()

    assert "Phone Frau Meier." in page
    assert "desk@seller.example" in page


def test_who_was_denied_before_is_told_so_and_makes_no_claim(client, person):  # A47
    make.account_claim(user=make.user(), customer=on_file(), state="denied", mailbox=person.email)

    page = client.post("/onboarding/", ANSWERS, follow=True).content.decode()

    assert "Your request was denied" in page
    assert AccountClaim.objects.count() == 1


def test_whoever_claims_an_account_is_never_signed_out(client, person):  # A13 A47 A56
    on_file()
    make.company(signed_in_after_creation=False)

    assert where(client.post("/onboarding/", ANSWERS, follow=True)) == "/waiting/"
    assert "_auth_user_id" in client.session


def test_who_creates_an_account_at_a_fresh_seller_is_told_to_wait(client, person):  # A13 A71
    response = client.post("/onboarding/", ANSWERS, follow=True)

    assert where(response) == "/register/waiting/"
    assert "_auth_user_id" not in client.session


def test_submitting_twice_makes_one_customer(client, person):  # A2
    client.post("/onboarding/", ANSWERS)
    client.post("/onboarding/", ANSWERS | {"organization": "Another"})

    assert [customer.name for customer in Customer.objects.all()] == ["Nordwind Werkzeuge"]


def test_what_is_missing_is_said_beside_its_field(client, person):  # A2
    response = client.post("/onboarding/", ANSWERS | {"organization": "", "town": ""})

    assert response.status_code == 422
    assert set(response.context["form"].errors) == {"organization", "town"}
    assert not Customer.objects.exists()


@pytest.mark.parametrize("name", ["<b>Nordwind</b>", "Nordwind\nBcc: a@b.example", "N" * 201])
def test_hostile_names_are_refused(client, person, name):  # A2
    assert client.post("/onboarding/", ANSWERS | {"organization": name}).status_code == 422
    assert not Customer.objects.exists()
