"""The lines under the bell, in the reader's words and with the way to what they are about."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from claimdesk.kernel.actor import Actor
from claimdesk.ledger.models import Event
from claimdesk.ledger.queries.timeline import sentence_of
from claimdesk.people.actions.notifications import read_notifications
from claimdesk.people.queries.audit import events_with_ids
from claimdesk.people.queries.notifications import notifications
from claimdesk.web.answers import done
from claimdesk.web.numbers import whole_number
from claimdesk.web.requests import PageRequest
from claimdesk.web.subjects import subject_link

MOST = 100
# Customers' people read neither who of staff it was nor whose account matched (A32, A48).
FOR_CUSTOMERS: dict[str, str | Promise] = {
    "account_claim.approved": _("Your request was approved: you have access to {customer}."),
    "account_claim.denied": _("Your request for an account was denied."),
    "account_claim.asked": _("There is a question about your request."),
    "account_claim.undone": _("The decision on your request was taken back; it is being looked at again."),
    "customer.activated": _("{name} is enabled."),
    "customer.deactivated": _("{name} is disabled."),
    "verification.connected": _("{user} joined {customer}, or wants to, by knowing the account."),
    "onboarding.linked": _("{user} joined {customer}."),
    "order.placed": _("Order {number} was placed."),
    "order.replacement_placed": _("The replacement {number} for order {original} was placed."),
    "order.approved": _("Order {number} was approved."),
    "order.denied": _("Order {number} was not approved: {words}"),
    "message.added": _("There is a new comment on your warranty claim."),
    "warranty_claim.taken": _("Your warranty claim {number} is being looked at."),
    "warranty_claim.asked": _("There is a question about your warranty claim {number}."),
    "warranty_claim.reminded": _("Your warranty claim {number} waits for your answer."),
    "warranty_claim.decided": _("Your warranty claim {number} is decided."),
    "warranty_claim.corrected": _("What is approved of your warranty claim {number} was corrected."),
    "warranty_claim.settled": _("Your warranty claim {number} is settled."),
    "warranty_claim.closed": _("Your warranty claim {number} is closed."),
    "order.canceled": _("Order {number} was canceled."),
    "rma.issued": _("You may send goods back: {number}."),
    "rma.canceled": _("{number} was canceled; please do not send the goods."),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line under the bell."""

    key: int
    sentence: str
    url: str
    at: datetime
    is_unread: bool


def lines_for(actor: Actor, *, door: str) -> list[Line]:
    """Return the newest lines under the actor's bell. Staff are led to the office from wherever they are."""
    door = "office" if actor.is_staff else door
    rows = list(notifications(actor)[:MOST])
    events = {event.pk: event for event in events_with_ids(row.event_id for row in rows)}
    return [
        Line(
            key=row.pk,
            sentence=_words(events[row.event_id], door),
            url=subject_link(_subject(events[row.event_id]), door=door),
            at=row.created_at,
            is_unread=row.read_at is None,
        )
        for row in rows
        if row.event_id in events
    ]


def _words(event: Event, door: str) -> str:
    if door == "office" or event.kind not in FOR_CUSTOMERS:
        return sentence_of(event)
    return str(FOR_CUSTOMERS[event.kind]).format_map({**event.data, **event.names})


def _subject(event: Event) -> str:
    """Return what one wants to see: of a new account the customer, not the form that made it."""
    if event.kind.startswith("onboarding.") and event.customer_id:
        return f"customer/{event.customer_id}"
    return event.subject


def show_lines(request: PageRequest, *, door: str) -> HttpResponse:
    """Answer the page of one's own lines, in the frame of a door."""
    context = {
        "title": _("Notifications"),
        "lines": lines_for(request.actor, door=door),
        "reading": reverse(f"{door}:notifications_reading"),
        "preferences": reverse("portal:notices"),
    }
    return render(request, f"{door}/notifications.html", context)


def read_lines(request: PageRequest, *, door: str) -> HttpResponse:
    """Mark the lines that were shown as read."""
    up_to = whole_number(request.POST.get("up_to"))
    read_notifications(request.user.pk, up_to=up_to, by=request.actor)
    return done(request, reverse(f"{door}:notifications"))
