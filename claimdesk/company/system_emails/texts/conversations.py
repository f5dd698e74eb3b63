"""E-mails of conversations: a comment, a bundle of them, and the frame of what a person of staff writes."""

from django.utils.translation import gettext_lazy as _

from claimdesk.company.system_emails.declaring import CUSTOMER, SELLER, USER, DeclaredEmail, Placeholder, link
from claimdesk.company.system_emails.texts.warranty_claims import CLAIMANT, IN_OFFICE, NUMBER, OF_CLAIM, STAFF

GROUP = _("Conversations")
WORDS = Placeholder("words", _("the comment"), _("The spare part is on its way."))
FILES = Placeholder("files", _("how many files came with it, if any"), _("2 files are attached to it."))
TEXT = _(
    "Hello {user},\n\n{author} wrote about the warranty claim {number}:\n\n{words}\n\n{files}\n\n{link}\n\n{seller}"
)

COMMENT = DeclaredEmail(
    key="comment",
    group=GROUP,
    title=_("Comment to the customer"),
    description=_(
        "Brings what you wrote, one e-mail for each comment. Who wants so gets them bundled, once a day."
    ),
    recipient=CLAIMANT,
    subject=_("About your warranty claim {number}"),
    text=TEXT,
    button=_("Show and answer"),
    placeholders=(
        USER,
        Placeholder("author", _("your company's name"), "Northwind Tools"),
        NUMBER,
        WORDS,
        FILES,
        OF_CLAIM,
        *SELLER,
    ),
    notice="comments",
)

COMMENT_TO_STAFF = DeclaredEmail(
    key="comment_to_staff",
    group=_("To staff"),
    title=_("Comment of a customer"),
    description=_(
        "Brings what a customer wrote, one e-mail for each comment. Who wants so gets them bundled, once a day."
    ),
    recipient=STAFF,
    subject=_("{customer} about the warranty claim {number}"),
    text=_(
        "Hello,\n\n{author} of {customer} wrote about the warranty claim {number}:\n\n{words}\n\n{files}\n\n{link}"
    ),
    button=_("Show and answer"),
    placeholders=(
        Placeholder("author", _("who wrote it"), "Ada Fischer"),
        CUSTOMER,
        NUMBER,
        WORDS,
        FILES,
        IN_OFFICE,
        *SELLER,
    ),
    notice="comments_waiting",
)

BUNDLE = DeclaredEmail(
    key="comments_bundled",
    group=GROUP,
    title=_("Comments of a day"),
    description=_("Brings all comments of a day at once, to customers and staff who want it so."),
    recipient=_("who chose it in My Account › Notifications"),
    subject=_("{count}"),
    text=_("Hello {user},\n\n{comments}\n\n{link}\n\n{seller}"),
    button=_("Open"),
    placeholders=(
        USER,
        Placeholder("count", _("how many comments there are"), _("3 new comments")),
        Placeholder(
            "comments",
            _("the comments, each with its claim"),
            _("W-10042 · Northwind Tools, 31 Dec 2025, 14:05\nThe spare part is on its way."),
        ),
        link(_("the first page")),
        *SELLER,
    ),
)

LETTER = DeclaredEmail(
    key="agent_email",
    group=GROUP,
    title=_("E-mail written by hand"),
    description=_("The frame around what a person of staff writes with “Send e-mail”."),
    recipient=_("whom the writer names"),
    subject="{title}",
    text="{words}\n\n{seller}",
    placeholders=(
        Placeholder("title", _("the subject as it was written"), _("Your spare part")),
        Placeholder("words", _("the text as it was written"), _("The spare part is on its way.")),
        *SELLER,
    ),
    may_be_off=False,
)

DECLARED = (COMMENT, COMMENT_TO_STAFF, BUNDLE, LETTER)
