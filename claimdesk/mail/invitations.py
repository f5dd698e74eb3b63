"""Mails that follow from invitations and from users whom staff make."""

from django.utils.formats import date_format
from django.utils.translation import override

from claimdesk.access.queries.invitations import invitation_with_id, is_usable
from claimdesk.company.system_emails.rendering import supported_language
from claimdesk.ledger.models import Event
from claimdesk.mail import links
from claimdesk.mail.compose import outcome, post


def invitation_sent(event: Event) -> str:
    """Send the invited person the link; a later invitation has a mail of its own."""
    invitation = invitation_with_id(event.data["invitation_id"])
    if invitation is None or not is_usable(invitation):
        return "the invitation is over"
    language = supported_language(invitation.customer.language)
    with override(language):
        context = {
            "user": invitation.name or invitation.email,
            "inviter": invitation.invited_by_name,
            "customer": invitation.customer.name,
            "link": links.invitation(invitation),
            "until": date_format(invitation.expires_at, "DATE_FORMAT"),
        }
    return outcome(
        post(
            "invitation",
            event=event,
            to=invitation.email,
            customer=invitation.customer,
            language=language,
            context=context,
        )
    )
