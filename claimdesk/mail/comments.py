"""Mails of comments: one for each, or bundled once a day for whoever wants it so (E9).

Internal notes have no part in this: their event has no reaction that mails.
"""

from django.db import transaction
from django.utils.translation import ngettext

from claimdesk.access.queries.members import reads_papers_of
from claimdesk.aftersales.models import WarrantyClaim
from claimdesk.aftersales.permissions import VIEW_WARRANTY_CLAIMS
from claimdesk.company.queries.company import company
from claimdesk.conversations.actions.bundles import keep_for_bundle, take_bundle
from claimdesk.conversations.models import Message, OutgoingMail
from claimdesk.conversations.queries.threads import message_with_id
from claimdesk.kernel.actor import SYSTEM
from claimdesk.kernel.dates import instant
from claimdesk.ledger.models import Event, Timer
from claimdesk.mail import links
from claimdesk.mail.claim_readers import (
    Reader,
    at_seller,
    besides,
    claim_of,
    claim_with_key,
    facts_of,
    in_conversation,
)
from claimdesk.mail.compose import outcome, post
from claimdesk.mail.times import as_read_by
from claimdesk.people.models import User
from claimdesk.people.queries.staff import permissions_of
from claimdesk.people.queries.users import user_with_id

NOTICES = {True: "comments_waiting", False: "comments"}


def comment_added(event: Event) -> str:
    """Mail a comment to the other side."""
    claim, message = claim_of(event), message_with_id(event.data["message_id"])
    if claim is None or message is None or message.is_internal:
        return "gone"
    readers = in_conversation(claim) if message.is_from_staff else at_seller(claim)
    bundled, mails = 0, []
    for reader in besides(readers, event):
        if reader.user and reader.user.comment_mails == User.CommentMails.DAILY:
            bundled += keep_for_bundle(message, user=reader.user, by=SYSTEM)
        else:
            mails.append(_post(event, claim, message, reader))
    kept = f"kept for {bundled} bundles" if bundled else ""
    return "; ".join(filter(None, (kept, outcome(*mails) if mails else "")))


def bundle_comments(timer: Timer) -> str:
    """Mail somebody all comments that waited for his hour, as far as he may still read them."""
    user = user_with_id(int(timer.subject.rpartition("/")[2]))
    if user is None:
        return "gone"
    with transaction.atomic():
        messages = [each for each in take_bundle(user, by=SYSTEM) if not each.is_internal]
        told = [(claim, each) for each in messages if (claim := _claim_for(user, each))]
        is_wanted = NOTICES[user.is_staff] not in user.muted_mails
        mail = _post_bundle(user, told) if told and is_wanted else None
    return outcome(mail) if told else "nothing waited"


def _post(event: Event, claim: WarrantyClaim, message: Message, reader: Reader) -> OutgoingMail | None:
    in_office = not message.is_from_staff
    customer = None if in_office else claim.customer
    with as_read_by(reader.user, customer.language if customer else ""):
        context = {
            **facts_of(claim, reader, in_office=in_office),
            "author": _author(message),
            "words": message.body,
            "files": _files(event.data["files"]),
        }
    return post(
        "comment_to_staff" if in_office else "comment",
        event=event,
        to=reader.address,
        user=reader.user,
        customer=customer,
        context=context,
        subject_row=claim,
    )


def _post_bundle(user: User, told: list[tuple[WarrantyClaim, Message]]) -> OutgoingMail | None:
    with as_read_by(user):
        comments = [
            f"{claim.number} · {_author(message)}, {instant(message.created_at)}\n{message.body}"
            for claim, message in told
        ]
        count = ngettext("%(n)d new comment", "%(n)d new comments", len(told)) % {"n": len(told)}
    context = {
        "user": user.name,
        "count": count,
        "comments": "\n\n".join(comments),
        "link": links.office() if user.is_staff else links.home(),
    }
    return post("comments_bundled", to=user.email, user=user, context=context)


def _claim_for(user: User, message: Message) -> WarrantyClaim | None:
    claim = claim_with_key(message.thread.subject)
    if claim is None or not user.is_active:
        return None
    if user.is_staff:
        is_in_scope = not user.only_own_customers or claim.customer.representative_id == user.pk
        return claim if is_in_scope and VIEW_WARRANTY_CLAIMS in permissions_of(user) else None
    return claim if reads_papers_of(user, claim.customer) else None


def _author(message: Message) -> str:
    """Customers read the seller's name, whoever of staff it was."""
    return company().name if message.is_from_staff else message.author_name


def _files(count: int) -> str:
    if not count:
        return ""
    return ngettext("%(n)d file is attached to it.", "%(n)d files are attached to it.", count) % {"n": count}
