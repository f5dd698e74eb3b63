"""E-mails about warranty claims: to the customer's people, and to staff."""

from django.utils.translation import gettext_lazy as _

from claimdesk.company.system_emails.declaring import (
    CUSTOMER,
    SELLER,
    USER,
    DeclaredEmail,
    Placeholder,
    Words,
    link,
)

GROUP = _("Warranty claims")
STAFF_GROUP = _("To staff")
CLAIMANT = _("the person who made the claim, else the account's address")
STAFF = _(
    "who works on the claim, else the service address in Settings › Warranty, else staff who do such work"
)
NUMBER = Placeholder("number", _("the claim's number"), "W-10042")
SERIAL = Placeholder("serial", _("the serial number"), "NW-4711")
PRODUCT = Placeholder("product", _("the product, if known"), _("Cordless drill"))
OF_CLAIM = link(_("shows the claim"), sample="https://desk.example.com/warranty-claims/42/")
IN_OFFICE = link(
    _("shows the claim in the office"), sample="https://desk.example.com/office/warranty-claims/42/"
)
SHOW = _("Show the claim")
COMMON = (USER, CUSTOMER, NUMBER, SERIAL, PRODUCT, OF_CLAIM, *SELLER)


def _to_customer(
    key: str,
    title: Words,
    description: Words,
    subject: Words,
    text: Words,
    *more: Placeholder,
    button: Words = SHOW,
) -> DeclaredEmail:
    return DeclaredEmail(
        key=f"warranty_claim_{key}",
        group=GROUP,
        title=title,
        description=description,
        recipient=CLAIMANT,
        subject=subject,
        text=text,
        button=button,
        placeholders=(*COMMON, *more),
        notice="warranty_claim_news",
    )


def _to_staff(
    key: str, title: Words, description: Words, subject: Words, text: Words, *more: Placeholder
) -> DeclaredEmail:
    return DeclaredEmail(
        key=f"warranty_claim_{key}",
        group=STAFF_GROUP,
        title=title,
        description=description,
        recipient=STAFF,
        subject=subject,
        text=text,
        button=SHOW,
        placeholders=(CUSTOMER, NUMBER, SERIAL, PRODUCT, IN_OFFICE, *SELLER, *more),
        notice="warranty_claims_waiting",
    )


AMOUNTS = (
    Placeholder("claimed", _("what is claimed"), "412.50 €"),
    Placeholder("approved", _("what is approved"), "380.00 €"),
)

