"""Mails about goods sent back (M2, M4)."""

from claimdesk.aftersales.models import Rma, RmaLine
from claimdesk.aftersales.queries.rmas import about_of, is_received, lines_of_rma, reader_of, rma_with_id
from claimdesk.company.queries.company import company
from claimdesk.company.queries.system_emails import addresses
from claimdesk.company.system_emails.rendering import supported_language
from claimdesk.kernel.quantities import shown_quantity
from claimdesk.ledger.models import Event
from claimdesk.ledger.queries.timeline import events_about
from claimdesk.mail.compose import outcome, post
from claimdesk.mail.links import absolute
from claimdesk.mail.times import shown_day
from claimdesk.people.models import User

RECEIPTS = ("rma.received", "rma.receipt_ended")


def rma_issued(event: Event) -> str:
    """Tell the customer what to send back, where to and until when, and where the slip is."""
    rma = rma_with_id(event.data["rma_id"])
    if rma is None:
        return "gone"
    lines = "\n".join(f"{shown_quantity(line.quantity)} × {_named(line)}" for line in lines_of_rma(rma))
    return _tell("rma_issued", event, rma, lines)


def rma_received(event: Event) -> str:
    """Tell the customer what came, once nothing more is expected; of many scans the last one tells."""
    rma = rma_with_id(event.data["rma_id"])
    if rma is None:
        return "gone"
    later = events_about(rma).filter(kind__in=RECEIPTS, pk__gt=event.pk)
    if not is_received(rma) or later.exists():
        return "more is expected, or came later"
    came = [line for line in lines_of_rma(rma) if line.good + line.damaged]
    lines = "\n".join(f"{shown_quantity(line.good + line.damaged)} × {_named(line)}" for line in came)
    return _tell("rma_received", event, rma, lines)


def rma_expired(event: Event) -> str:
    """Tell the agent, else the service address, else those of staff whom the seller named."""
    rma = rma_with_id(event.data["rma_id"])
    if rma is None:
        return "gone"
    seller = company()
    agent = rma.claim.assigned_to if rma.claim else None
    agent = agent if agent and agent.is_active else None
    named = [seller.service_email] if seller.service_email else addresses(seller.staff_mails)
    context = _words(rma, agent) | {"link": absolute("office:rma", rma.pk)}
    return outcome(
        *(
            post("rma_expired", event=event, to=to, user=agent, customer=rma.customer, context=context)
            for to in ([agent.email] if agent else named)
        )
    )


def _words(rma: Rma, reader: User | None) -> dict[str, str]:
    language = supported_language(reader.language if reader else "", rma.customer.language)
    return {
        "customer": rma.customer.name,
        "number": rma.number,
        "claim": about_of(rma),
        "ship_to": rma.ship_to,
        "expires_on": shown_day(rma.expires_on, reader, language) if rma.expires_on else "",
    }


def _tell(key: str, event: Event, rma: Rma, lines: str) -> str:
    person, customer = reader_of(rma), rma.customer
    context = _words(rma, person) | {
        "user": person.name if person else customer.name,
        "lines": lines,
        "link": absolute("portal:rma", rma.pk),
    }
    to = person.email if person else customer.email
    return outcome(post(key, event=event, to=to, user=person, customer=customer, context=context))


def _named(line: RmaLine) -> str:
    return f"{line.unit.serial} {line.description}" if line.unit else line.description
