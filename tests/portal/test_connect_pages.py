import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from claimdesk.access.models import ConnectionRight, Membership, Registration
from claimdesk.access.queries.registrations import code_of
from claimdesk.customers.models import Customer
from claimdesk.ledger.models import Event
from claimdesk.people.actions.attempts import VERIFICATION
from tests import make
from tests.portal.answers import said

pytestmark = pytest.mark.django_db
FACTS = {"number": "K-00123", "postcode": "20457", "invoice": "RE-0815"}
WHO = {"name": "Erika", "email": "erika@else.example", "username": "erika", "password": make.PASSWORD}


@pytest.fixture
def customer() -> Customer:
    row = make.customer(
        number="K-00123", name="Nordwind GmbH", street="Hafenstr. 12", postcode="20457", town="Hamburg"
    )
    make.invoice_proof(row, "RE-0815")
    return row


def connect(client: Client, **facts: str):
    return client.post("/connect/", FACTS | facts, follow=True)


def names_of_fields(page: str) -> list[str]:
    return re.findall(r'<input[^>]* name="(\w+)"', page)


def test_a_colleague_proves_the_account_and_is_inside_after_the_code(client, customer):  # A20 A24
    assert connect(client).redirect_chain == [("/connect/login/", 303)]
    assert client.post("/connect/login/", WHO, follow=True).redirect_chain == [("/register/code/", 303)]

    response = client.post("/register/code/", {"code": code_of(Registration.objects.get())}, follow=True)

    assert [where for where, _ in response.redirect_chain] == ["/"]
    assert Membership.objects.get().customer == customer


def test_three_facts_are_asked_and_then_name_address_username_and_password(client, customer):  # A20
    asked = client.get("/connect/").content.decode()
    then = connect(client).content.decode()

    assert [name for name in names_of_fields(asked) if name in (*FACTS, *WHO)] == [*FACTS]
    assert [name for name in names_of_fields(then) if name in (*FACTS, *WHO)] == [*WHO]


def test_the_next_form_shows_name_and_town_only(client, customer):  # A21
    make.contact(customer, name="Secret Contact")

    page = connect(client).content.decode()

    assert "Nordwind GmbH" in page
    assert "Hamburg" in page
    for hidden in ("Hafenstr", "20457", "Secret Contact", customer.email, "RE-0815"):
        assert hidden not in page


def test_the_login_form_does_not_open_without_the_facts(client, customer):  # A20 A25
    connect(client)

    assert Client().get("/connect/login/").status_code == 302
    assert Client().post("/connect/login/", WHO).status_code == 302
    assert not Registration.objects.exists()


def test_any_wrong_fact_is_answered_alike(client, customer):  # A22 A18
    make.customer(number="K-777")
    wrong = [{"number": "K-999"}, {"postcode": "99999"}, {"invoice": "RE-9"}, {"number": "K-777"}]

    answers = [connect(Client(), **fact) for fact in wrong]

    assert {answer.status_code for answer in answers} == {422}
    assert len({said(answer) for answer in answers}) == 1


def test_a_wrong_fact_costs_as_many_queries_whichever_it_is(client, customer):  # A22
    counts = []
    for fact in ({"number": "K-999"}, {"postcode": "99999"}, {"invoice": "RE-9"}):
        other = Client()
        other.get("/connect/")
        with CaptureQueriesContext(
            connection,
        ) as queries:
            other.post("/connect/", FACTS | fact)
        counts.append(len([query for query in queries if "attempt" not in query["sql"]]))

    assert max(counts) - min(counts) <= 1


def test_attempts_are_limited_and_then_even_right_facts_do_not_pass(client, customer):  # A22
    for _ in range(VERIFICATION.by_account.attempts):
        connect(client, invoice="RE-9")

    response = connect(client)

    assert response.status_code == 422
    assert "Too many attempts" in response.content.decode()
    assert not ConnectionRight.objects.exists()
    assert Event.objects.filter(kind="attempts.locked").count() == 1


def test_the_right_goes_with_its_use(client, customer):  # A25
    connect(client)
    client.post("/connect/login/", WHO)

    assert client.get("/connect/login/").status_code == 302


def test_who_is_signed_in_only_confirms(client, customer):  # A20
    user = make.user()
    client.force_login(user)

    page = connect(client).content.decode()
    response = client.post("/connect/login/", follow=True)

    assert "Is this your company?" in page
    assert [where for where, _ in response.redirect_chain] == ["/"]
    assert Membership.objects.get().user == user


def test_switched_off_the_page_says_so(client, customer):  # A3 A19
    make.company(allow_new_user_for_account=False)

    assert "cannot be done here" in connect(client).content.decode()
    assert not ConnectionRight.objects.exists()
