"""E-mails about customers' accounts and their people."""

from django.utils.translation import gettext_lazy as _

from claimdesk.company.system_emails.declaring import (
    CUSTOMER,
    SELLER,
    SIGN_IN,
    USER,
    USERNAME,
    DeclaredEmail,
    Placeholder,
    link,
)

GROUP = _("Accounts")

LOGIN_DETAILS = DeclaredEmail(
    key="login_details",
    group=GROUP,
    title=_("Login details"),
    description=_(
        "Goes out when a customer is activated for the first time: the username and a link to set a password, never a password."
    ),
    recipient=_("the customer's first person, at the account address"),
    subject=_("Your sign-in for {seller}"),
    text=_(
        "Hello {user},\n\n"
        "your account {customer} with {seller} is active. Sign in with\n\n"
        "Username: {username}\n\n"
        "{set_password}\n\n"
        "{link}\n\n"
        "{expiry}\n\n"
        "{seller}"
    ),
    button=_("Go on"),
    placeholders=(
        USER,
        USERNAME,
        CUSTOMER,
        Placeholder(
            "set_password",
            _("asks for a password, or says that the one from registration stays"),
            _("Please choose your password:"),
        ),
        link(_("sets a password, once"), is_secret=True),
        Placeholder(
            "expiry",
            _("how long the link works"),
            _("The link works once, for 72 hours. Afterwards it offers to send a fresh one."),
        ),
        *SELLER,
    ),
    may_be_off=False,
)

ACCOUNT_ENABLED = DeclaredEmail(
    key="account_enabled",
    group=GROUP,
    title=_("Account enabled"),
    description=_("Tells people that they can use an account, or their sign-in, again."),
    recipient=_("the account's people"),
    subject=_("{account} is enabled"),
    text=_(
        "Hello {user},\n\n"
        "{account} is enabled with {seller}. You can sign in and order at once.\n\n"
        "{sign_in}\n\n"
        "{seller}"
    ),
    button=_("Sign in"),
    placeholders=(
        USER,
        Placeholder("account", _("the customer, or the person's sign-in"), "Fischer Wood GmbH"),
        SIGN_IN,
        *SELLER,
    ),
    notice="account_news",
)

ACCOUNT_DISABLED = DeclaredEmail(
    key="account_disabled",
    group=GROUP,
    title=_("Account disabled"),
    description=_("Tells people that an account, or their sign-in, was switched off."),
    recipient=_("the account's people"),
    subject=_("{account} is disabled"),
    text=_(
        "Hello {user},\n\n"
        "{account} was disabled with {seller}. Nobody can sign in or order with it; "
        "orders and invoices are kept. If this surprises you, please talk to us:\n\n"
        "{seller}\n"
        "{seller_email}\n"
        "{seller_phone}"
    ),
    placeholders=(
        USER,
        Placeholder("account", _("the customer, or the person's sign-in"), "Fischer Wood GmbH"),
        *SELLER,
    ),
    notice="account_news",
)

CONTACT_ADDED = DeclaredEmail(
    key="contact_added",
    group=GROUP,
    title=_("Contact added to your account"),
    description=_("Tells the people on file that somebody joined the account, or wants to, by what he knew."),
    recipient=_("the account's contacts and managers"),
    subject=_("A new contact for {customer}: {person}"),
    text=_(
        "Hello,\n\n"
        "{person} ({person_email}) was added to your account {customer}, or wants to be. {outcome}\n\n"
        "If you do not know this person, please tell us at once:\n\n"
        "{seller}\n"
        "{seller_email}\n"
        "{seller_phone}"
    ),
    placeholders=(
        CUSTOMER,
        Placeholder("person", _("the new person's name"), "Ben Huber"),
        Placeholder("person_email", _("the new person's address"), "ben@fischer-wood.example"),
        Placeholder(
            "outcome",
            _("what became of it"),
            _("The person knew an account number, postcode and recent invoice, and has access now."),
        ),
        *SELLER,
    ),
    may_be_off=False,
)

INVITATION = DeclaredEmail(
    key="invitation",
    group=GROUP,
    title=_("Invitation"),
    description=_("Invites somebody to an account."),
    recipient=_("the person who is invited"),
    subject=_("{inviter} invites you to {customer}"),
    text=_(
        "Hello {user},\n\n"
        "{inviter} invites you to the account of {customer} with {seller}.\n\n"
        "{link}\n\n"
        "The link works once, until {until}. If you do not expect this, there is nothing to do.\n\n"
        "{seller}"
    ),
    button=_("Accept the invitation"),
    placeholders=(
        USER,
        Placeholder("inviter", _("who invites"), "Ben Huber"),
        CUSTOMER,
        link(_("accepts the invitation, once"), is_secret=True),
        Placeholder("until", _("the last day of the link"), "2030-01-31"),
        *SELLER,
    ),
    may_be_off=False,
)

DECLARED = (LOGIN_DETAILS, ACCOUNT_ENABLED, ACCOUNT_DISABLED, CONTACT_ADDED, INVITATION)
