import pytest
from django.core.exceptions import ValidationError

from claimdesk.company.actions.system_emails import change_sending, change_wording, reset_wording
from claimdesk.company.models import SystemEmail
from claimdesk.company.queries.system_emails import listed_emails, sending, wording
from claimdesk.ledger.models import Event
from tests import make

pytestmark = pytest.mark.django_db
KEYS = {
    "new_account_request_confirmation",
    "verify_email",
    "registration_attempt",
    "account_claim_received",
    "account_claim_approved",
    "account_claim_denied",
    "account_claim_question",
    "account_claim_undone",
    "login_details",
    "account_enabled",
    "account_disabled",
    "contact_added",
    "password_changed",
    "password_reset",
    "email_change_verify",
    "email_change_notice",
    "invitation",
    "account_claim_reminder",
}


def test_every_email_of_the_rules_is_listed():  # A17 A48 A62
    assert {each.email.key for each in listed_emails()} >= KEYS


def test_unknown_placeholders_are_refused_when_saved():
    with pytest.raises(ValidationError) as problem:
        change_wording("password_reset", language="en", subject="{pasword}", text="{link}", by=make.STAFF)

    assert "{pasword}" in problem.value.message_dict["subject"][0]
    assert "{link}" in problem.value.message_dict["subject"][0]
    assert not SystemEmail.objects.exists()


def test_words_are_never_run_as_a_template():
    with pytest.raises(ValidationError):
        change_wording("password_reset", language="en", subject="", text="{user.password} {x}", by=make.STAFF)
    change_wording("password_reset", language="en", subject="", text="{% now 'Y' %} {link}", by=make.STAFF)

    assert wording("password_reset", "en").text == "{% now 'Y' %} {link}"


def test_an_email_that_carries_a_link_cannot_lose_it():
    with pytest.raises(ValidationError) as problem:
        change_wording("password_reset", language="en", subject="", text="Hello {user}", by=make.STAFF)

    assert "{link}" in problem.value.message_dict["text"][0]


def test_a_reset_brings_the_built_in_words_back():
    before = wording("password_reset", "en")
    change_wording("password_reset", language="en", subject="Mine", text="{link}", by=make.STAFF)

    reset_wording("password_reset", language="en", by=make.STAFF)

    assert wording("password_reset", "en") == before
    assert Event.objects.filter(kind="system_email.changed").count() == 2


def test_addresses_of_copies_are_checked():
    with pytest.raises(ValidationError) as problem:
        change_sending("account_claim_approved", is_on=True, cc="a@example.com\nBcc: x", by=make.STAFF)

    assert "cc" in problem.value.message_dict
    assert sending("account_claim_approved").cc == []
