"""E-mails about goods sent back, to the customer's people and to the agent."""

from django.utils.translation import gettext_lazy as _

from claimdesk.company.system_emails.declaring import (
    CUSTOMER,
    SELLER,
    USER,
    DeclaredEmail,
    Placeholder,
    link,
)

GROUP = _("Goods sent back")
NUMBER = Placeholder("number", _("the RMA's number"), "RMA-10042")
CLAIM = Placeholder("claim", _("the number of the claim"), "C-10042")
LINES = Placeholder("lines", _("what is to come back, line by line"), "1 × SN-000042 Cordless drill")
TO_CUSTOMER = _("the person who claimed, else the account's address")

RMA_ISSUED = DeclaredEmail(
    key="rma_issued",
    group=GROUP,
    title=_("RMA issued"),
    description=_("Lets the customer send goods back, with the way to the slip."),
    recipient=TO_CUSTOMER,
    subject=_("Please send goods back: {number}"),
    text=_(
        "Hello {user},\n\n"
        "for claim {claim} of {customer}, please send back until {expires_on}:\n\n"
        "{lines}\n\n"
        "to\n"
        "{ship_to}\n\n"
        "Print the slip and put it into the parcel:\n\n"
        "{link}\n\n"
        "{seller}\n"
        "{seller_email}\n"
        "{seller_phone}"
    ),
    button=_("Show the slip"),
    placeholders=(
        USER,
        CUSTOMER,
        NUMBER,
        CLAIM,
        LINES,
        Placeholder(
            "ship_to", _("where the goods are sent to"), "Northwind Tools\nHafenstr. 1\n20457 Hamburg"
        ),
        Placeholder("expires_on", _("the last day to send them"), "2025-12-31"),
        link(_("shows the RMA and its slip"), sample="https://desk.example.com/rmas/42/"),
        *SELLER,
    ),
    notice="rma_news",
)

RMA_RECEIVED = DeclaredEmail(
    key="rma_received",
    group=GROUP,
    title=_("Goods of an RMA received"),
    description=_("Says what came of an RMA, once all of it came or no more is expected."),
    recipient=TO_CUSTOMER,
    subject=_("We received the goods of {number}"),
    text=_(
        "Hello {user},\n\n"
        "the goods of {number} for claim {claim} of {customer} are here:\n\n"
        "{lines}\n\n"
        "{link}\n\n"
        "{seller}"
    ),
    button=_("Show the RMA"),
    placeholders=(
        USER,
        CUSTOMER,
        NUMBER,
        CLAIM,
        Placeholder("lines", _("what came, line by line"), "1 × SN-000042 Cordless drill"),
        link(_("shows the RMA"), sample="https://desk.example.com/rmas/42/"),
        *SELLER,
    ),
    notice="rma_news",
)

RMA_EXPIRED = DeclaredEmail(
    key="rma_expired",
    group=GROUP,
    title=_("RMA expired"),
    description=_("Says to the agent that nothing came of an RMA in time."),
    recipient=_("the agent of the claim, else the service address, else the addresses of staff"),
    subject=_("{number} of {customer} expired"),
    text=_(
        "Nothing came of {number} for claim {claim} of {customer} until {expires_on}. "
        "Its goods may stand on another RMA now.\n\n"
        "{link}"
    ),
    button=_("Show the RMA"),
    placeholders=(
        CUSTOMER,
        NUMBER,
        CLAIM,
        Placeholder("expires_on", _("the last day to send them"), "2025-12-31"),
        link(_("shows the RMA in the office"), sample="https://desk.example.com/office/rmas/42/"),
        *SELLER,
    ),
    notice="rmas_waiting",
)

DECLARED = (RMA_ISSUED, RMA_RECEIVED, RMA_EXPIRED)
