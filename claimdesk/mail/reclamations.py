"""Mails about claims on orders."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import override

from claimdesk.access.queries.members import reads_papers_of
from claimdesk.aftersales.models import Reclamation, ReclamationLine
from claimdesk.aftersales.queries.reclamations import lines_of, reclamations
from claimdesk.company.system_emails.rendering import supported_language
from claimdesk.kernel.actor import SYSTEM
from claimdesk.kernel.quantities import shown_quantity
from claimdesk.ledger.models import Event
from claimdesk.mail import links
from claimdesk.mail.compose import outcome, post
from claimdesk.people.models import User
from claimdesk.people.queries.users import user_with_id


def reclamation_opened(event: Event) -> str:
    """Tell the customer that the claim is open."""
    reclamation = _reclamation_of(event)
    if reclamation is None:
        return "gone"
    user = _reader(reclamation)
    with override(supported_language(user.language if user else "", reclamation.customer.language)):
        words = {
            "lines": "\n".join(_named(line) for line in lines_of(reclamation)),
            "cause": reclamation.cause.name,
            "wish": reclamation.get_wish_display(),
        }
        return _tell("reclamation_opened", event, reclamation, user, words)


def reclamation_closed(event: Event) -> str:
    """Tell the customer what became of the claim."""
    reclamation = _reclamation_of(event)
    if reclamation is None:
        return "gone"
    user = _reader(reclamation)
    with override(supported_language(user.language if user else "", reclamation.customer.language)):
        words = {
            "outcomes": "\n".join(
                f"{_named(line)}: {line.get_outcome_display()}" for line in lines_of(reclamation)
            ),
            "reason": reclamation.closing_reason,
        }
        return _tell("reclamation_closed", event, reclamation, user, words)


def _reclamation_of(event: Event) -> Reclamation | None:
    rows = reclamations(SYSTEM).select_related("order__placed_by")
    return rows.filter(pk=event.data["reclamation_id"]).first()


def _reader(reclamation: Reclamation) -> User | None:
    """Return the person who claimed, else who placed the order, if he is still of the customer."""
    claimed = reclamation.opened_by_id if reclamation.is_by_customer else None
    opener = user_with_id(claimed) if claimed else None
    for person in (opener, reclamation.order.placed_by):
        if person is not None and not person.is_staff and reads_papers_of(person, reclamation.customer):
            return person
    return None


def _named(line: ReclamationLine) -> str:
    return f"{shown_quantity(line.quantity)} × {line.line.product_number} {line.line.product_name}"


def _tell(
    key: str, event: Event, reclamation: Reclamation, user: User | None, words: Mapping[str, Any]
) -> str:
    customer = reclamation.customer
    context = {
        "user": user.name if user else customer.name,
        "customer": customer.name,
        "number": reclamation.number,
        "order": reclamation.order.number,
        "link": links.absolute("portal:reclamation", reclamation.pk),
        **words,
    }
    to = user.email if user else customer.email
    return outcome(post(key, event=event, to=to, user=user, customer=customer, context=context))
