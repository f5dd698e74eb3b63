import pytest
from django.utils import timezone

from claimdesk.conversations.actions.outgoing import TRIES, begin_attempt, resend_mail
from claimdesk.conversations.models import OutgoingMail
from claimdesk.conversations.queries.outgoing import readable
from claimdesk.kernel.refused import Refused
from claimdesk.ledger.models import Timer
from claimdesk.mail import smtp
from claimdesk.mail.compose import post
from claimdesk.mail.smtp_url import mail_server
from tests import make
from tests.work import work_off

pytestmark = pytest.mark.django_db
NEWS = {"user": "Ada", "account": "Fischer Wood", "sign_in": "https://desk.example.com/sign-in/"}
RESET = {"user": "Ada", "username": "ada", "link": "https://desk.example.com/password/7-abc/", "hours": 24}


def news(to: str = "ada@example.com") -> OutgoingMail:
    return post("account_enabled", to=to, context=NEWS)


def wait_for_the_next_try() -> None:
    Timer.objects.filter(state="due").update(due_at=timezone.now())


def test_a_mail_goes_out_with_a_text_and_an_html_part(mailbox):  # A48
    make.company(name="Müller, Söhne & Co", email="desk@nord.example")
    mail = news()

    work_off()

    mail.refresh_from_db()
    [message] = mailbox.messages
    assert mail.state == "sent"
    assert mail.words == "250 Taken as 4711"
    assert message["To"] == "ada@example.com"
    assert message["From"].addresses[0].display_name == "Müller, Söhne & Co"
    assert message["From"].addresses[0].addr_spec == "desk@nord.example"
    assert message["Message-ID"] == mail.message_id
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["X-Auto-Response-Suppress"] == "All"
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
    assert "Fischer Wood" in message.get_body(("plain",)).get_content()


def test_copies_reach_everybody_and_blind_ones_stay_blind(mailbox):  # A17
    OutgoingMail.objects.filter(pk=news().pk).update(cc=["c@example.com"], bcc=["b@example.com"])

    work_off()

    [envelope] = mailbox.taken
    [message] = mailbox.messages
    assert envelope.rcpt_tos == ["ada@example.com", "c@example.com", "b@example.com"]
    assert message["Cc"] == "c@example.com"
    assert "b@example.com" not in envelope.content.decode()


def test_put_off_then_taken_under_the_same_message_id(mailbox):  # A48
    mailbox.answers = ["451 Come back later"]
    mail = news()

    work_off()
    mail.refresh_from_db()
    assert mail.state == "queued"
    assert mail.words == "451 Come back later"
    wait_for_the_next_try()
    work_off()

    mail.refresh_from_db()
    assert mail.state == "sent"
    assert [attempt["outcome"] for attempt in mail.attempts] == ["put off", "sent"]
    assert mailbox.messages[0]["Message-ID"] == mail.message_id


def test_what_the_server_refuses_for_good_has_failed_and_is_not_tried_again(mailbox):
    mailbox.rcpt = {"ada@example.com": "550 No such mailbox"}
    mail = news()

    work_off()

    mail.refresh_from_db()
    assert mail.state == "failed"
    assert mail.words == "550 No such mailbox"
    assert not Timer.objects.filter(state="due").exists()
    assert mailbox.taken == []


def test_after_the_last_try_it_has_failed(mailbox):
    mailbox.answers = ["451 Busy"] * (len(TRIES) + 2)
    mail = news()

    for _ in range(len(TRIES) + 2):
        work_off()
        wait_for_the_next_try()

    mail.refresh_from_db()
    assert mail.state == "failed"
    assert len(mail.attempts) == len(TRIES) + 1


def test_a_connection_that_breaks_is_tried_again(mailbox):
    mailbox.answers = ["drop"]
    mail = news()

    work_off()
    wait_for_the_next_try()
    work_off()

    mail.refresh_from_db()
    assert mail.state == "sent"
    assert [attempt["outcome"] for attempt in mail.attempts] == ["put off", "sent"]


def test_a_server_that_does_not_answer_in_time_is_tried_again(mailbox, monkeypatch):
    monkeypatch.setattr(smtp, "SECONDS", 0.2)
    mailbox.pause = 1
    mail = news()

    work_off()

    mail.refresh_from_db()
    assert mail.state == "queued"
    assert "timed out" in mail.words


