"""A system e-mail, rendered in one language from the built-in words or the seller's own."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.utils import translation
from django.utils.html import escape

from claimdesk.company.models import Company
from claimdesk.company.queries.company import company
from claimdesk.company.queries.system_emails import Wording, wording
from claimdesk.company.system_emails.catalogue import email_named
from claimdesk.company.system_emails.declaring import DeclaredEmail
from claimdesk.company.system_emails.filling import fill, paragraphs
from claimdesk.company.system_emails.html import html_from_seller, html_from_text, lay_out
from claimdesk.kernel.text import tidy

BLOT = "••••••"
SUBJECT_LENGTH = 250


@dataclass(frozen=True, slots=True)
class Rendered:
    """The parts of a mail, filled in."""

    subject: str
    text: str
    html: str
    language: str


def render(
    key: str,
    *,
    language: str,
    values: Mapping[str, str],
    own: Wording | None = None,
    shows_subject: bool = False,
) -> Rendered:
    """Return the system e-mail `key` in `language`, with `values` filled in.

    Takes: `own`, words to try instead of the seller's saved ones, and `shows_subject`, for a preview.
    Raises: KeyError for an unknown key or a placeholder without value.
    """
    email = email_named(key)
    language = supported_language(language)
    with translation.override(language):
        filled = _complete(email, values)
        words = own or wording(key, language)
        subject = tidy(fill(words.subject, filled))[:SUBJECT_LENGTH]
        text = "\n\n".join(fill(each, filled) for each in paragraphs(words.text, filled)) + "\n"
        body = (
            html_from_seller(email, words.html, filled)
            if words.html.strip()
            else html_from_text(email, words.text, filled)
        )
        html = lay_out(
            body,
            subject=subject,
            seller=filled["seller"],
            language=language,
            shows_subject=shows_subject,
        )
    return Rendered(subject, text, html, language)


def render_sample(
    key: str, *, language: str, own: Wording | None = None, shows_subject: bool = False
) -> Rendered:
    """Return the system e-mail with the examples of the catalogue filled in."""
    with translation.override(supported_language(language)):
        samples = email_named(key).samples
    values = samples | seller_values(company())
    return render(key, language=language, values=values, own=own, shows_subject=shows_subject)


def supported_language(*wishes: str) -> str:
    """Return the first wish that there is, else the seller's first language."""
    known = dict(settings.LANGUAGES)
    offered = company().languages
    return next((code for code in (*wishes, *offered) if code in known), settings.LANGUAGE_CODE)


def seller_values(seller: Company) -> dict[str, str]:
    """Return the seller's own placeholders."""
    return {"seller": seller.name, "seller_email": seller.email, "seller_phone": seller.phone}


def blotted(words: str, secrets: list[str] | tuple[str, ...]) -> str:
    """Return `words` with every secret blotted out."""
    for secret in sorted(filter(None, secrets), key=len, reverse=True):
        words = words.replace(secret, BLOT).replace(escape(secret), BLOT)
    return words


def _complete(email: DeclaredEmail, values: Mapping[str, str]) -> dict[str, str]:
    given = seller_values(company()) | dict(values)
    return {name: str(given[name]) for name in email.names}
