"""Settings › System emails › Sent: every mail, word for word, with what the mail server said."""

from datetime import datetime
from typing import Any

import django_filters
from django.conf import settings
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from claimdesk.company.system_emails.catalogue import all_emails, email_named, is_declared
from claimdesk.conversations.actions.outgoing import resend_mail
from claimdesk.conversations.models import OutgoingMail
from claimdesk.conversations.permissions import VIEW_SENT_MAIL
from claimdesk.conversations.queries.outgoing import outgoing_mails, readable
from claimdesk.customers.search.prefix import beginning_with
from claimdesk.kernel.dates import instant
from claimdesk.kernel.text import fold_email
from claimdesk.office.settings.days import SinceDay, UntilDay
from claimdesk.office.settings.mail_preview import mail_page, shows_frames
from claimdesk.office.settings.tabs import email_tabs
from claimdesk.web.addresses import address_of
from claimdesk.web.answers import done
from claimdesk.web.gates import office_page
from claimdesk.web.lists import Column, Empty, ListPage, Preset, render_list
from claimdesk.web.lists.cells import state_cell
from claimdesk.web.requests import PageRequest
from claimdesk.web.subjects import subject_link

OUTCOMES = {
    "begun": gettext_lazy("cut off before the answer; it may have arrived"),
    "sent": gettext_lazy("sent"),
    "put off": gettext_lazy("put off"),
    "failed": gettext_lazy("failed"),
}


class SentFilters(django_filters.FilterSet):
    key = django_filters.ChoiceFilter(
        label=gettext_lazy("E-mail"),
        choices=lambda: [(email.key, email.title) for email in all_emails()],
        empty_label=gettext_lazy("All"),
    )
    status = django_filters.ChoiceFilter(
        field_name="state",
        label=gettext_lazy("Status"),
        choices=OutgoingMail.State.choices,
        empty_label=gettext_lazy("All"),
    )
    since = SinceDay(field_name="created_at", label=gettext_lazy("From"))
    until = UntilDay(field_name="created_at", label=gettext_lazy("Until"))


def search_mails(mails: QuerySet[OutgoingMail], text: str) -> QuerySet[OutgoingMail]:
    """Find mails whose recipient begins so; where there is none, by any part of recipient or subject."""
    address = fold_email(text) if "@" in text else text.lower()
    beginning = mails.filter(beginning_with("to", address))
    if beginning.exists():
        return beginning
    return mails.filter(Q(to__icontains=address) | Q(subject__icontains=text))


def mail_url(mail: OutgoingMail) -> str:
    return address_of("office:settings_sent_mail", mail.pk)


def title_of(mail: OutgoingMail) -> str:
    """Return what the mail is called in the settings."""
    title = str(email_named(mail.key).title) if is_declared(mail.key) else mail.key
    return _("%(title)s (test)") % {"title": title} if mail.is_test else title


PAGE = ListPage(
    name="sent_mails",
    title=gettext_lazy("Sent"),
    rows=outgoing_mails,
    columns=(
        Column("to", gettext_lazy("To"), heading=True, link=mail_url),
        Column("email", gettext_lazy("E-mail"), value=title_of),
        Column("subject", gettext_lazy("Subject"), value=lambda mail: readable(mail).subject),
        Column("status", gettext_lazy("Status"), value="state", cell=state_cell),
        Column("words", gettext_lazy("Server's words"), shown=False),
        Column("created", gettext_lazy("Written"), value="created_at", sort="created_at"),
        Column("sent", gettext_lazy("Sent"), value="sent_at", shown=False),
    ),
    sort="-created",
    filters=SentFilters,
    search=search_mails,
    search_hint=gettext_lazy("Recipient or subject"),
    presets=(
        Preset(gettext_lazy("All"), ""),
        Preset(gettext_lazy("Failed"), "status=failed"),
        Preset(gettext_lazy("Queued"), "status=queued"),
    ),
    row_url=mail_url,
    empty=Empty(
        gettext_lazy("No mail yet"),
        gettext_lazy(
            "Every mail that the system writes stands here, also while no mail server is configured."
        ),
        icon="mail",
    ),
    template="office/settings/emails/sent.html",
)


@office_page(VIEW_SENT_MAIL)
def settings_sent(request: PageRequest) -> HttpResponseBase:
    """List the mails."""
    return render_list(request, PAGE, tabs=email_tabs("sent"), tabs_label=_("Mail"))


@office_page(VIEW_SENT_MAIL)
@shows_frames
def settings_sent_mail(request: PageRequest, pk: int) -> HttpResponse:
    """Show one mail."""
    mail = get_object_or_404(outgoing_mails(request.actor), pk=pk)
    context = {
        "title": readable(mail).subject,
        "mail": mail,
        "words": readable(mail),
        "facts": _facts(mail),
        "attempts": _attempts(mail),
        "subject_link": subject_link(mail.subject_key, door="office"),
        "may_resend": bool(settings.SMTP_URL) and mail.state != OutgoingMail.State.QUEUED,
    }
    return render(request, "office/settings/emails/mail.html", context)


@office_page(VIEW_SENT_MAIL)
def settings_sent_html(request: PageRequest, pk: int) -> HttpResponse:
    """Show the HTML part of one mail, for a frame."""
    mail = get_object_or_404(outgoing_mails(request.actor), pk=pk)
    return mail_page(request, html=readable(mail).html)


@office_page(VIEW_SENT_MAIL)
@require_POST
def settings_sent_resending(request: PageRequest, pk: int) -> HttpResponse:
    """Send it again."""
    mail = get_object_or_404(outgoing_mails(request.actor), pk=pk)
    resend_mail(mail, by=request.actor)
    return done(request, mail_url(mail), _("It is on its way again."))


def _attempts(mail: OutgoingMail) -> list[dict[str, Any]]:
    """Return the attempts, the last first, for the timeline."""
    return [
        {
            "at": datetime.fromisoformat(each["at"]),
            "sentence": OUTCOMES[each["outcome"]],
            "note": each["words"],
        }
        for each in reversed(mail.attempts)
    ]


def _facts(mail: OutgoingMail) -> list[tuple[str, Any]]:
    return [
        (_("E-mail"), title_of(mail)),
        (_("To"), mail.to),
        (_("cc"), ", ".join(mail.cc)),
        (_("bcc"), ", ".join(mail.bcc)),
        (_("Written"), instant(mail.created_at)),
        (_("Sent"), instant(mail.sent_at)),
        (_("Server's words"), mail.words),
        (_("Language"), dict(settings.LANGUAGES).get(mail.language, mail.language)),
        ("Message-ID", mail.message_id),
        ("Auto-Submitted", "auto-generated"),
    ]


urls = [
    path("settings/emails/sent/", settings_sent, name="settings_sent"),
    path("settings/emails/sent/<int:pk>/", settings_sent_mail, name="settings_sent_mail"),
    path("settings/emails/sent/<int:pk>/html/", settings_sent_html, name="settings_sent_html"),
    path("settings/emails/sent/<int:pk>/resending/", settings_sent_resending, name="settings_sent_resending"),
]