SUBMITTED = _to_customer(
    "submitted",
    _("Warranty claim submitted"),
    _("Confirms that a warranty claim is here."),
    _("We have your warranty claim {number}"),
    _(
        "Hello {user},\n\n"
        "your warranty claim {number} of {customer} is here. We look at it and write to you.\n\n"
        "Serial number: {serial}\n"
        "Product: {product}\n"
        "Failed on: {failed_on}\n"
        "Claimed: {claimed}\n\n"
        "{link}\n\n"
        "{seller}"
    ),
    Placeholder("failed_on", _("the day of the failure, as the reader writes days"), "31 Dec 2025"),
    AMOUNTS[0],
)
ASKED = _to_customer(
    "asked",
    _("Question about a warranty claim"),
    _("Asks the customer something; the claim waits for the answer."),
    _("A question about your warranty claim {number}"),
    _(
        "Hello {user},\n\n"
        "we have a question about your warranty claim {number} ({serial}):\n\n"
        "{words}\n\n"
        "Please answer here; until then the claim waits:\n\n"
        "{link}\n\n"
        "{seller}"
    ),
    Placeholder("words", _("the question"), _("Please send us a photo of the type plate.")),
    button=_("Answer"),
)
REMINDED = _to_customer(
    "reminded",
    _("Reminder of a question"),
    _("Reminds the customer, after 7 and 14 days, that a claim waits for an answer."),
    _("Your warranty claim {number} waits for your answer"),
    _(
        "Hello {user},\n\n"
        "since {since} your warranty claim {number} ({serial}) has been waiting for your answer to our question:\n\n"
        "{words}\n\n"
        "{ends}\n\n"
        "{link}\n\n"
        "{seller}"
    ),
    Placeholder("since", _("since which day it waits, as the reader writes days"), "31 Dec 2025"),
    Placeholder("words", _("the question"), _("Please send us a photo of the type plate.")),
    Placeholder(
        "ends",
        _("when it is closed without an answer, if that is switched on"),
        _("Without an answer the claim is closed on 30 Jan 2026."),
    ),
    button=_("Answer"),
)
DECIDED = _to_customer(
    "decided",
    _("Warranty claim decided"),
    _("Tells the customer what is approved, line by line, and why not where less than claimed."),
    _("Your warranty claim {number}: {outcome}"),
    _(
        "Hello {user},\n\n"
        "your warranty claim {number} of {customer} is decided: {outcome}.\n\n"
        "Serial number: {serial}\n"
        "Product: {product}\n"
        "Claimed: {claimed}\n"
        "Approved: {approved}\n\n"
        "{lines}\n\n"
        "{appeal}\n\n"
        "{link}\n\n"
        "{seller}"
    ),
    Placeholder("outcome", _("what was decided"), _("Partly approved")),
    *AMOUNTS,
    Placeholder(
        "lines",
        _("what is approved of each line, and why where it is less"),
        _("T-100 Switch: 32.50 € of 65.00 €. Half of the usual life was over."),
    ),
    Placeholder(
        "appeal",
        _("until when one may appeal, if one may"),
        _("If you see it otherwise, you can appeal once until 30 Jan 2026."),
    ),
)
SETTLED = _to_customer(
    "settled",
    _("Warranty claim settled"),
    _("Tells the customer how a claim was settled; it is closed with that."),
    _("Your warranty claim {number} is settled"),
    _(
        "Hello {user},\n\n"
        "your warranty claim {number} of {customer} ({serial}) is settled.\n\n"
        "By: {method}\n"
        "Amount: {amount}\n"
        "Reference: {reference}\n\n"
        "{link}\n\n"
        "{seller}"
    ),
    Placeholder("method", _("how it was settled"), _("Credit")),
    Placeholder("amount", _("what is credited, if anything"), "380.00 €"),
    Placeholder("reference", _("the credit's or order's number, if any"), "C-20417"),
)
CLOSED = _to_customer(
    "closed",
    _("Warranty claim closed"),
    _("Tells the customer that a claim is closed, with the reason; also when a colleague took it back."),
    _("Your warranty claim {number} is closed"),
    _(
        "Hello {user},\n\n"
        "your warranty claim {number} of {customer} ({serial}) is closed: {outcome}.\n\n"
        "{reason}\n\n"
        "{link}\n\n"
        "{seller}\n"
        "{seller_email}\n"
        "{seller_phone}"
    ),
    Placeholder("outcome", _("how it was closed"), _("Closed by staff")),
    Placeholder("reason", _("the reason, if one was given"), _("The unit was repaired free of charge.")),
)
WAITS = _to_staff(
    "waits",
    _("New warranty claim"),
    _("Tells of a warranty claim that a customer submitted."),
    _("Warranty claim {number} of {customer}"),
    _(
        "Hello,\n\n"
        "{customer} submitted the warranty claim {number}.\n\n"
        "Serial number: {serial}\n"
        "Product: {product}\n"
        "Complaint: {complaint}\n"
        "Claimed: {claimed}\n\n"
        "{link}"
    ),
    Placeholder("complaint", _("what is complained of"), _("does not start")),
    AMOUNTS[0],
)
ANSWERED = _to_staff(
    "answered",
    _("Question about a warranty claim answered"),
    _("Tells that the customer answered; the review goes on."),
    _("{customer} answered: warranty claim {number}"),
    _("Hello,\n\n{customer} answered our question about the warranty claim {number}:\n\n{words}\n\n{link}"),
    Placeholder("words", _("the answer"), _("The photo is attached.")),
)
APPEALED = _to_staff(
    "appealed",
    _("Warranty claim appealed"),
    _("Tells that the customer appealed; somebody else than before decides."),
    _("{customer} appealed: warranty claim {number}"),
    _(
        "Hello,\n\n"
        "{customer} appealed against the decision about the warranty claim {number}. "
        "Somebody else than who decided it has to look at it.\n\n"
        "{words}\n\n"
        "{link}"
    ),
    Placeholder("words", _("why it is appealed"), _("The switch was replaced last year only.")),
)
WITHDRAWN = _to_staff(
    "withdrawn",
    _("Warranty claim withdrawn"),
    _("Tells that the customer took a claim back."),
    _("{customer} withdrew the warranty claim {number}"),
    _("Hello,\n\n{customer} withdrew the warranty claim {number} ({serial}).\n\n{link}"),
)

DECLARED = (
    SUBMITTED, ASKED, REMINDED, DECIDED, SETTLED, CLOSED,
    WAITS, ANSWERED, APPEALED, WITHDRAWN,
)  # fmt: skip
