"""Mails about drafts of warranty claims that end (W16)."""

from claimdesk.access.queries.members import reads_papers_of
from claimdesk.aftersales.models import WarrantyClaim
from claimdesk.aftersales.queries.warranty_claims import warranty_claims
from claimdesk.kernel.actor import SYSTEM
from claimdesk.ledger.models import Event
from claimdesk.mail import links
from claimdesk.mail.compose import outcome, post
from claimdesk.people.queries.users import user_with_id


def draft_warned(event: Event) -> str:
    """Tell who wrote a draft, else the account's address, that it ends in seven days."""
    claim = warranty_claims(SYSTEM).select_related("customer").filter(pk=event.data["claim_id"]).first()
    if claim is None or claim.state != WarrantyClaim.State.DRAFT:
        return "gone"
    customer = claim.customer
    writer = user_with_id(claim.created_by_id) if claim.created_by_id else None
    user = writer if writer and not writer.is_staff and reads_papers_of(writer, customer) else None
    context = {
        "user": user.name if user else customer.name,
        "customer": customer.name,
        "serial": claim.serial or "–",
        "complaint": claim.complaint or "–",
        "link": links.absolute("portal:warranty_claim", claim.pk),
    }
    to = user.email if user else customer.email
    return outcome(
        post("warranty_draft_warned", event=event, to=to, user=user, customer=customer, context=context)
    )
