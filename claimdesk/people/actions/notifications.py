"""Notifications: the lines under somebody's bell."""

from collections.abc import Iterable

from django.db import transaction

from claimdesk.kernel.actor import Actor
from claimdesk.kernel.clock import now
from claimdesk.ledger.models import Event
from claimdesk.people.models import Notification, User
from claimdesk.people.permissions import EDIT_USERS


@transaction.atomic
def notify(event: Event, *, users: Iterable[User], notice: str, by: Actor) -> int:
    """Put a line on `event` under the bell of those users who have not muted that kind; once each.

    Returns: for how many.
    Records: nothing; the line points to its event.
    """
    by.require(EDIT_USERS)
    lines = [
        Notification(user=user, event_id=event.pk, kind=notice, subject=event.subject)
        for user in users
        if notice not in user.muted_pages
    ]
    Notification.objects.bulk_create(lines, ignore_conflicts=True)
    return len(lines)


@transaction.atomic
def read_notifications(user_id: int, *, up_to: int, by: Actor) -> int:
    """Mark one's own lines as read, up to the newest that was shown.

    Returns: how many were unread.
    Records: nothing.
    """
    by.require_self(user_id)
    unread = Notification.objects.filter(user_id=user_id, read_at=None, pk__lte=up_to)
    return unread.update(read_at=now())
