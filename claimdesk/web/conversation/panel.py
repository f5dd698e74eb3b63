"""The conversation about a claim as its includes need it; what they do not show is not read."""

from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from django.urls import reverse
from django.utils.translation import gettext as _

from claimdesk.aftersales.models import WarrantyClaim
from claimdesk.aftersales.permissions import MAKE_OWN_WARRANTY_CLAIMS
from claimdesk.company.queries.company import company
from claimdesk.conversations.models import Message, OutgoingMail
from claimdesk.conversations.queries.files import files_of
from claimdesk.conversations.queries.outgoing import ReadableMail, readable
from claimdesk.conversations.queries.scope import reads_notes
from claimdesk.conversations.queries.subjects import may_note, may_write
from claimdesk.conversations.queries.threads import mails_about, messages_about
from claimdesk.kernel.actor import Actor
from claimdesk.ledger.models import Event, subject_key
from claimdesk.ledger.queries.timeline import events_about, sentence_of
from claimdesk.web.conversation.forms import CommentForm
from claimdesk.web.files.panel import ShownFile, shown_files

State = WarrantyClaim.State
MOST = 200
LETTER = "agent_email"
STATE_AFTER = {
    "warranty_claim.drafted": State.DRAFT,
    "warranty_claim.submitted": State.SUBMITTED,
    "warranty_claim.taken": State.IN_REVIEW,
    "warranty_claim.asked": State.INFORMATION_REQUESTED,
    "warranty_claim.answered": State.IN_REVIEW,
    "warranty_claim.proposed": State.AWAITING_APPROVAL,
    "warranty_claim.sent_back": State.IN_REVIEW,
    "warranty_claim.decided": "",
    "warranty_claim.appealed": State.IN_REVIEW,
    "warranty_claim.settled": State.CLOSED,
    "warranty_claim.closed": State.CLOSED,
    "warranty_claim.withdrawn": State.CLOSED,
}


@dataclass(frozen=True, slots=True)
class Said:
    """One entry of Comments: a comment, an internal note, or an e-mail that staff wrote."""

    author: str
    at: datetime
    body: str
    side: str
    files: list[ShownFile]
    is_internal: bool = False
    title: str = ""


@dataclass(frozen=True, slots=True)
class ShownMail:
    """One entry of Email History."""

    mail: OutgoingMail
    words: ReadableMail
    sender: str
    files: list[ShownFile]


@dataclass(frozen=True, slots=True)
class StateChange:
    """One entry of State History. What led to it is told to staff only."""

    state: str
    label: str
    at: datetime
    who: str
    sentence: str


@dataclass
class Conversation:
    """The conversation about a claim that `actor` was shown; the forms are those that were sent with errors."""

    claim: WarrantyClaim
    actor: Actor
    form: CommentForm = field(default_factory=CommentForm)
    note_form: CommentForm = field(default_factory=lambda: CommentForm(is_internal=True))

    @property
    def is_in_office(self) -> bool:
        return reads_notes(self.actor) and self.actor.door != "portal"

    @property
    def may_write(self) -> bool:
        return may_write(self.claim, self.actor)

    @property
    def may_note(self) -> bool:
        return self.is_in_office and may_note(self.claim, self.actor)

    @property
    def is_answer(self) -> bool:
        """Tell whether what the customer writes now is the answer that the claim waits for."""
        is_asked = self.claim.state == State.INFORMATION_REQUESTED
        return not self.is_in_office and is_asked and self.actor.may(MAKE_OWN_WARRANTY_CLAIMS)

    @property
    def is_closed(self) -> bool:
        return bool(self.claim.state == State.CLOSED)

    @property
    def comments_url(self) -> str:
        return self._address("comments")

    @property
    def notes_url(self) -> str:
        return self._address("notes") if self.is_in_office else ""

    @property
    def letter_url(self) -> str:
        return self._address("emails") if self.is_in_office and self.may_write else ""

    @cached_property
    def said(self) -> list[Said]:
        """The comments, and the e-mails that staff wrote, oldest first."""
        messages = list(reversed(messages_about(self.claim, actor=self.actor).reverse()[:MOST]))
        letters = [shown for shown in self.mails if shown.mail.key == LETTER]
        files = files_of(messages)
        entries = [self._said(message, files.get(subject_key(message), [])) for message in messages]
        entries += [self._letter(shown) for shown in letters]
        return sorted(entries, key=lambda entry: entry.at)

    @cached_property
    def mails(self) -> list[ShownMail]:
        """The mails that went out about the claim, newest first."""
        mails = list(mails_about(self.claim, actor=self.actor).defer("html")[:MOST])
        files = files_of([mail for mail in mails if mail.sender_name])
        return [
            ShownMail(
                mail=mail,
                words=readable(mail),
                sender=mail.sender_name if mail.sender_name and self.is_in_office else company().name,
                files=shown_files(files.get(subject_key(mail), []), actor=self.actor),
            )
            for mail in mails
        ]

    @cached_property
    def states(self) -> list[StateChange]:
        """The states that the claim came into, newest first."""
        events = events_about(self.claim).filter(kind__in=STATE_AFTER).order_by("-id")
        return [self._state(event) for event in events[:MOST]]

    def _said(self, message: Message, files: list) -> Said:
        is_masked = message.is_from_staff and not self.is_in_office
        return Said(
            author=company().name if is_masked else message.author_name,
            at=message.created_at,
            body=message.body,
            side="seller" if message.is_from_staff else "customer",
            files=shown_files(files, actor=self.actor),
            is_internal=message.is_internal,
        )

    def _letter(self, shown: ShownMail) -> Said:
        return Said(
            author=shown.sender,
            at=shown.mail.created_at,
            body=shown.words.text,
            side="seller",
            files=shown.files,
            title=_("E-mail to %(to)s: %(title)s") % {"to": shown.mail.to, "title": shown.words.subject},
        )

    def _state(self, event: Event) -> StateChange:
        state = STATE_AFTER[event.kind] or event.data["outcome"]
        is_sellers = event.actor_kind in ("staff", "system") and not event.acting_for
        return StateChange(
            state=state,
            label=str(State(state).label),
            at=event.happened_at,
            who=company().name if is_sellers and not self.is_in_office else event.actor_name,
            sentence=sentence_of(event) if self.is_in_office else "",
        )

    def _address(self, name: str) -> str:
        door = "office" if self.is_in_office else "portal"
        return reverse(f"{door}:warranty_claim_{name}", args=[self.claim.pk])


def conversation_about(claim: WarrantyClaim, *, actor: Actor, **forms: CommentForm) -> Conversation:
    """Return the conversation about a claim that `actor` was shown."""
    return Conversation(claim, actor, **forms)
