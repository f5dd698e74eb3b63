import pytest
from django.urls import reverse

from claimdesk.company.models import SystemEmail
from claimdesk.company.queries.system_emails import sending, wording
from claimdesk.company.system_emails.catalogue import all_emails
from claimdesk.conversations.models import OutgoingMail
from claimdesk.mail.compose import post
from tests import make
from tests.work import work_off

pytestmark = pytest.mark.django_db
RESET = {"user": "Ada", "username": "ada", "link": "https://desk.example.com/password/7-abc/", "hours": 24}


@pytest.fixture
def person():
    return make.staff()


@pytest.fixture
def office(client, person):
    """A client signed in as an administrator."""
    client.force_login(person)
    return client


def url(name: str, *arguments: object, language: str = "en") -> str:
    return f"{reverse(f'office:{name}', args=arguments)}?language={language}"


def test_every_system_email_is_listed_with_whom_it_goes_to(office):
    html = office.get(reverse("office:settings_emails")).content.decode()

    for email in all_emails():
        assert str(email.title) in html
        assert reverse("office:settings_email", args=[email.key]) in html


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("email", all_emails(), ids=lambda email: email.key)
def test_saving_the_words_as_they_stand_keeps_the_built_in_ones(office, email, language):
    shown = office.get(url("settings_email", email.key, language=language))
    form = shown.context["form"]

    office.post(
        url("settings_email", email.key, language=language), {n: form[n].value() for n in form.fields}
    )

    row = SystemEmail.objects.get()
    assert (row.subject, row.text, row.html) == ("", "", "")


def test_words_are_changed_in_one_language_and_reset(office):
    office.post(url("settings_email", "password_reset", language="de"), {"subject": "Neu", "text": "{link}"})

    assert wording("password_reset", "de").subject == "Neu"
    assert wording("password_reset", "en").subject != "Neu"

    office.post(url("settings_email_reset", "password_reset", language="de"))

    assert not SystemEmail.objects.exists()


def test_an_unknown_placeholder_is_told_beside_its_field(office):
    answer = office.post(url("settings_email", "password_reset"), {"subject": "{usr}", "text": "{link}"})

    assert answer.status_code == 422
    assert "{usr}" in answer.context["form"].errors["subject"][0]
    assert not SystemEmail.objects.exists()


def test_copies_are_set_and_sending_is_switched_off(office):  # A17
    key = "new_account_request_confirmation"

    office.post(url("settings_email_sending", key), {"cc": "a@example.com, b@example.com", "bcc": ""})

    assert sending(key).cc == ["a@example.com", "b@example.com"]
    assert not sending(key).is_on


def test_what_guards_a_sign_in_stays_on_whatever_is_posted(office):
    answer = office.post(url("settings_email_sending", "password_reset"), {"cc": ""})

    assert answer.status_code == 303
    assert sending("password_reset").is_on


def test_a_preview_shows_what_is_typed_and_saves_nothing(office):
    answer = office.post(
        url("settings_email_preview", "password_reset"),
        {"subject": "S", "text": "Dear {user},\n\n{link}", "html": ""},
    )

    html = answer.content.decode()
    assert "Dear Ada Fischer," in html
    assert not SystemEmail.objects.exists()


def test_a_preview_can_style_itself_and_nothing_else(office):
    framed = office.get(url("settings_email_preview", "password_reset"))
    around = office.get(url("settings_email", "password_reset"))
    policy, outside = framed["Content-Security-Policy"], around["Content-Security-Policy"]

    assert "sandbox allow-popups" in policy
    assert "allow-scripts" not in policy
    assert "allow-same-origin" not in policy
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'self'" in policy
    assert "'unsafe-inline'" not in outside
    assert "frame-src 'self'" in outside
    assert framed["X-Frame-Options"] == "SAMEORIGIN"
    assert around["X-Frame-Options"] == "DENY"
    assert "frame-src" not in office.get(reverse("office:settings_emails"))["Content-Security-Policy"]


def test_a_test_goes_to_oneself(office, person):
    office.post(url("settings_email_tests", "account_claim_approved"))

    mail = OutgoingMail.objects.get()
    assert mail.to == person.email
    assert mail.is_test
    assert mail.subject.startswith("[Test] ")


def test_sent_lists_mails_and_finds_them(office):
    make.company()
    post("password_reset", to="ada@example.com", context=RESET)
    post("password_reset", to="ben@example.com", context=RESET)

    found = office.get(reverse("office:settings_sent"), {"q": "ada@"}).content.decode()
    filtered = office.get(reverse("office:settings_sent"), {"status": "failed"}).content.decode()

    assert "ada@example.com" in found
    assert "ben@example.com" not in found
    assert "ada@example.com" not in filtered


def test_a_kept_mail_is_read_with_its_link(office):
    mail = post("password_reset", to="ada@example.com", context=RESET)

    page = office.get(reverse("office:settings_sent_mail", args=[mail.pk])).content.decode()
    framed = office.get(reverse("office:settings_sent_html", args=[mail.pk])).content.decode()

    assert RESET["link"] in page
    assert RESET["link"] in framed


def test_with_a_mail_server_links_are_blotted_out_everywhere(office, settings):
    settings.SMTP_URL = "smtp://127.0.0.1:1"
    mail = post("password_reset", to="ada@example.com", context=RESET)

    for name in ("settings_sent_mail", "settings_sent_html"):
        html = office.get(reverse(f"office:{name}", args=[mail.pk])).content.decode()
        assert RESET["link"] not in html
        assert "••••••" in html
    exported = office.get(reverse("office:settings_sent"), {"format": "csv"})
    assert RESET["link"] not in b"".join(exported.streaming_content).decode()


def test_what_the_server_said_is_shown_and_it_can_be_sent_again(office, settings):
    settings.SMTP_URL = "smtp://127.0.0.1:1"
    mail = post("account_claim_approved", to="ada@example.com", context={
        "user": "A", "customer": "C", "next": "N", "words": "", "link": "https://desk.example.com/"})  # fmt: skip
    work_off()
    page = office.get(reverse("office:settings_sent_mail", args=[mail.pk])).content.decode()
    OutgoingMail.objects.update(state="failed")

    answer = office.post(reverse("office:settings_sent_resending", args=[mail.pk]))

    mail.refresh_from_db()
    assert "put off" in page
    assert "refused" in page
    assert answer.status_code == 303
    assert mail.state == "queued"


@pytest.mark.parametrize("name", ["settings_emails", "settings_sent"])
def test_only_administrators_read_mail_and_its_settings(client, name):  # A73
    client.force_login(make.staff("sales"))

    assert client.get(reverse(f"office:{name}")).status_code == 403


def test_customers_people_do_not_find_them(client):
    client.force_login(make.membership().user)

    assert client.get(reverse("office:settings_sent")).status_code == 404
