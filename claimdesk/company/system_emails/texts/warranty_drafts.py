"""The e-mail about drafts of warranty claims that end, to the customer's people."""

from django.utils.translation import gettext_lazy as _

from claimdesk.company.system_emails.declaring import (
    CUSTOMER,
    SELLER,
    USER,
    DeclaredEmail,
    Placeholder,
    link,
)

WARRANTY_DRAFT_WARNED = DeclaredEmail(
    key="warranty_draft_warned",
    group=_("Claims on units"),
    title=_("Draft about to end"),
    description=_("Warns that the draft of a warranty claim ends in seven days, since nobody touched it."),
    recipient=_("the person who began the draft, else the account's address"),
    subject=_("Your draft of a warranty claim for {serial} ends in seven days"),
    text=_(
        "Hello {user},\n\n"
        "nobody has touched this draft of a warranty claim of {customer} for a long time:\n\n"
        "{serial}: {complaint}\n\n"
        "It will be deleted in seven days. To keep it, change or submit it.\n\n"
        "{link}\n\n"
        "{seller}"
    ),
    button=_("Show the draft"),
    placeholders=(
        USER,
        CUSTOMER,
        Placeholder("serial", _("the unit's serial number"), "SN-10042"),
        Placeholder("complaint", _("what is complained of"), _("Does not start.")),
        link(_("shows the draft"), sample="https://desk.example.com/warranty-claims/42/"),
        *SELLER,
    ),
    notice="claim_news",
)

DECLARED = (WARRANTY_DRAFT_WARNED,)
