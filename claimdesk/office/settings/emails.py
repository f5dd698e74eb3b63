"""Settings › System emails: what is sent, in which words, to whom."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from claimdesk.company.actions.system_emails import change_sending, change_wording, reset_wording
from claimdesk.company.permissions import EDIT_SETTINGS
from claimdesk.company.queries.system_emails import (
    built_in_wording,
    listed_emails,
    own_wording,
    sending,
    wording,
)
from claimdesk.company.system_emails.catalogue import email_named, is_declared
from claimdesk.company.system_emails.declaring import DeclaredEmail
from claimdesk.company.system_emails.rendering import render_sample, supported_language
from claimdesk.conversations.actions.outgoing import send_test_mail
from claimdesk.office.settings.email_forms import SendingForm, WordingForm
from claimdesk.office.settings.mail_preview import mail_page, shows_frames
from claimdesk.office.settings.tabs import email_tabs
from claimdesk.web.answers import done, invalid
from claimdesk.web.gates import office_page
from claimdesk.web.requests import PageRequest

_PAGE = "office/settings/emails/email.html"


@office_page(EDIT_SETTINGS)
def settings_emails(request: PageRequest) -> HttpResponse:
    """List every system e-mail."""
    context = {
        "title": _("System emails"),
        "tabs": email_tabs("emails"),
        "emails": listed_emails(),
        "has_smtp": bool(settings.SMTP_URL),
    }
    return render(request, "office/settings/emails/list.html", context)


@office_page(EDIT_SETTINGS)
@shows_frames
def settings_email(request: PageRequest, key: str) -> HttpResponse:
    """Show one system e-mail; a POST saves its words in one language."""
    email, language = _asked_for(request, key)
    form = _wording_form(request, email, language)
    if request.method != "POST":
        return render(request, _PAGE, _context(email, language, form))
    if not form.is_valid():
        return invalid(request, _PAGE, _context(email, language, form))
    words = form.words(built_in_wording(key, language))
    change_wording(key, language=language, **words, by=request.actor)
    return done(request, _address(key, language), _("Saved."))


@office_page(EDIT_SETTINGS)
@require_POST
@shows_frames
def settings_email_sending(request: PageRequest, key: str) -> HttpResponse:
    """Switch it on or off, and say who gets a copy."""
    email, language = _asked_for(request, key)
    form = SendingForm(request.POST, email=email, sending=sending(key))
    if not form.is_valid():
        wording_form = WordingForm(email=email, language=language, wording=wording(key, language))
        return invalid(request, _PAGE, _context(email, language, wording_form) | {"sending_form": form})
    change_sending(key, **form.cleaned_data, by=request.actor)
    return done(request, _address(key, language), _("Saved."))


@office_page(EDIT_SETTINGS)
def settings_email_preview(request: PageRequest, key: str) -> HttpResponse:
    """Show the e-mail with examples filled in: the saved words, or those that a POST brings."""
    email, language = _asked_for(request, key)
    form = _wording_form(request, email, language)
    if request.method != "POST":
        return mail_page(request, render_sample(key, language=language, shows_subject=True))
    if not form.is_valid():
        return mail_page(request, problems=[str(text) for texts in form.errors.values() for text in texts])
    own = form.wording(built_in_wording(key, language))
    return mail_page(request, render_sample(key, language=language, own=own, shows_subject=True))


@office_page(EDIT_SETTINGS)
@require_POST
def settings_email_tests(request: PageRequest, key: str) -> HttpResponse:
    """Send the saved words, with examples, to oneself."""
    email, language = _asked_for(request, key)
    mail = send_test_mail(email.key, language=language, to=request.user.email, by=request.actor)
    words = (
        _("A test is on its way to %(to)s.") if settings.SMTP_URL else _("A test for %(to)s stands in Sent.")
    )
    to = (
        _address(key, language) if settings.SMTP_URL else reverse("office:settings_sent_mail", args=[mail.pk])
    )
    return done(request, to, words % {"to": request.user.email})


@office_page(EDIT_SETTINGS)
@require_POST
def settings_email_reset(request: PageRequest, key: str) -> HttpResponse:
    """Go back to the built-in words."""
    email, language = _asked_for(request, key)
    reset_wording(email.key, language=language, by=request.actor)
    return done(request, _address(key, language), _("The built-in words are back."))


def _asked_for(request: PageRequest, key: str) -> tuple[DeclaredEmail, str]:
    if not is_declared(key):
        raise Http404
    asked = (request.GET.get("language", ""), getattr(request, "LANGUAGE_CODE", ""))
    return email_named(key), supported_language(*asked)


def _address(key: str, language: str) -> str:
    return f"{reverse('office:settings_email', args=[key])}?language={language}"


def _wording_form(request: PageRequest, email: DeclaredEmail, language: str) -> WordingForm:
    data = request.POST if request.method == "POST" else None
    return WordingForm(data, email=email, language=language, wording=wording(email.key, language))


def _context(email: DeclaredEmail, language: str, form: WordingForm) -> dict[str, Any]:
    languages = [
        {"label": name, "url": _address(email.key, code), "current": code == language}
        for code, name in settings.LANGUAGES
    ]
    return {
        "title": email.title,
        "email": email,
        "language": language,
        "languages": languages,
        "form": form,
        "sending_form": SendingForm(email=email, sending=sending(email.key)),
        "own": own_wording(email.key, language),
    }


urls = [
    path("settings/emails/", settings_emails, name="settings_emails"),
    path("settings/emails/<slug:key>/", settings_email, name="settings_email"),
    path("settings/emails/<slug:key>/sending/", settings_email_sending, name="settings_email_sending"),
    path("settings/emails/<slug:key>/preview/", settings_email_preview, name="settings_email_preview"),
    path("settings/emails/<slug:key>/tests/", settings_email_tests, name="settings_email_tests"),
    path("settings/emails/<slug:key>/reset/", settings_email_reset, name="settings_email_reset"),
]
