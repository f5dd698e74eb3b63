"""What of a conversation is for whom: internal notes are staff's, and so are mails that went to nobody else."""

from django.db import models
from django.db.models import QuerySet

from claimdesk.conversations.models import Message, OutgoingMail
from claimdesk.kernel.actor import Actor
from claimdesk.ledger.models import subject_key


def reads_notes(actor: Actor) -> bool:
    """Tell whether internal notes are for `actor`: staff in person, and the system."""
    return actor.kind == "system" or (actor.is_staff and not actor.is_acting)


def shown_messages(actor: Actor) -> QuerySet[Message]:
    """Return the messages that `actor` may read at subjects that he may see."""
    return Message.objects.all() if reads_notes(actor) else Message.objects.filter(is_internal=False)


def shown_mails(about: models.Model, *, actor: Actor) -> QuerySet[OutgoingMail]:
    """Return the mails about a row that `actor` was shown: to the customer's people those to their side."""
    mails = OutgoingMail.objects.filter(subject_key=subject_key(about), is_test=False)
    if reads_notes(actor):
        return mails
    customer = getattr(about, "customer_id", None)
    return mails.filter(customer_id=customer) if customer else mails.none()
