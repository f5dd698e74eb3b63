"""Who is told under the bell of what happens to a warranty claim, on either side."""

from claimdesk.aftersales.permissions import APPROVE_WARRANTY_CLAIMS
from claimdesk.aftersales.queries.claim_people import agent, claimant, correspondents, told_of_staff
from claimdesk.conversations.queries.threads import message_with_id
from claimdesk.kernel.actor import SYSTEM
from claimdesk.ledger.models import Event
from claimdesk.mail.claim_readers import claim_of
from claimdesk.people.actions.notifications import notify
from claimdesk.people.models import User
from claimdesk.people.queries.staff import staff_who_may


def news(event: Event) -> str:
    """Tell the person who made the claim."""
    claim = claim_of(event)
    person = claimant(claim) if claim else None
    return _told(event, [person] if person else [], "warranty_claim_news")


def waits(event: Event) -> str:
    """Tell who works on the claim, else those who could."""
    claim = claim_of(event)
    return _told(event, told_of_staff(claim) if claim else [], "warranty_claims_waiting")


def assigned(event: Event) -> str:
    """Tell to whom the claim was given."""
    claim = claim_of(event)
    person = agent(claim) if claim else None
    return _told(event, [person] if person else [], "warranty_claims_waiting")


def to_confirm(event: Event) -> str:
    """Tell those who may confirm as the second person."""
    claim = claim_of(event)
    able = staff_who_may(APPROVE_WARRANTY_CLAIMS) if claim else []
    return _told(
        event,
        [each for each in able if claim and _sees(each, claim.customer.representative_id)],
        "warranty_claims_waiting",
    )


def commented(event: Event) -> str:
    """Tell the other side of a comment."""
    claim, message = claim_of(event), message_with_id(event.data["message_id"])
    if claim is None or message is None:
        return _told(event, [], "comments")
    if message.is_from_staff:
        return _told(event, correspondents(claim), "comments")
    return _told(event, told_of_staff(claim), "comments_waiting")


def noted(event: Event) -> str:
    """Tell who works on the claim of a colleague's note; nobody else, least of all a customer."""
    claim = claim_of(event)
    person = agent(claim) if claim else None
    return _told(event, [person] if person else [], "comments_waiting")


def _sees(person: User, representative: int | None) -> bool:
    return not person.only_own_customers or representative == person.pk


def _told(event: Event, people: list[User], notice: str) -> str:
    others = [person for person in people if person.pk != event.actor_id]
    return f"{notify(event, users=others, notice=notice, by=SYSTEM)} told in the page"
