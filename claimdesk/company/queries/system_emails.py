"""The seller's own words and switches of system e-mails, read."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import translation

from claimdesk.company.models import SystemEmail
from claimdesk.company.system_emails.catalogue import all_emails, email_named
from claimdesk.company.system_emails.declaring import DeclaredEmail

EVERY_LANGUAGE = ""


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of one system e-mail in one language."""

    subject: str
    text: str
    html: str = ""


@dataclass(frozen=True, slots=True)
class Sending:
    """Whether a system e-mail goes out, and who gets a copy."""

    is_on: bool
    cc: list[str]
    bcc: list[str]


@dataclass(frozen=True, slots=True)
class ListedEmail:
    """A system e-mail as the settings list it."""

    email: DeclaredEmail
    sending: Sending
    changed_at: datetime | None
    languages: list[str]


def wording(key: str, language: str) -> Wording:
    """Return the seller's words in `language`; what he left empty follows the built-in ones."""
    own, built_in = own_wording(key, language), built_in_wording(key, language)
    if own is None:
        return built_in
    return Wording(own.subject or built_in.subject, own.text or built_in.text, own.html)


def built_in_wording(key: str, language: str) -> Wording:
    """Return the words that come with Claimdesk, in `language`."""
    email = email_named(key)
    with translation.override(language):
        return Wording(subject=str(email.subject), text=str(email.text))


def own_wording(key: str, language: str) -> SystemEmail | None:
    """Return the seller's own row in `language`, if there is one."""
    return SystemEmail.objects.filter(key=key, language=language).exclude(language=EVERY_LANGUAGE).first()


def sending(key: str) -> Sending:
    """Return how the system e-mail is sent; one that guards a sign-in is always on."""
    return _sending(email_named(key), SystemEmail.objects.filter(key=key, language=EVERY_LANGUAGE).first())


def listed_emails() -> list[ListedEmail]:
    """Return all system e-mails with their switches."""
    rows: dict[str, list[SystemEmail]] = {}
    for row in SystemEmail.objects.order_by("language"):
        rows.setdefault(row.key, []).append(row)
    return [
        ListedEmail(
            email=email,
            sending=_sending(email, next((r for r in rows.get(email.key, []) if not r.language), None)),
            changed_at=max((row.updated_at for row in rows.get(email.key, [])), default=None),
            languages=[row.language for row in rows.get(email.key, []) if row.language],
        )
        for email in all_emails()
    ]


def _sending(email: DeclaredEmail, row: SystemEmail | None) -> Sending:
    return Sending(
        is_on=row.is_on if row and email.may_be_off else True,
        cc=addresses(row.cc) if row else [],
        bcc=addresses(row.bcc) if row else [],
    )


def addresses(text: str) -> list[str]:
    """Return the e-mail addresses of a list that is kept as text."""
    return [part.strip() for part in text.replace(";", ",").replace("\n", ",").split(",") if part.strip()]
