"""The seller's own words and switches of system e-mails."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from claimdesk.company.checking import missing_secrets, problem_of_addresses, problem_of_words
from claimdesk.company.events import SystemEmailChanged
from claimdesk.company.models import SystemEmail
from claimdesk.company.permissions import EDIT_SETTINGS
from claimdesk.company.queries.system_emails import EVERY_LANGUAGE
from claimdesk.company.system_emails.catalogue import email_named
from claimdesk.company.system_emails.html import clean_html
from claimdesk.kernel.actor import Actor
from claimdesk.kernel.clock import now
from claimdesk.kernel.refused import Refused
from claimdesk.kernel.text import tidy
from claimdesk.ledger.record import record


@transaction.atomic
def change_wording(
    key: str, *, language: str, subject: str, text: str, html: str = "", by: Actor
) -> SystemEmail:
    """Put the seller's words in place of the built-in ones in one language; empty follows the built-in ones.

    Raises: ValidationError for unknown placeholders, or a text without its link or code.
    Records: SystemEmailChanged.
    """
    by.require(EDIT_SETTINGS)
    if language not in dict(settings.LANGUAGES):
        raise ValidationError({"language": _("Claimdesk does not speak this language.")})
    words = {
        "subject": tidy(subject),
        "text": text.replace("\r\n", "\n").strip(),
        "html": clean_html(html).strip(),
    }
    _check_words(key, words)
    return _write(key, language, {**words}, by=by)


@transaction.atomic
def change_sending(key: str, *, is_on: bool, cc: str = "", bcc: str = "", by: Actor) -> SystemEmail:
    """Switch a system e-mail on or off, and say who gets a copy.

    Refuses: `always_on` for one that guards a sign-in.
    Raises: ValidationError for what is no e-mail address.
    Records: SystemEmailChanged.
    """
    by.require(EDIT_SETTINGS)
    if not is_on and not email_named(key).may_be_off:
        raise Refused("always_on", _("This e-mail guards people's sign-in and cannot be switched off."))
    problems = {name: problem_of_addresses(text) for name, text in (("cc", cc), ("bcc", bcc))}
    if any(problems.values()):
        raise ValidationError({name: problem for name, problem in problems.items() if problem})
    return _write(key, EVERY_LANGUAGE, {"is_on": is_on, "cc": cc.strip(), "bcc": bcc.strip()}, by=by)


@transaction.atomic
def reset_wording(key: str, *, language: str, by: Actor) -> None:
    """Go back to the built-in words in one language.

    Records: SystemEmailChanged, if there was anything to go back from.
    """
    by.require(EDIT_SETTINGS)
    row = SystemEmail.objects.filter(key=key, language=language).exclude(language=EVERY_LANGUAGE).first()
    if row is None:
        return
    record(SystemEmailChanged(key=key, fields=f"{language}: reset"), about=row, by=by)
    row.delete()


def _check_words(key: str, words: dict[str, str]) -> None:
    problems = {name: problem_of_words(key, text) for name, text in words.items() if text}
    for name in ("text", "html"):
        if words[name] and not problems.get(name) and (missing := missing_secrets(key, words[name])):
            problems[name] = _("This e-mail needs one of %(names)s.") % {
                "names": ", ".join(f"{{{each}}}" for each in missing)
            }
    if any(problems.values()):
        raise ValidationError({name: problem for name, problem in problems.items() if problem})


def _write(key: str, language: str, values: dict[str, object], *, by: Actor) -> SystemEmail:
    row = SystemEmail.objects.filter(key=key, language=language).first() or SystemEmail(
        key=key, language=language
    )
    changed = sorted(name for name, value in values.items() if getattr(row, name) != value)
    if row.pk and not changed:
        return row
    for name, value in values.items():
        setattr(row, name, value)
    row.updated_at = now()
    row.save()
    fields = ", ".join(changed)
    record(
        SystemEmailChanged(key=key, fields=f"{language}: {fields}" if language else fields), about=row, by=by
    )
    return row
