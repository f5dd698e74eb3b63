"""E-mails to people who register."""

from django.utils.translation import gettext_lazy as _

from claimdesk.company.system_emails.declaring import (
    CUSTOMER,
    EMAIL,
    SELLER,
    SIGN_IN,
    USER,
    USERNAME,
    DeclaredEmail,
    Placeholder,
    link,
)

GROUP = _("Registration")

VERIFY_EMAIL = DeclaredEmail(
    key="verify_email",
    group=GROUP,
    title=_("Verify e-mail"),
    description=_(
        "Proves that the address belongs to the person who registers. Nothing happens before that."
    ),
    recipient=_("whoever registers"),
    subject=_("{code} is your code for {seller}"),
    text=_(
        "Hello,\n\n"
        "somebody is creating an account with {seller} and gave this e-mail address. "
        "If that is you, type this code on the page that is still open:\n\n"
        "{code}\n\n"
        "Or go on with this link:\n\n"
        "{link}\n\n"
        "Both work for {hours} hours. If it was not you, there is nothing to do: "
        "without the code no account comes into being.\n\n"
        "{seller}"
    ),
    button=_("Verify my e-mail address"),
    placeholders=(
        Placeholder("code", _("the six digits to type"), "407 921", is_secret=True),
        link(_("verifies without typing"), is_secret=True),
        Placeholder("hours", _("how long both work"), "24"),
        *SELLER,
    ),
    may_be_off=False,
)

REGISTRATION_ATTEMPT = DeclaredEmail(
    key="registration_attempt",
    group=GROUP,
    title=_("Someone tried to register with your address"),
    description=_("Tells the owner of an address that is already in use. The page itself never says so."),
    recipient=_("the user whose address was given"),
    subject=_("You already have an account with {seller}"),
    text=_(
        "Hello {user},\n\n"
        "somebody wanted to use your e-mail address for a sign-in with {seller}. "
        "You have one already: your username is {username}.\n\n"
        "If it was you, simply sign in:\n\n"
        "{sign_in}\n\n"
        "If you no longer know your password, choose a new one at {reset}\n\n"
        "If it was not you, there is nothing to do. Nothing was changed and nobody learned that you have an account.\n\n"
        "{seller}"
    ),
    button=_("Sign in"),
    placeholders=(
        USER,
        USERNAME,
        SIGN_IN,
        Placeholder(
            "reset",
            _("the page where a new password is asked for"),
            "https://desk.example.com/password/",
            is_link=True,
        ),
        *SELLER,
    ),
    may_be_off=False,
)

NEW_ACCOUNT_REQUEST_CONFIRMATION = DeclaredEmail(
    key="new_account_request_confirmation",
    group=GROUP,
    title=_("New account request confirmation"),
    description=_(
        "Thanks somebody for creating an account. Put your own address into cc or bcc and you hear of every one."
    ),
    recipient=_("the applicant"),
    subject=_("Your account with {seller}: {customer}"),
    text=_(
        "Hello {user},\n\n"
        "thank you for creating an account with {seller}. {next}\n\n"
        "This is what we noted:\n\n"
        "Organization: {customer}\n"
        "Account number: {number}\n"
        "Username: {username}\n"
        "E-mail: {email}\n\n"
        "{link}\n\n"
        "{seller}\n"
        "{seller_email}\n"
        "{seller_phone}"
    ),
    button=_("Open my account"),
    placeholders=(
        USER,
        USERNAME,
        EMAIL,
        CUSTOMER,
        Placeholder("number", _("the new account's number"), "W000123"),
        Placeholder(
            "next",
            _("whether the account is ready or waits for you"),
            _("We look at it now and write to you as soon as it is ready."),
        ),
        link(_("the portal, where the applicant sees how it stands")),
        *SELLER,
    ),
)

DECLARED = (NEW_ACCOUNT_REQUEST_CONFIRMATION, VERIFY_EMAIL, REGISTRATION_ATTEMPT)
