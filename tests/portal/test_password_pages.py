import pytest
from django.test import Client

from claimdesk.access.actions.password_links import use_password_link, write_password_link
from claimdesk.access.models import PasswordLink
from claimdesk.access.queries.password_links import token_of
from claimdesk.kernel.actor import VISITOR
from claimdesk.people.actions.attempts import PASSWORD_RESET
from tests import make
from tests.portal.answers import said

pytestmark = pytest.mark.django_db
NEW = "another horse battery"


def test_a_known_and_an_unknown_address_are_answered_alike(client):  # A18
    person = make.user()

    answers = [
        client.post("/password-reset/", {"email": email}, follow=True)
        for email in (person.email, "nobody@example.com")
    ]

    assert said(answers[0]) == said(answers[1])
    assert PasswordLink.objects.get().user == person


def test_nobodys_mailbox_is_flooded_and_the_answer_stays_the_same(client):  # A18
    person = make.user()

    answers = {
        said(client.post("/password-reset/", {"email": person.email}, follow=True))
        for _ in range(PASSWORD_RESET.by_account.attempts + 3)
    }

    assert len(answers) == 1
    assert PasswordLink.objects.count() == PASSWORD_RESET.by_account.attempts


def test_a_scanners_get_does_not_use_the_link_up(client):  # A62
    link = write_password_link(make.user(), purpose="login_details")
    address = f"/set-password/{token_of(link)}/"

    assert [Client().get(address).status_code for _ in range(3)] == [200, 200, 200]
    response = client.post(address, {"password": NEW})

    assert response.status_code == 302
    assert "_auth_user_id" in client.session


def test_a_bad_password_does_not_use_the_link_up(client):  # A62
    link = write_password_link(make.user(), purpose="login_details")
    address = f"/set-password/{token_of(link)}/"

    assert client.post(address, {"password": "short"}).status_code == 422
    assert client.post(address, {"password": NEW}).status_code == 302


def test_a_used_link_offers_a_fresh_one_by_mail(client):  # A62
    link = write_password_link(make.user(), purpose="login_details")
    use_password_link(link, password=NEW, by=VISITOR)
    address = f"/set-password/{token_of(link)}/"

    assert "Send me a fresh link" in client.get(address).content.decode()
    client.post(f"{address}fresh-link/")

    assert PasswordLink.objects.filter(used_at=None, voided_at=None).count() == 1


def test_a_link_that_never_was_leads_to_a_way_to_ask(client):  # A62
    response = client.get("/set-password/1-nonsense/")

    assert response.status_code == 404
    assert "Ask for a link" in response.content.decode()
