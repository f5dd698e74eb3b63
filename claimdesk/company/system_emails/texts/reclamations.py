"""E-mails about claims on orders, to the customer's people."""

from django.utils.translation import gettext_lazy as _

from claimdesk.company.system_emails.declaring import (
    CUSTOMER,
    SELLER,
    USER,
    DeclaredEmail,
    Placeholder,
    link,
)

GROUP = _("Claims on orders")
NUMBER = Placeholder("number", _("the claim's number"), "R-10042")
ORDER = Placeholder("order", _("the order's number"), "O-10042")
LINES = Placeholder("lines", _("what is claimed, line by line"), "2 × A-100 Claw hammer\n1 × B-200 Wood glue")
OF_CLAIM = link(_("shows the claim"), sample="https://desk.example.com/reclamations/42/")

RECLAMATION_OPENED = DeclaredEmail(
    key="reclamation_opened",
    group=GROUP,
    title=_("Claim opened"),
    description=_("Says that a claim on an order is open, whoever opened it."),
    recipient=_("the person who claimed, else who placed the order, else the account's address"),
    subject=_("Your claim {number} on order {order}"),
    text=_(
        "Hello {user},\n\n"
        "we have your claim {number} on order {order} of {customer}.\n\n"
        "{lines}\n\n"
        "Cause: {cause}\n"
        "Wish: {wish}\n\n"
        "{link}\n\n"
        "{seller}"
    ),
    button=_("Show the claim"),
    placeholders=(
        USER,
        CUSTOMER,
        NUMBER,
        ORDER,
        LINES,
        Placeholder("cause", _("why it is claimed"), _("does not fit")),
        Placeholder("wish", _("what is wished for"), _("Replacement")),
        OF_CLAIM,
        *SELLER,
    ),
    notice="claim_news",
)

RECLAMATION_CLOSED = DeclaredEmail(
    key="reclamation_closed",
    group=GROUP,
    title=_("Claim closed"),
    description=_("Says that a claim on an order is closed, with what became of it."),
    recipient=_("the person who claimed, else who placed the order, else the account's address"),
    subject=_("Your claim {number} is closed"),
    text=_(
        "Hello {user},\n\n"
        "your claim {number} on order {order} of {customer} is closed.\n\n"
        "{outcomes}\n\n"
        "{reason}\n\n"
        "{link}\n\n"
        "{seller}\n"
        "{seller_email}\n"
        "{seller_phone}"
    ),
    button=_("Show the claim"),
    placeholders=(
        USER,
        CUSTOMER,
        NUMBER,
        ORDER,
        Placeholder(
            "outcomes",
            _("what became of it, line by line"),
            _("2 × A-100 Claw hammer: Refunded"),
        ),
        Placeholder("reason", _("why lines were left unfinished, or nothing"), _("It was used outdoors.")),
        OF_CLAIM,
        *SELLER,
    ),
    notice="claim_news",
)

DECLARED = (RECLAMATION_OPENED, RECLAMATION_CLOSED)
