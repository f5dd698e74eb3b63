import pytest
from django.utils import translation

from claimdesk.company.actions.system_emails import change_sending, change_wording
from claimdesk.company.models import SystemEmail
from claimdesk.company.system_emails.catalogue import all_emails
from claimdesk.company.system_emails.filling import names_in
from claimdesk.conversations.models import OutgoingMail
from claimdesk.kernel.refused import Refused
from claimdesk.ledger.models import Event
from claimdesk.mail.compose import post
from tests import make

pytestmark = pytest.mark.django_db
RESET = {"user": "Ada", "username": "ada", "link": "https://desk.example.com/password/7-abc/", "hours": 24}
CONFIRMATION = {
    "user": "Ada",
    "username": "ada",
    "email": "ada@example.com",
    "customer": "Fischer",
    "number": "W000001",
    "next": "Wait.",
    "link": "https://desk.example.com/",
}


def an_event() -> Event:
    return Event.objects.create(
        kind="customer.created", subject="customer/1", actor_kind="user", door="portal"
    )


@pytest.mark.parametrize("email", all_emails(), ids=lambda email: email.key)
def test_every_built_in_text_names_only_what_is_filled_in(email):
    assert set(names_in(f"{email.subject}\n{email.text}")) <= email.names


@pytest.mark.parametrize("email", all_emails(), ids=lambda email: email.key)
def test_every_system_email_can_be_composed_with_text_and_html(email):
    mail = post(email.key, to="ada@example.com", context=email.samples)

    assert mail.state == OutgoingMail.State.KEPT
    assert mail.subject
    for part in (mail.subject, mail.text, mail.html):
        assert not set(names_in(part)) & email.names
    assert mail.html.startswith("<!doctype html>")


def test_posting_again_for_the_same_event_makes_no_second_mail():  # A48 A52
    event = an_event()

    first = post("password_reset", event=event, to="Ada@example.com", context=RESET)
    again = post("password_reset", event=event, to="ada@example.com", context=RESET)

    assert first == again
    assert OutgoingMail.objects.count() == 1


def test_a_value_cannot_bring_headers_markup_or_placeholders_along():
    name = "{link}\r\nBcc: all@example.com <script>alert(1)</script>"

    mail = post(
        "new_account_request_confirmation", to="a@example.com", context=CONFIRMATION | {"customer": name}
    )

    assert "\n" not in mail.subject
    assert "\r" not in mail.subject
    assert "{link}" in mail.subject
    assert "<script" not in mail.html
    assert "&lt;script&gt;" in mail.html


def test_a_line_whose_placeholders_are_empty_is_left_out():
    mail = post("new_account_request_confirmation", to="a@example.com", context=CONFIRMATION | {"number": ""})

    assert "Account number:" not in mail.text
    assert "Username: ada" in mail.text


def test_the_sellers_own_words_stand_in_the_readers_language():
    change_wording("password_reset", language="de", subject="Neu", text="Hier: {link}", by=make.STAFF)
    reader = make.user(language="de")

    german = post("password_reset", to=reader.email, user=reader, context=RESET)
    english = post("password_reset", to="b@example.com", language="en", context=RESET)

    assert german.subject == "Neu"
    assert german.text == f"Hier: {RESET['link']}\n"
    assert english.subject == "Choose a new password for Claimdesk"


def test_the_sellers_html_is_cleaned_and_values_stay_text():
    html = '<p onclick="x()">{user}</p><a href="{link}">go</a><script>x()</script><img src="http://a/b.png">'
    change_wording("password_reset", language="en", subject="", text="", html=html, by=make.STAFF)

    mail = post("password_reset", to="a@example.com", context=RESET | {"user": "<b>Ada</b>"})

    assert "onclick" not in mail.html
    assert "<script" not in mail.html
    assert "&lt;b&gt;Ada&lt;/b&gt;" in mail.html
    assert RESET["link"] in mail.html


def test_a_mail_that_is_switched_off_does_not_go_out():
    change_sending("new_account_request_confirmation", is_on=False, by=make.STAFF)

    assert post("new_account_request_confirmation", to="a@example.com", context=CONFIRMATION) is None
    assert not OutgoingMail.objects.exists()


@pytest.mark.parametrize("email", [e for e in all_emails() if not e.may_be_off], ids=lambda email: email.key)
def test_what_guards_a_sign_in_cannot_be_switched_off(email):  # A77
    with pytest.raises(Refused) as refusal:
        change_sending(email.key, is_on=False, by=make.STAFF)
    SystemEmail.objects.create(key=email.key, is_on=False)

    assert refusal.value.code == "always_on"
    assert post(email.key, to="a@example.com", context=email.samples)


def test_staff_hear_of_new_accounts_by_a_copy():  # A17
    change_sending(
        "new_account_request_confirmation",
        is_on=True,
        cc="desk@example.com",
        bcc="boss@example.com",
        by=make.STAFF,
    )

    mail = post("new_account_request_confirmation", to="a@example.com", context=CONFIRMATION)

    assert mail.cc == ["desk@example.com"]
    assert mail.bcc == ["boss@example.com"]
    assert "ada" in mail.text


def test_who_gets_a_copy_gets_no_link():
    change_sending("password_reset", is_on=True, bcc="boss@example.com", by=make.STAFF)

    mail = post("password_reset", event=an_event(), to="a@example.com", context=RESET)

    copy = OutgoingMail.objects.exclude(pk=mail.pk).get()
    assert RESET["link"] in mail.text
    assert mail.bcc == []
    assert copy.to == "boss@example.com"
    assert RESET["link"] not in copy.text + copy.html
    assert "••••••" in copy.text


def test_a_reader_can_mute_news_but_not_what_guards_his_sign_in():  # A85
    reader = make.user(muted_mails=["account_news"])
    context = {"user": "Ada", "account": "Fischer", "sign_in": "https://desk.example.com/sign-in/"}

    assert post("account_enabled", to=reader.email, user=reader, context=context) is None
    assert post("password_reset", to=reader.email, user=reader, context=RESET)


def test_the_language_of_the_process_does_not_matter():
    with translation.override("de"):
        mail = post("password_reset", to="a@example.com", language="en", context=RESET)

    assert mail.language == "en"
    assert "somebody asked for a new password" in mail.text
