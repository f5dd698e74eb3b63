import pytest
from django.urls import reverse

from claimdesk.access.models import AccountClaim, Membership
from claimdesk.company.models import Company
from claimdesk.company.queries.company import company
from claimdesk.ledger.models import Event
from claimdesk.office.settings.company import SECTIONS
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(client):
    """A client signed in as an administrator."""
    client.force_login(make.staff())
    return client


def fields_of(response) -> dict[str, object]:
    """What a browser would send of the form as it stands."""
    form = response.context["form"]
    values = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in values.items() if value not in (None, False)}


def url_of(slug: str) -> str:
    return next(section.url for section in SECTIONS if section.slug == slug)


@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.slug)
def test_saving_a_section_as_it_stands_changes_nothing(office, section):  # A19
    make.company()
    shown = office.get(section.url)

    saved = office.post(section.url, fields_of(shown))

    assert shown.status_code == 200
    assert saved.status_code == 303
    assert not Event.objects.exists()


def test_the_settings_have_the_labels_of_the_reference_page(office):  # A3 A4 A19
    html = office.get(reverse("office:settings_company")).content.decode()

    for label in ("User Registration", "Allow User Registration", "Auto Approve Users", "Customer Data"):
        assert label in html


def test_customer_data_has_both_ways_in_with_their_words(office):  # A11 A12 A19
    html = office.get(url_of("customer-data")).content.decode()

    assert "Allow visitors to create a new account" in html
    assert "Allow visitors to create a new user for an existing account" in html
    assert "Not connected." in html


def test_help_tells_when_to_choose_which(office):  # A8 A19
    html = office.get(reverse("office:settings_company")).content.decode()

    assert "When to decide yourself" in html
    assert "When to approve automatically" in html


def test_auto_approve_without_evidence_is_an_error(office):  # A9
    answer = office.post(url_of("registration"), {"allow_registration": "on", "auto_approve": "on"})

    assert answer.status_code == 422
    assert "auto_approve_evidence" in answer.context["form"].errors
    assert not company().auto_approve


def test_switching_auto_approve_on_asks_and_shows_who_would_get_in(office):  # A54
    customer = make.customer(name="Fischer")
    known = make.user(username="known")
    make.contact(customer, email=known.email)
    make.account_claim(user=known, customer=customer)
    make.account_claim(user=make.user(username="stranger"), customer=customer)
    wish = {"allow_registration": "on", "auto_approve": "on", "auto_approve_evidence": "verified_contact"}

    asked = office.post(url_of("registration"), wish)

    assert asked.status_code == 200
    looked_at = {each.claim.user.username: each.gets_in for each in asked.context["looked_at"]}
    assert looked_at == {"known": True, "stranger": False}
    assert not company().auto_approve


def test_asking_for_less_evidence_asks_too_and_for_more_does_not(office):  # A9 A54
    make.company(auto_approve=True, auto_approve_evidence="verified_domain")
    wish = {"allow_registration": "on", "auto_approve": "on"}

    less = office.post(url_of("registration"), wish | {"auto_approve_evidence": "name_alone"})
    assert less.status_code == 200
    assert b"Name alone lets anyone in" in less.content
    assert company().auto_approve_evidence == "verified_domain"
    more = office.post(url_of("registration"), wish | {"auto_approve_evidence": "verified_contact"})

    assert more.status_code == 303
    assert company().auto_approve_evidence == "verified_contact"


def test_switching_auto_approve_on_lets_nobody_in_who_waits(office):  # A54
    claim = make.account_claim()
    make.contact(claim.customer, email=claim.user.email)
    wish = {"allow_registration": "on", "auto_approve": "on", "auto_approve_evidence": "verified_contact"}

    answer = office.post(url_of("registration"), wish | {"is_asked": "1"})

    claim.refresh_from_db()
    assert answer.status_code == 303
    assert company().auto_approve
    assert claim.state == AccountClaim.State.PENDING
    assert not Membership.objects.exists()


def test_switching_auto_approve_off_leaves_access_as_it_is(office):  # A54
    make.company(auto_approve=True)
    membership = make.membership()

    office.post(url_of("registration"), {"allow_registration": "on"})

    membership.refresh_from_db()
    assert not company().auto_approve
    assert membership.state == Membership.State.ACTIVE


def test_the_four_workflows_are_offered_and_say_what_they_set(office):  # A19 A71
    html = office.get(url_of("customer-data")).content.decode()

    for workflow in ("standard", "web_approval", "manual", "automatic"):
        assert f'name="workflow" id="workflow-{workflow}"' in html
    assert html.count("Sets: told that the account waits; new accounts are New.") == 3
    assert html.count("Sets: signed in after creating an account; new accounts are Active.") == 1


def test_name_alone_is_marked_as_letting_anyone_in(office):  # A9
    html = office.get(url_of("registration")).content.decode()

    assert "Name alone: lets anyone in who knows a customer" in html


def test_a_workflow_is_chosen_and_sets_both_settings(office):  # A71
    make.company(new_account_status="new", signed_in_after_creation=False)

    office.post(reverse("office:settings_workflow"), {"workflow": "standard"})

    seller = company()
    assert (seller.workflow, seller.new_account_status, seller.signed_in_after_creation) == (
        "standard",
        "active",
        True,
    )
    shown = office.get(url_of("customer-data")).context["form"]
    assert shown["new_account_status"].value() == "active"


def test_settings_of_ones_own_show_beside_the_workflow(office):  # A71
    make.company(workflow="standard", new_account_status="new")

    assert b"with settings of your own below" in office.get(url_of("customer-data")).content


def test_lists_are_typed_one_a_line(office):  # A33 A57
    fields = fields_of(office.get(url_of("account-claims")))

    office.post(
        url_of("account-claims"),
        fields | {"checklist": "Phone them\n\n Phone them \nLook", "shared_domains": "@GMX.de\ngmail.com"},
    )

    assert company().checklist == ["Phone them", "Look"]
    assert company().shared_domains == ["gmx.de", "gmail.com"]


def test_wrong_input_is_told_beside_its_field(office):  # A16
    fields = fields_of(office.get(url_of("customer-data")))

    answer = office.post(url_of("customer-data"), fields | {"number_prefix": "w1"})

    assert answer.status_code == 422
    assert "number_prefix" in answer.context["form"].errors


@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.slug)
def test_only_who_may_edit_settings_opens_them(client, section):  # A73
    client.force_login(make.staff("sales"))

    assert client.get(section.url).status_code == 403
    assert client.post(section.url, {}).status_code == 403
    assert not Company.objects.exists()


def test_an_unknown_section_is_not_found(office):
    assert office.get("/office/settings/company/nonsense/").status_code == 404


def test_a_form_that_never_arrived_switches_nothing_off(office):  # A3
    make.company(allow_registration=True)

    response = office.post(reverse("office:settings_company"), {"csrfmiddlewaretoken": "token"})

    assert response.status_code == 422
    assert "Nothing of this form arrived" in response.content.decode()
    assert company().allow_registration


def test_all_boxes_unticked_in_a_browser_are_all_off(office):  # A3
    make.company(allow_registration=True)
    page = office.get(reverse("office:settings_company")).content.decode()

    response = office.post(reverse("office:settings_company"), {"is_sent": "True"})

    assert 'name="is_sent"' in page
    assert response.status_code == 303
    assert not company().allow_registration


def test_the_seller_switches_approval_by_customers_managers_on(office):  # O22
    make.company()
    address = url_of("orders")
    sent = fields_of(office.get(address)) | {"order_approval": "on"}

    response = office.post(address, sent)

    assert response.status_code == 303
    assert company().order_approval is True
