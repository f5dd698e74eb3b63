"""Mails that follow from account claims."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from claimdesk.access.models import AccountClaim
from claimdesk.access.permissions import DECIDE_ACCOUNT_CLAIMS
from claimdesk.access.queries.account_claims import account_claims
from claimdesk.company.queries.company import company
from claimdesk.company.queries.system_emails import addresses
from claimdesk.company.system_emails.rendering import supported_language
from claimdesk.kernel.actor import SYSTEM
from claimdesk.ledger.models import Event
from claimdesk.mail import links
from claimdesk.mail.compose import outcome, post
from claimdesk.mail.registrations import confirm_new_account
from claimdesk.people.models import User
from claimdesk.people.queries.staff import staff_who_may

GONE = "the account claim is gone"


def account_claim_made(event: Event) -> str:
    """Tell the applicant that his request arrived; not which customer it is about (A32)."""
    return _tell_applicant(event, "account_claim_received", link=links.waiting())


def account_claim_approved(event: Event) -> str:
    """Tell the applicant that he is let in, or that he is a customer of his own now (A48)."""
    claim = _claim_of(event)
    if claim is None or claim.state != AccountClaim.State.APPROVED:
        return GONE if claim is None else "taken back meanwhile"
    customer = claim.decided_customer or claim.customer
    if event.data["decision"] == AccountClaim.Decision.NEW_CUSTOMER:
        return confirm_new_account(event, claim.user, customer)
    with override(supported_language(claim.user.language)):
        next_step = (
            _("It works at once; if you are signed in already, you need not sign in again.")
            if event.data["has_access"]
            else _("The account itself is not active yet; we write to you as soon as it is.")
        )
    context = {
        "user": claim.user.name,
        "customer": customer.name,
        "next": next_step,
        "words": claim.words,
        "link": links.home(),
    }
    return outcome(
        post(
            "account_claim_approved",
            event=event,
            to=claim.user.email,
            user=claim.user,
            customer=customer,
            context=context,
            subject_row=claim,
        )
    )


def account_claim_denied(event: Event) -> str:
    """Tell the applicant that he is not let in, in the words meant for him; never the note (A48)."""
    claim = _claim_of(event)
    if claim is not None and claim.state != AccountClaim.State.DENIED:
        return "taken back meanwhile"
    return _tell_applicant(event, "account_claim_denied", words=event.names.get("words", ""))


def account_claim_asked(event: Event) -> str:
    """Ask the applicant."""
    words = event.names.get("body", "")
    return _tell_applicant(event, "account_claim_question", words=words, link=links.waiting())


def account_claim_undone(event: Event) -> str:
    """Correct the mail that told of the decision (A55)."""
    return _tell_applicant(event, "account_claim_undone", link=links.waiting())


def account_claim_reminded(event: Event) -> str:
    """Remind staff who may decide it, and on escalation whom the seller named (A56)."""
    claim = _claim_of(event)
    if claim is None or claim.state != AccountClaim.State.PENDING:
        return GONE if claim is None else "decided meanwhile"
    mails = []
    for address, user in _reminded(claim, is_escalated=event.data["is_escalated"]):
        with override(supported_language(user.language if user else "")):
            others, escalated = _others(event.data["others"]), _escalated(event.data["is_escalated"])
            waited = _waited(event.data["hours"])
        context = {
            "applicant": claim.user.name,
            "customer": claim.customer.name,
            "waited": waited,
            "others": others,
            "escalated": escalated,
            "link": links.account_claim_in_office(claim),
        }
        mails.append(
            post(
                "account_claim_reminder",
                event=event,
                to=address,
                user=user,
                context=context,
                subject_row=claim,
            )
        )
    return outcome(*mails)


def _claim_of(event: Event) -> AccountClaim | None:
    claims = account_claims(SYSTEM).select_related("user", "customer", "decided_customer")
    return claims.filter(pk=event.data["claim_id"]).first()


def _tell_applicant(event: Event, key: str, **more: Any) -> str:
    claim = _claim_of(event)
    if claim is None:
        return GONE
    context = {"user": claim.user.name, "organization": organization_of(claim), **more}
    return outcome(
        post(key, event=event, to=claim.user.email, user=claim.user, context=context, subject_row=claim)
    )


def organization_of(claim: AccountClaim) -> str:
    """Return the organization as the applicant knows it: what he typed, or the account whose facts he proved.

    Who typed a name is never told whose account matched (A32).
    """
    typed = str(claim.requested.get("organization") or "")
    if typed:
        return typed
    return claim.customer.name if claim.is_proved else claim.user.name


def _reminded(claim: AccountClaim, *, is_escalated: bool) -> Iterator[tuple[str, User | None]]:
    for person in staff_who_may(DECIDE_ACCOUNT_CLAIMS):
        if not person.only_own_customers or claim.customer.representative_id == person.pk:
            yield person.email, person
    if is_escalated:
        for address in addresses(company().escalate_to):
            yield address, None


def _waited(hours: int) -> str:
    """Return a time as one would say it: from two days on nobody counts hours."""
    days = hours // 24
    if days >= 2:
        return ngettext("%(days)s day", "%(days)s days", days) % {"days": days}
    return ngettext("%(hours)s hour", "%(hours)s hours", hours) % {"hours": hours}


def _others(count: int) -> str:
    return _("%(count)s more are waiting as long.") % {"count": count} if count else ""


def _escalated(is_escalated: bool) -> str:
    return _("Nobody has reacted to the first reminder, so this one goes further.") if is_escalated else ""
