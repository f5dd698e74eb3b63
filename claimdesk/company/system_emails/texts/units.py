"""E-mails about units that are handed on from dealer to dealer."""

from django.utils.translation import gettext_lazy as _

from claimdesk.company.system_emails.declaring import (
    CUSTOMER,
    SELLER,
    USER,
    DeclaredEmail,
    Placeholder,
    link,
)

GROUP = _("Units")
SERIAL = Placeholder("serial", _("the unit's serial number"), "HX-2026-00042")
PRODUCT = Placeholder("product", _("the unit's product"), _("Pillar drill 16 mm"))
DEALER = Placeholder("dealer", _("the other dealer's name"), "Fischer Wood GmbH")

TRANSFER_ASKED = DeclaredEmail(
    key="unit_transfer_asked",
    group=GROUP,
    title=_("Unit offered"),
    description=_("Asks whether the account takes a unit over."),
    recipient=_("the account's address"),
    subject=_("Do you take over unit {serial}?"),
    text=_(
        "Hello {user},\n\n"
        "{dealer} wants to hand the unit {serial}, {product}, on to {customer}.\n\n"
        "{note}\n\n"
        "{link}\n\n"
        "{seller}"
    ),
    button=_("Accept or refuse"),
    placeholders=(
        USER,
        CUSTOMER,
        SERIAL,
        PRODUCT,
        DEALER,
        Placeholder("note", _("what the other dealer wrote, or nothing"), _("As agreed on the phone.")),
        link(_("shows what is offered"), sample="https://desk.example.com/units/transfers/"),
        *SELLER,
    ),
    notice="unit_news",
)

TRANSFER_ACCEPTED = DeclaredEmail(
    key="unit_transfer_accepted",
    group=GROUP,
    title=_("Unit taken over"),
    description=_("Says that another dealer took a unit over."),
    recipient=_("the account's address"),
    subject=_("Unit {serial} is taken over"),
    text=_(
        "Hello {user},\n\n"
        "{dealer} took the unit {serial}, {product}, over from {customer}.\n\n"
        "{link}\n\n"
        "{seller}"
    ),
    button=_("Show your units"),
    placeholders=(
        USER,
        CUSTOMER,
        SERIAL,
        PRODUCT,
        DEALER,
        link(_("shows the account's units"), sample="https://desk.example.com/units/"),
        *SELLER,
    ),
    notice="unit_news",
)

DECLARED = (TRANSFER_ASKED, TRANSFER_ACCEPTED)
