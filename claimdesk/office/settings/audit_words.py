"""The audit log in the reader's words: what an entry is about, and what its fields are called."""

from collections.abc import Iterable
from typing import Any

from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from claimdesk.customers.queries.customers import customers
from claimdesk.kernel.actor import Actor
from claimdesk.ledger.event_types import type_named
from claimdesk.ledger.models import Event
from claimdesk.office.settings.audit_fields import LABELS
from claimdesk.people.queries.users import users_with_ids
from claimdesk.web.subjects import subject_link

SUBJECTS: dict[str, tuple[str | Promise, tuple[str, ...]]] = {
    "account_claim": (_("Account claim"), ("user", "customer")),
    "acting_session": (_("Acting for a customer"), ("customer", "whom")),
    "address": (_("Address"), ("customer",)),
    "attempt_counter": (_("Attempts"), ()),
    "category": (_("Category"), ("name",)),
    "company": (_("Settings › Company"), ()),
    "contact": (_("Contact"), ("contact", "customer")),
    "customer": (_("Customer"), ("customer",)),
    "domain": (_("E-mail domain"), ("domain", "customer")),
    "duplicate_pair": (_("Duplicates"), ("first", "second")),
    "email_change": (_("Change of address"), ("user",)),
    "import": (_("Import"), ("file",)),
    "invoice": (_("Invoice"), ("number", "customer")),
    "invitation": (_("Invitation"), ("email", "customer")),
    "job": (_("Job"), ()),
    "membership": (_("Access"), ("user", "customer")),
    "onboarding": (_("Onboarding"), ("user",)),
    "order": (_("Order"), ("number", "order", "customer")),
    "order_process": (_("Order process"), ("name",)),
    "outgoing_mail": (_("Mail"), ("to",)),
    "password_link": (_("Link to set a password"), ("user",)),
    "payment": (_("Payment"), ("on", "customer")),
    "price": (_("Price"), ("number",)),
    "product": (_("Product"), ("number", "name")),
    "reclamation": (_("Reclamation"), ("number", "customer")),
    "reclamation_cause": (_("Cause of reclamations"), ("cause",)),
    "refund": (_("Refund"), ("customer",)),
    "registration": (_("Registration"), ("email",)),
    "saved_view": (_("Saved view"), ("view",)),
    "shipment": (_("Shipment"), ("number", "customer")),
    "staff_role": (_("Role of staff"), ("role",)),
    "system_email": (_("System e-mail"), ("key",)),
    "user": (_("User"), ("user",)),
    "user_session": (_("Session"), ("user",)),
}


def name_subjects(events: Iterable[Any], actor: Actor) -> None:
    """Give each event its `about`: the kind of its subject and the names of today, by two questions in all."""
    events = list(events)
    users = _names(users_with_ids({event.user_id for event in events if event.user_id}))
    keys = {event.customer_id for event in events if event.customer_id}
    owners = _names(customers(actor).filter(pk__in=keys)) if keys else {}
    for event in events:
        event.about = _title(event, users.get(event.user_id, ""), owners.get(event.customer_id, ""))


def _names(rows: Iterable[Any]) -> dict[int | None, str]:
    return {row.pk: row.name for row in rows}


def _title(event: Event, user: str, customer: str) -> str:
    kind, _slash, key = event.subject.partition("/")
    if kind not in SUBJECTS:
        return f"{kind.replace('_', ' ').capitalize()} {key}".strip()
    word, named_by = SUBJECTS[kind]
    known = {**event.data, **event.names}
    known |= {name: value for name, value in (("user", user), ("customer", customer)) if value}
    names = [str(known[name]) for name in named_by if known.get(name)]
    return f"{word}: {', '.join(names)}" if names else f"{word} {key}" if named_by else str(word)


def about_cell(event: Any, _actor: Actor) -> SafeString:
    """Show what the event is about, as a link where that has a page."""
    address = subject_link(event.subject, door="office")
    return (
        format_html('<a href="{}">{}</a>', address, event.about)
        if address
        else format_html("{}", event.about)
    )


def label_of(event: Event, name: str) -> str:
    """Return what a field of the event is called; one that nobody named, by its own words."""
    event_type = type_named(event.kind)
    fields = event_type.words.get("fields", {}) if event_type else {}
    return str(fields.get(name) or LABELS.get(name) or name.replace("_", " ").capitalize())


def details_of(event: Event) -> list[tuple[str, Any]]:
    """Return label and value of what else the event holds; codes that have words, in words."""
    known = {**event.data, **event.names}
    event_type = type_named(event.kind)
    values = event_type.shown(known) if event_type else known
    is_told = changes_of(event)
    hidden = {"actor", "acting_for", *(("before", "after") if is_told else ())}
    return [(label_of(event, name), value) for name, value in values.items() if name not in hidden]


def changes_of(event: Event) -> list[tuple[str, Any, Any]]:
    """Return label, before and after of an event that tells of changes."""
    known = {**event.data, **event.names}
    before, after = known.get("before"), known.get("after")
    if not isinstance(before, dict) or not isinstance(after, dict):
        return []
    return [(label_of(event, name), before.get(name), after.get(name)) for name in sorted({*before, *after})]
