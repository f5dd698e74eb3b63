"""Comments that somebody wants bundled: kept until his hour, then taken all at once (E9)."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction

from claimdesk.company.queries.company import company
from claimdesk.conversations.models import Message, WaitingComment
from claimdesk.conversations.permissions import VIEW_SENT_MAIL
from claimdesk.conversations.queries.threads import waiting_comments
from claimdesk.kernel.actor import Actor
from claimdesk.kernel.clock import now
from claimdesk.ledger.actions.timers import set_timer
from claimdesk.ledger.models import Timer, subject_key
from claimdesk.people.models import User

BUNDLE = "comments.bundle"
HOUR = time(7)


@transaction.atomic
def keep_for_bundle(message: Message, *, user: User, by: Actor) -> bool:
    """Keep a comment until the hour at which `user` gets his bundle; keeping it again does nothing.

    A bundle that is overdue is not put off by it.
    Returns: whether it was kept now.
    Records: nothing; the mail is a record itself.
    """
    by.require(VIEW_SENT_MAIL)
    _row, is_new = WaitingComment.objects.get_or_create(message=message, user=user)
    if is_new:
        subject, at = subject_key(user), now()
        overdue = Timer.objects.filter(
            kind=BUNDLE, subject=subject, state=Timer.State.DUE, due_at__lte=at
        ).exists()
        set_timer(BUNDLE, subject, due_at=at if overdue else _next_hour(user, at))
    return is_new


@transaction.atomic
def take_bundle(user: User, *, by: Actor) -> list[Message]:
    """Return what waited for `user` and let it wait no more; the mail is stored in the same transaction.

    Records: nothing; the mail is a record itself.
    """
    by.require(VIEW_SENT_MAIL)
    messages = waiting_comments(user.pk)
    WaitingComment.objects.filter(user=user, message__in=messages).delete()
    return messages


def _next_hour(user: User, at: datetime) -> datetime:
    """Return when it is next seven in the morning where `user` is."""
    here = at.astimezone(ZoneInfo(user.time_zone or company().time_zone))
    today = datetime.combine(here.date(), HOUR, tzinfo=here.tzinfo)
    return today if today > here else datetime.combine(here.date() + timedelta(days=1), HOUR, here.tzinfo)
