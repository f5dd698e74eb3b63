"""Mails to the addresses of staff that the seller named, of what is new and waits."""

from django.utils.translation import override

from claimdesk.access.queries.account_claims import account_claims
from claimdesk.company.queries.company import company
from claimdesk.company.queries.system_emails import addresses
from claimdesk.company.system_emails.rendering import supported_language
from claimdesk.customers.models import Customer
from claimdesk.customers.queries.customers import customers
from claimdesk.kernel.actor import SYSTEM
from claimdesk.ledger.models import Event
from claimdesk.ledger.queries.timeline import sentence_of
from claimdesk.mail import links
from claimdesk.mail.compose import outcome, post
from claimdesk.people.models import User
from claimdesk.people.queries.users import user_with_id


def new_account(event: Event) -> str:
    """Tell of a new account (A17)."""
    customer = customers(SYSTEM).filter(pk=event.data["customer_id"]).first()
    user = user_with_id(event.data["user_id"])
    return _tell(event, user, customer, links.customer_in_office) if customer and user else "gone"


def account_claim_made(event: Event) -> str:
    """Tell of a new account claim."""
    claim = account_claims(SYSTEM).filter(pk=event.data["claim_id"]).first()
    if claim is None:
        return "gone"
    return _tell(event, claim.user, claim.customer, lambda _customer: links.account_claim_in_office(claim))


def account_claim_answered(event: Event) -> str:
    """Tell that the applicant answered."""
    return account_claim_made(event)


def _tell(event: Event, user: User, customer: Customer, link: links.ToCustomer) -> str:
    told = addresses(company().staff_mails)
    if not told:
        return "nobody named"
    language = supported_language()
    with override(language):
        what = sentence_of(event)
    context = {
        "what": what,
        "applicant": user.name,
        "username": user.username,
        "email": user.email,
        "customer": customer.name,
        "link": link(customer),
    }
    mails = [post("staff_notice", event=event, to=to, language=language, context=context) for to in told]
    return outcome(*mails)
