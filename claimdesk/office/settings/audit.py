"""Settings › Audit log: everything that happened, by whom, and what followed from it."""

from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claimdesk.conversations.queries.outgoing import outgoing_mails
from claimdesk.customers.queries.customers import keys_of_customers
from claimdesk.kernel.actor import Actor
from claimdesk.kernel.dates import instant
from claimdesk.ledger.event_types import all_types
from claimdesk.ledger.models import Event
from claimdesk.ledger.queries.timeline import sentence_of
from claimdesk.office.settings.audit_words import about_cell, changes_of, details_of, name_subjects
from claimdesk.office.settings.days import SinceDay, UntilDay
from claimdesk.people.permissions import VIEW_AUDIT_LOG
from claimdesk.people.queries.audit import audit_log
from claimdesk.people.queries.users import keys_of_users
from claimdesk.web.addresses import address_of
from claimdesk.web.gates import office_page
from claimdesk.web.lists import Column, Empty, ListPage, render_list
from claimdesk.web.requests import PageRequest
from claimdesk.web.subjects import subject_link
from claimdesk.web.words import door_name

ACTORS = (
    ("staff", gettext_lazy("Staff")),
    ("user", gettext_lazy("Customers' people")),
    ("visitor", gettext_lazy("Visitors")),
    ("token", gettext_lazy("Programs")),
    ("system", gettext_lazy("Claimdesk itself")),
)
NAMELESS = {"visitor": gettext_lazy("A visitor"), "system": gettext_lazy("Claimdesk")}


class AuditFilters(django_filters.FilterSet):
    kind = django_filters.ChoiceFilter(
        label=gettext_lazy("What"),
        choices=lambda: [(each.kind, each.kind) for each in all_types()],
        empty_label=gettext_lazy("Everything"),
    )
    by = django_filters.ChoiceFilter(
        field_name="actor_kind",
        label=gettext_lazy("Kind of actor"),
        choices=ACTORS,
        empty_label=gettext_lazy("All"),
    )
    actor = django_filters.CharFilter(label=gettext_lazy("Actor (username or e-mail)"), method="by_actor")
    customer = django_filters.CharFilter(
        label=gettext_lazy("Customer (number or name)"), method="of_customer"
    )
    user = django_filters.CharFilter(label=gettext_lazy("User (username or e-mail)"), method="of_user")
    since = SinceDay(field_name="happened_at", label=gettext_lazy("From"))
    until = UntilDay(field_name="happened_at", label=gettext_lazy("Until"))

    def by_actor(self, events: QuerySet[Event], _name: str, value: str) -> QuerySet[Event]:
        return events.filter(actor_id__in=keys_of_users(value))

    def of_customer(self, events: QuerySet[Event], _name: str, value: str) -> QuerySet[Event]:
        return events.filter(customer_id__in=keys_of_customers(value))

    def of_user(self, events: QuerySet[Event], _name: str, value: str) -> QuerySet[Event]:
        return events.filter(user_id__in=keys_of_users(value))


def search_events(events: QuerySet[Event], text: str) -> QuerySet[Event]:
    """Find events by their subject ("account_claim/42"), kind, or the customer or user concerned."""
    if "/" in text:
        return events.filter(subject=text.casefold())
    users, customers = keys_of_users(text), keys_of_customers(text)
    return events.filter(
        Q(kind=text) | Q(customer_id__in=customers) | Q(user_id__in=users) | Q(actor_id__in=users)
    )


def event_url(event: Event) -> str:
    return address_of("office:settings_audit_entry", event.pk)


def actor_of(event: Event) -> str:
    """Return who it was, with the person acted for."""
    name = event.actor_name or str(NAMELESS.get(event.actor_kind, event.actor_kind))
    return (
        _("%(name)s for %(person)s") % {"name": name, "person": event.acting_for}
        if event.acting_for
        else name
    )


PAGE = ListPage(
    name="audit_log",
    title=gettext_lazy("Audit log"),
    rows=audit_log,
    columns=(
        Column("at", gettext_lazy("When"), value="happened_at", sort="happened_at"),
        Column(
            "sentence",
            gettext_lazy("What happened"),
            value=sentence_of,
            heading=True,
            link=event_url,
            dialog=True,
        ),
        Column("actor", gettext_lazy("By"), value=actor_of),
        Column("door", gettext_lazy("Door"), value=lambda event: door_name(event.door)),
        Column("kind", gettext_lazy("Kind"), shown=False),
        Column("subject", gettext_lazy("About"), cell=about_cell),
        Column("customer", gettext_lazy("Customer's key"), value="customer_id", shown=False),
        Column("user", gettext_lazy("User's key"), value="user_id", shown=False),
        Column("data", gettext_lazy("Data"), value="data", shown=False),
    ),
    sort="-at",
    filters=AuditFilters,
    search=search_events,
    search_hint=gettext_lazy("Subject, customer or user"),
    prepare=name_subjects,
    row_url=event_url,
    row_dialog=True,
    empty=Empty(
        gettext_lazy("Nothing found"), gettext_lazy("Every deed leaves a line here."), icon="list-check"
    ),
)


@office_page(VIEW_AUDIT_LOG)
def settings_audit(request: PageRequest) -> HttpResponseBase:
    """List what happened."""
    return render_list(request, PAGE)


@office_page(VIEW_AUDIT_LOG)
def settings_audit_entry(request: PageRequest, pk: int) -> HttpResponse:
    """Show one event, with its data and what followed from it."""
    actor = request.actor
    event = get_object_or_404(audit_log(actor).prefetch_related("deliveries"), pk=pk)
    name_subjects([event], actor)
    context = {
        "title": sentence_of(event),
        "event": event,
        "facts": _facts(event, actor),
        "changes": changes_of(event),
        "details": details_of(event),
        "subject_link": subject_link(event.subject, door="office"),
        "mails": _mails(event, actor),
    }
    return render(request, "office/settings/audit/entry.html", context)


def _facts(event: Event, actor: Actor) -> list[tuple[str, Any]]:
    return [
        (_("When"), instant(event.happened_at)),
        (_("By"), actor_of(event)),
        (_("Kind of actor"), dict(ACTORS).get(event.actor_kind, event.actor_kind)),
        (_("Door"), door_name(event.door)),
        (_("About"), about_cell(event, actor)),
        (_("Key"), event.subject),
        (_("Kind"), _("%(kind)s (version %(version)s)") % {"kind": event.kind, "version": event.version}),
        (_("Import"), event.import_id),
    ]


def _mails(event: Event, actor: Actor) -> list[Any]:
    return list(outgoing_mails(actor).filter(event_id=event.pk).order_by("pk")[:20])


urls = [
    path("settings/audit/", settings_audit, name="settings_audit"),
    path("settings/audit/<int:pk>/", settings_audit_entry, name="settings_audit_entry"),
]
