import pytest
from django.test import Client

from claimdesk.access.models import Membership, PasswordLink
from claimdesk.customers.actions.customers import create_customer
from claimdesk.customers.models import Customer, CustomerGroup, DuplicatePair
from claimdesk.ledger.models import Event
from tests import make

pytestmark = pytest.mark.django_db
LIST = "/office/customers/"


@pytest.fixture
def clerk(client: Client) -> Client:
    client.force_login(make.staff("sales"))
    return client


def filled_in(**fields) -> dict:
    return {"name": "Nordlicht GmbH", "kind": "business", "state": "admin"} | fields


def edited(customer: Customer, **fields) -> dict:
    form = {
        "name": customer.name,
        "number": customer.number,
        "kind": "business",
        "email": customer.email,
        "seen": customer.updated_at.isoformat(),
    }
    return form | ({"enabled": "on"} if customer.state == "active" else {}) | fields


def test_new_accounts_counts_the_new_ones_and_leads_to_them(clerk):  # A40
    make.customer(state="new", name="Newcomer Ltd")
    make.customer(name="Known Ltd")

    page = clerk.get("/office/customers/new-accounts/", follow=True).content.decode()

    assert "Newcomer Ltd" in page
    assert "Known Ltd" not in page
    assert 'counter-red">1<' in page


def test_the_list_shows_the_status_as_the_control_that_opens_a_question(clerk):  # A60
    customer = make.customer(state="new")

    page = clerk.get(LIST).content.decode()

    assert f'href="/office/customers/{customer.pk}/status/" data-dialog' in page
    assert 'class="badge bg-red-lt state" data-state="new"' in page
    assert f'href="/office/customers/{customer.pk}/"' in page


def test_the_list_filters_searches_and_exports(clerk):  # A61 A69
    group = CustomerGroup.objects.create(name="Dealers")
    create_customer(name="Alpha Bau", email="a@alpha.example", groups=[group], by=make.STAFF)
    create_customer(name="Beta Bau", number="=1+1", by=make.STAFF)

    def names(query: str) -> set[str]:
        page = clerk.get(f"{LIST}?{query}").content.decode()
        return {name for name in ("Alpha Bau", "Beta Bau") if name in page}

    assert names("q=bau") == names("status=admin") == names("origin=staff") == {"Alpha Bau", "Beta Bau"}
    assert names("q=alpha") == names(f"group={group.pk}") == names("email=yes") == {"Alpha Bau"}
    assert names("email=no") == {"Beta Bau"}
    assert names("status=new") == names("q=gamma") == set()
    lines = b"".join(clerk.get(f"{LIST}?format=csv").streaming_content).decode("utf-8-sig").splitlines()
    assert lines[0].startswith("number,name,status,email")
    assert lines[2].startswith("'=1+1,Beta Bau,admin")


def test_a_get_changes_no_status(clerk):  # A60
    customer = make.customer(state="new")

    assert clerk.get(f"/office/customers/{customer.pk}/status/").status_code == 200
    assert clerk.get(f"/office/customers/{customer.pk}/activation/").status_code == 405

    customer.refresh_from_db()
    assert customer.state == "new"


def test_activating_asks_what_the_erp_has_and_sends_login_details(clerk):  # A62 A67
    customer = make.customer(state="new")

    answer = clerk.post(
        f"/office/customers/{customer.pk}/activation/",
        {"erp_wish": "link", "erp_number": "D-1", "erp_name": "Nord"},
    )

    customer.refresh_from_db()
    assert answer.status_code == 303
    assert (customer.state, customer.erp_wish, customer.erp_number) == ("active", "link", "D-1")
    assert PasswordLink.objects.count() == 1


def test_linking_without_a_number_is_shown_again_and_nothing_is_changed(clerk):  # A67
    customer = make.customer(state="new")

    answer = clerk.post(f"/office/customers/{customer.pk}/activation/", {"erp_wish": "link"})

    customer.refresh_from_db()
    assert answer.status_code == 422
    assert customer.state == "new"


def test_before_a_customer_becomes_inactive_its_people_and_claims_are_listed(clerk):  # A64
    customer = make.customer()
    member = make.membership(make.user(name="Mia Member"), customer)
    make.account_claim(customer=customer, user=make.user(name="Clara Claim"))

    page = clerk.get(f"/office/customers/{customer.pk}/status/").content.decode()
    answer = clerk.post(f"/office/customers/{customer.pk}/deactivation/")

    customer.refresh_from_db()
    assert "Mia Member" in page
    assert "Clara Claim" in page
    assert answer.status_code == 303
    assert customer.state == "inactive"
    assert Membership.objects.get(pk=member.pk).state == "active"


