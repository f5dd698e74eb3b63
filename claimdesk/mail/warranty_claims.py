"""Mails that follow from the life of a warranty claim (E1)."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from claimdesk.aftersales.actions.warranty_claims.review import ENDS_AFTER
from claimdesk.aftersales.events.warranty_claims import CLOSINGS, METHODS, STATES
from claimdesk.aftersales.models import ClaimLine, WarrantyClaim
from claimdesk.aftersales.queries.warranty_claims import jobs_of, may_appeal
from claimdesk.company.queries.company import company
from claimdesk.conversations.queries.threads import message_with_id, messages_about
from claimdesk.kernel.actor import VISITOR
from claimdesk.kernel.dates import day
from claimdesk.kernel.money import format_amount
from claimdesk.ledger.models import Event
from claimdesk.mail.claim_readers import Reader, at_customer, at_seller, besides, claim_of, facts_of
from claimdesk.mail.compose import outcome, post
from claimdesk.mail.times import as_read_by

State = WarrantyClaim.State
Words = Callable[[WarrantyClaim, Event], dict[str, Any]]


def submitted(event: Event) -> str:
    """Confirm to the customer that the claim is here."""
    return _tell_customer("submitted", event, _of_submission)


def waits(event: Event) -> str:
    """Tell staff that a claim is here."""
    return _tell_staff(
        "waits", event, lambda claim, event: {"complaint": claim.complaint, **_of_submission(claim, event)}
    )


def asked(event: Event) -> str:
    """Ask the customer what staff asked."""
    return _tell_customer("asked", event, _of_message)


def reminded(event: Event) -> str:
    """Remind the customer of the question, unless he has answered."""
    claim = claim_of(event)
    if claim is not None and claim.state != State.INFORMATION_REQUESTED:
        return "answered meanwhile"
    return _tell_customer("reminded", event, _of_question)


def answered(event: Event) -> str:
    """Tell staff what the customer answered."""
    return _tell_staff("answered", event, _of_message)


def decided(event: Event) -> str:
    """Tell the customer what was decided about each line, and why."""
    return _tell_customer("decided", event, _of_decision)


def appealed(event: Event) -> str:
    """Tell staff why the customer appealed."""
    return _tell_staff("appealed", event, _of_message)


def settled(event: Event) -> str:
    """Tell the customer how the claim was settled."""
    return _tell_customer("settled", event, _of_settlement)


def closed(event: Event) -> str:
    """Tell the customer how the claim ended, and why."""
    return _tell_customer("closed", event, _of_end)


def withdrawn(event: Event) -> str:
    """Tell staff that the customer took the claim back."""
    return _tell_staff("withdrawn", event, lambda _claim, _event: {})


def withdrawn_by_colleague(event: Event) -> str:
    """Tell who made the claim that somebody else took it back."""
    return _tell_customer("closed", event, _of_end, is_about_others=True)


def _tell_customer(key: str, event: Event, words: Words, *, is_about_others: bool = False) -> str:
    claim = claim_of(event)
    if claim is None:
        return "gone"
    readers = at_customer(claim)
    mails = [
        _post(key, event, claim, reader, words)
        for reader in (besides(readers, event) if is_about_others else readers)
    ]
    return outcome(*mails)


def _tell_staff(key: str, event: Event, words: Words) -> str:
    claim = claim_of(event)
    if claim is None:
        return "gone"
    readers = besides(at_seller(claim), event)
    return outcome(*(_post(key, event, claim, reader, words, in_office=True) for reader in readers))


def _post(
    key: str, event: Event, claim: WarrantyClaim, reader: Reader, words: Words, *, in_office: bool = False
) -> Any:
    customer = None if in_office else claim.customer
    with as_read_by(reader.user, customer.language if customer else ""):
        context = {**facts_of(claim, reader, in_office=in_office), **words(claim, event)}
    return post(
        f"warranty_claim_{key}",
        event=event,
        to=reader.address,
        user=reader.user,
        customer=customer,
        context=context,
        subject_row=claim,
    )


def _money(amount: int, claim: WarrantyClaim) -> str:
    return format_amount(amount, claim.currency or company().currency, get_language() or "en")


def _of_submission(claim: WarrantyClaim, event: Event) -> dict[str, Any]:
    claimed = event.data["claimed"]
    return {"failed_on": day(claim.failed_on), "claimed": _money(claimed, claim) if claimed else ""}


def _of_message(_claim: WarrantyClaim, event: Event) -> dict[str, Any]:
    message = message_with_id(event.data["message_id"])
    return {"words": message.body if message and not message.is_internal else ""}


def _of_question(claim: WarrantyClaim, _event: Event) -> dict[str, Any]:
    question = messages_about(claim, actor=VISITOR).filter(is_from_staff=True).last()
    ends = ""
    if company().end_unanswered_claims:
        on = day(claim.awaited_since_at + timedelta(days=ENDS_AFTER))
        ends = _("Without an answer the claim is closed on %(day)s.") % {"day": on}
    return {"since": day(claim.awaited_since_at), "words": question.body if question else "", "ends": ends}


def _of_decision(claim: WarrantyClaim, event: Event) -> dict[str, Any]:
    lines = [_line(line, claim) for job in jobs_of(claim) for line in job.lines.all()]
    has_amounts = bool(event.data["claimed"])
    return {
        "outcome": str(STATES[event.data["outcome"]]),
        "claimed": _money(event.data["claimed"], claim) if has_amounts else "",
        "approved": _money(event.data["approved"], claim) if has_amounts else "",
        "lines": "\n".join(lines),
        "appeal": _appeal(claim),
    }


def _line(line: ClaimLine, claim: WarrantyClaim) -> str:
    named = " ".join(filter(None, (line.number, line.description))) or line.get_kind_display()
    told = _("%(line)s: %(approved)s of %(claimed)s.") % {
        "line": named,
        "approved": _money(line.decided or 0, claim),
        "claimed": _money(line.claimed, claim),
    }
    return f"{told} {line.reason}".strip()


def _appeal(claim: WarrantyClaim) -> str:
    if claim.state not in (State.REJECTED, State.PARTLY_APPROVED) or not may_appeal(claim):
        return ""
    assert claim.decided_at is not None  # or nobody could appeal
    until = day(claim.decided_at + timedelta(days=company().appeal_days))
    return _("If you see it otherwise, you can appeal once until %(day)s.") % {"day": until}


def _of_settlement(claim: WarrantyClaim, event: Event) -> dict[str, Any]:
    amount = event.data["amount"]
    return {
        "method": str(METHODS[event.data["method"]]),
        "amount": _money(amount, claim) if amount else "",
        "reference": event.data["reference"],
    }


def _of_end(claim: WarrantyClaim, _event: Event) -> dict[str, Any]:
    return {"outcome": str(CLOSINGS.get(claim.closing, "")), "reason": claim.closing_reason}
