"""Explain access in the office: asked by name, answered in sentences."""

import pytest

from tests import make

pytestmark = pytest.mark.django_db

PAGE = "/office/explain-access/"


@pytest.mark.parametrize("asked", ["username", "email"])
def test_the_page_answers_by_username_or_address_and_number(client, asked):  # A51
    membership = make.membership()
    client.force_login(make.staff("finance"))

    page = client.get(PAGE, {"user": getattr(membership.user, asked), "customer": membership.customer.number})

    assert f"Yes: {membership.user.name} can see {membership.customer.name}." in page.content.decode()


def test_the_page_says_what_is_missing(client):  # A51
    client.force_login(make.staff())

    page = client.get(
        PAGE, {"user": make.user().username, "customer": make.customer().number}
    ).content.decode()

    assert 'data-code="member"' in page
    assert "Approve a claim, or link the user by hand in User management." in page


def test_whoever_is_unknown_is_a_form_error(client):  # A51
    client.force_login(make.staff())

    answer = client.get(PAGE, {"user": "nobody", "customer": "nothing"})

    assert answer.status_code == 422
    assert "Nobody has this username or e-mail address." in answer.content.decode()


def test_limited_staff_explain_their_own_customers_only(client):  # A51 A53
    membership = make.membership()
    client.force_login(make.staff("sales", only_own_customers=True))

    answer = client.get(PAGE, {"user": membership.user.username, "customer": membership.customer.number})

    assert answer.status_code == 422


def test_customers_people_are_not_told(client):  # A51
    client.force_login(make.membership().user)

    assert client.get(PAGE).status_code == 404