def test_the_enabled_switch_of_edit_account_is_the_status(clerk):  # A78
    customer = make.customer(state="admin")
    url = f"/office/customers/{customer.pk}/edit/"

    clerk.post(url, edited(customer, enabled="on", phone="030 1"))
    customer.refresh_from_db()
    assert (customer.state, customer.phone) == ("active", "030 1")

    asked = clerk.post(url, {k: v for k, v in edited(customer).items() if k != "enabled"})
    customer.refresh_from_db()
    assert asked.status_code == 422
    assert "becomes Inactive" in asked.content.decode()
    assert customer.state == "active"

    clerk.post(url, {k: v for k, v in edited(customer, touched_seen="1").items() if k != "enabled"})
    customer.refresh_from_db()
    assert customer.state == "inactive"


@pytest.mark.parametrize(
    ("state", "is_on"), [("active", True), ("inactive", False), ("new", False), ("admin", False)]
)
def test_the_enabled_switch_is_on_for_active_customers_only(clerk, state, is_on):  # A78
    customer = make.customer(state=state)

    form = clerk.get(f"/office/customers/{customer.pk}/edit/").context["form"]

    assert form["enabled"].value() is is_on


def test_every_field_of_a_customer_is_on_its_page_and_can_be_edited(clerk):  # A76
    representative, group = make.staff("sales"), CustomerGroup.objects.create(name="Dealers")
    fields = {
        "kind": "individual",
        "number": "K-4711",
        "name": "Whole Ltd",
        "email": "w@whole.example",
        "phone": "030 12345",
        "website": "https://whole.example",
        "tax_number": "DE811569869",
        "terms": "14 days net",
        "price_group": "Silver",
        "groups": [group.pk],
        "representative": representative.pk,
        "discount": "2.5",
        "language": "de",
        "notes": "Careful with ladders",
    }
    customer = make.customer()

    clerk.post(f"/office/customers/{customer.pk}/edit/", edited(customer, **fields))

    page = clerk.get(f"/office/customers/{customer.pk}/").content.decode()
    shown = [str(value) for name, value in fields.items() if isinstance(value, str) and name != "kind"]
    for words in (*shown, "Individual", "Dealers", representative.name, "New shipping address"):
        assert words in page


def test_edit_account_refuses_to_empty_the_address_of_an_enabled_customer(clerk):  # A63
    customer = make.customer()

    answer = clerk.post(f"/office/customers/{customer.pk}/edit/", edited(customer, email=""))

    customer.refresh_from_db()
    assert answer.status_code == 422
    assert customer.email


def test_an_edit_over_somebody_elses_is_refused(clerk):  # A61
    customer = make.customer(name="First")
    form = edited(customer, name="Mine")
    Customer.objects.filter(pk=customer.pk).update(updated_at=Event._meta.get_field("happened_at").default())

    answer = clerk.post(f"/office/customers/{customer.pk}/edit/", form)

    customer.refresh_from_db()
    assert answer.status_code == 409
    assert customer.name == "First"


def test_a_new_customer_is_made_by_hand(clerk):  # A78
    answer = clerk.post(
        "/office/customers/new/",
        filled_in(state="active", email="n@nord.example", town="Kiel", discount="2.5"),
    )

    customer = Customer.objects.get()
    assert answer["Location"] == f"/office/customers/{customer.pk}/"
    assert (customer.state, customer.discount, customer.number) == ("active", 250, "W000001")
    assert customer.addresses.get().town == "Kiel"
    assert Membership.objects.get().is_manager


def test_a_new_customer_like_one_on_file_is_asked_about_first(clerk):  # A74 A78
    create_customer(
        name="Nordlicht Möbel GmbH", tax_number="DE811569869", email="n@nord.example", by=make.STAFF
    )
    form = filled_in(name="Nordlicht Moebel", tax_number="DE 811 569 869")

    asked = clerk.post("/office/customers/new/", form)
    assert asked.status_code == 422
    assert "Nordlicht Möbel GmbH" in asked.content.decode()
    assert Customer.objects.count() == 1

    clerk.post("/office/customers/new/", form | {"alike_seen": asked.context["keys"]})
    assert Customer.objects.count() == 2


def test_many_statuses_change_after_a_dry_run_each_with_its_result(clerk):  # A60 A63
    ready, without = make.customer(state="new"), make.customer(state="new", email="")
    ids = {"ids": [ready.pk, without.pk]}
    url = "/office/customers/statuses/active/"

    looked = clerk.post(url, ids)
    ready.refresh_from_db()
    assert looked.context["count"] == 1
    assert ready.state == "new"
    assert not PasswordLink.objects.exists()

    done = clerk.post(url, ids | {"confirmed": "1"})
    ready.refresh_from_db()
    assert ready.state == "active"
    assert [result.refusal is None for result in done.context["results"]].count(True) == 1