def test_no_server_there_is_told_in_words(mailbox, settings):
    settings.SMTP_URL = "smtp://127.0.0.1:1"
    mail = news()

    work_off()

    mail.refresh_from_db()
    assert mail.state == "queued"
    assert "refused" in mail.words


def test_one_refused_copy_does_not_stop_the_mail_and_is_told(mailbox):
    OutgoingMail.objects.filter(pk=news().pk).update(cc=["gone@example.com"])
    mailbox.rcpt = {"gone@example.com": "550 Gone"}

    work_off()

    mail = OutgoingMail.objects.get()
    assert mail.state == "sent"
    assert "gone@example.com: 550 Gone" in mail.words


def test_who_has_it_does_not_get_it_twice(mailbox):
    OutgoingMail.objects.filter(pk=news().pk).update(cc=["c@example.com"])
    mailbox.rcpt = {"ada@example.com": "450 Mailbox busy"}

    work_off()
    mailbox.rcpt = {}
    wait_for_the_next_try()
    work_off()

    assert [envelope.rcpt_tos for envelope in mailbox.taken] == [["c@example.com"], ["ada@example.com"]]


def test_one_connection_serves_many_mails(mailbox):
    for number in range(5):
        news(f"reader{number}@example.com")

    work_off()

    assert len(mailbox.taken) == 5
    assert mailbox.connections == 1


def test_cut_off_between_the_servers_yes_and_our_note_it_goes_twice_under_one_id(mailbox):
    mail = news()
    begin_attempt(mail, by=make.STAFF)
    wait_for_the_next_try()

    work_off()

    mail.refresh_from_db()
    assert [attempt["outcome"] for attempt in mail.attempts] == ["begun", "sent"]
    assert mailbox.messages[0]["Message-ID"] == mail.message_id


def test_without_a_mail_server_mail_is_kept_and_readable():
    mail = post("password_reset", to="ada@example.com", context=RESET)

    work_off()

    mail.refresh_from_db()
    assert mail.state == "kept"
    assert RESET["link"] in readable(mail).text


def test_links_are_blotted_out_for_readers_and_after_sending_for_good(mailbox):
    mail = post("password_reset", to="ada@example.com", context=RESET)
    before = readable(mail)

    work_off()

    mail.refresh_from_db()
    assert RESET["link"] not in before.text + before.html
    assert RESET["link"] not in mail.text + mail.html
    assert mail.secrets == []
    assert RESET["link"] in mailbox.messages[0].get_body(("plain",)).get_content()


def test_a_mail_that_failed_can_be_sent_again(mailbox):
    mailbox.rcpt = {"ada@example.com": "550 Unknown"}
    mail = news()
    work_off()
    mailbox.rcpt = {}
    mail.refresh_from_db()

    resend_mail(mail, by=make.STAFF)
    work_off()

    mail.refresh_from_db()
    assert mail.state == "sent"
    assert [attempt["outcome"] for attempt in mail.attempts] == ["failed", "sent"]


def test_a_mail_whose_link_is_gone_is_not_sent_again(mailbox):
    mail = post("password_reset", to="ada@example.com", context=RESET)
    work_off()
    mail.refresh_from_db()

    with pytest.raises(Refused) as refusal:
        resend_mail(mail, by=make.STAFF)

    assert refusal.value.code == "secrets_gone"
    assert len(mailbox.taken) == 1


def test_a_mail_on_its_way_is_not_sent_again(mailbox):
    mail = news()

    with pytest.raises(Refused) as refusal:
        resend_mail(mail, by=make.STAFF)

    assert refusal.value.code == "still_queued"


@pytest.mark.parametrize(
    ("url", "port", "scheme"),
    [
        ("smtp://mail.example.com", 25, "smtp"),
        ("smtps://mail.example.com", 465, "smtps"),
        ("smtp+starttls://u%40x:p%2Fw@mail.example.com:2525", 2525, "smtp+starttls"),
    ],
)
def test_addresses_of_mail_servers_are_understood(url, port, scheme):
    server = mail_server(url)

    assert (server.host, server.port, server.scheme) == ("mail.example.com", port, scheme)
    if server.user:
        assert (server.user, server.password) == ("u@x", "p/w")


@pytest.mark.parametrize(
    "url", ["http://mail.example.com", "smtp://", "smtp://host:port", "mail.example.com"]
)
def test_a_wrong_address_of_a_mail_server_is_told_without_the_password(url):
    with pytest.raises(ValueError, match="CLAIMDESK_SMTP_URL"):
        mail_server(url)