def test_the_customers_page_shows_all_that_is_known_within_twenty_queries(
    clerk, django_assert_max_num_queries
):  # A69
    customer = create_customer(
        name="Whole Ltd", email="w@whole.example", billing={"town": "Kiel"}, notes="Careful", by=make.STAFF
    )
    for n in range(3):
        make.membership(make.user(name=f"Member {n}"), customer, contact=make.contact(customer))
        make.account_claim(customer=customer)
    make.domain(customer, "whole.example")

    with django_assert_max_num_queries(20):
        page = clerk.get(f"/office/customers/{customer.pk}/").content.decode()

    for word in (
        "Whole Ltd",
        "Kiel",
        "Careful",
        "Member 2",
        "whole.example",
        "Edit account",
        "Not connected",
    ):
        assert word in page


def test_the_list_keeps_to_twelve_queries(clerk, django_assert_max_num_queries):  # A61
    for _n in range(20):
        make.customer(town="Kiel")

    with django_assert_max_num_queries(12):
        page = clerk.get(LIST)

    assert page.context["rows"].count("<tr ") == 20


def test_login_details_are_sent_again_from_the_page(clerk):  # A62
    customer = make.customer()
    member = make.membership(None, customer)

    clerk.post(f"/office/customers/{customer.pk}/login-details/", {"user": member.user_id})
    stranger = clerk.post(f"/office/customers/{customer.pk}/login-details/", {"user": make.user().pk})

    assert PasswordLink.objects.get().user == member.user
    assert stranger.status_code == 404


def test_what_is_on_file_is_changed_from_the_page(clerk):  # A76 A33 A79
    customer = make.customer(email="desk@nord.example")
    base = f"/office/customers/{customer.pk}"

    clerk.post(f"{base}/addresses/billing/", {"town": "Kiel", "country": "DE"})
    clerk.post(f"{base}/domains/", {"domain": "nord.example"})
    clerk.post(f"{base}/erp/", {"erp_wish": "create", "erp_name": "Nord"})

    customer.refresh_from_db()
    assert customer.addresses.get().town == "Kiel"
    assert customer.domains.get().confirmed_at
    assert (customer.erp_wish, customer.erp_name) == ("create", "Nord")


def test_staff_limited_to_their_customers_see_no_others(client):  # A53
    rep = make.staff("sales", only_own_customers=True)
    client.force_login(rep)
    mine, other = make.customer(representative=rep, name="Mine Ltd"), make.customer(name="Foreign Ltd")

    page = client.get(LIST).content.decode()

    assert "Mine Ltd" in page
    assert "Foreign Ltd" not in page
    assert client.get(f"/office/customers/{mine.pk}/").status_code == 200
    for path in ("", "edit/", "status/", "alike/", "erp/"):
        assert client.get(f"/office/customers/{other.pk}/{path}").status_code == 404


def test_pairs_alike_are_dismissed_compared_and_merged(clerk):  # A74
    first, second = make.customer(name="Old Ltd"), make.customer(name="Older Ltd")
    member = make.membership(make.user(name="Paul People"), first)
    pair = DuplicatePair.objects.create(
        first=first,
        second=second,
        probability=0.97,
        reasons=[{"code": "name_same", "params": {}, "weight": 5}],
    )
    other = DuplicatePair.objects.create(first=first, second=make.customer(), probability=0.6)

    listed = clerk.get("/office/duplicates/").content.decode()
    preview = clerk.get(f"/office/customers/{first.pk}/merge/{second.pk}/").content.decode()
    clerk.post(f"/office/duplicates/{other.pk}/dismissal/")
    merged = clerk.post(
        f"/office/customers/{first.pk}/merge/{second.pk}/",
        {"move": ["contacts"], "joining": [member.user_id]},
    )

    pair.refresh_from_db()
    other.refresh_from_db()
    assert "97%" in listed
    assert "same name" in listed
    assert "Paul People" in preview
    assert (pair.state, other.state) == ("merged", "dismissed")
    assert merged["Location"] == f"/office/customers/{second.pk}/"
    assert clerk.get(f"/office/customers/{first.pk}/")["Location"] == f"/office/customers/{second.pk}/"
    assert Membership.objects.filter(customer=second, user=member.user, state="active").exists()


def test_nobody_joins_who_was_not_offered(clerk):  # A74
    first, second = make.customer(), make.customer()
    make.membership(None, first)
    stranger = make.user()

    answer = clerk.post(f"/office/customers/{first.pk}/merge/{second.pk}/", {"joining": [stranger.pk]})

    first.refresh_from_db()
    assert answer.status_code == 422
    assert first.merged_into is None


def test_a_search_for_duplicates_is_asked_for_and_shows_its_progress(clerk):  # A74
    clerk.post("/office/duplicates/search/")

    part = clerk.get("/office/duplicates/search/").content.decode()

    assert "data-live" in part
