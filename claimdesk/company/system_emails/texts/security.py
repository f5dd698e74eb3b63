"""E-mails that guard a person's sign-in; none can be switched off."""

from django.utils.translation import gettext_lazy as _

from claimdesk.company.system_emails.declaring import (
    SELLER,
    USER,
    USERNAME,
    DeclaredEmail,
    Placeholder,
    link,
)

GROUP = _("Security")
READER = _("the user")

PASSWORD_RESET = DeclaredEmail(
    key="password_reset",
    group=GROUP,
    title=_("Password reset"),
    description=_("Carries the link with which a new password is chosen."),
    recipient=READER,
    subject=_("Choose a new password for {seller}"),
    text=_(
        "Hello {user},\n\n"
        "somebody asked for a new password for your sign-in {username} with {seller}. "
        "If that was you, choose it here:\n\n"
        "{link}\n\n"
        "The link works once, for {hours} hours. If it was not you, there is nothing to do: your password stays.\n\n"
        "{seller}"
    ),
    button=_("Choose a password"),
    placeholders=(
        USER,
        USERNAME,
        link(_("chooses a password, once"), is_secret=True),
        Placeholder("hours", _("how long the link works"), "24"),
        *SELLER,
    ),
    may_be_off=False,
)

PASSWORD_CHANGED = DeclaredEmail(
    key="password_changed",
    group=GROUP,
    title=_("Password changed"),
    description=_("Tells the owner; all other sign-ins were ended."),
    recipient=READER,
    subject=_("Your password for {seller} was changed"),
    text=_(
        "Hello {user},\n\n"
        "the password of your sign-in {username} with {seller} was changed at {at}. "
        "Everywhere else you have been signed out.\n\n"
        "If it was not you, choose a new one at once:\n\n"
        "{link}\n\n"
        "{seller}\n"
        "{seller_email}\n"
        "{seller_phone}"
    ),
    button=_("It was not me"),
    placeholders=(
        USER,
        USERNAME,
        Placeholder("at", _("when it was changed"), "2030-01-31 14:05 UTC"),
        link(_("the page where a new password is asked for")),
        *SELLER,
    ),
    may_be_off=False,
)

EMAIL_CHANGE_VERIFY = DeclaredEmail(
    key="email_change_verify",
    group=GROUP,
    title=_("Verify the new e-mail"),
    description=_("Proves that the new address belongs to the user."),
    recipient=_("the user, at the new address"),
    subject=_("{code} confirms your new e-mail address"),
    text=_(
        "Hello {user},\n\n"
        "you want to use this address for your sign-in with {seller}. Type this code where you changed it:\n\n"
        "{code}\n\n"
        "It works for {minutes} minutes. Until then your old address stays. "
        "If it was not you, there is nothing to do.\n\n"
        "{seller}"
    ),
    placeholders=(
        USER,
        Placeholder("code", _("the six digits to type"), "407 921", is_secret=True),
        Placeholder("minutes", _("how long the code works"), "60"),
        *SELLER,
    ),
    may_be_off=False,
)

EMAIL_CHANGE_NOTICE = DeclaredEmail(
    key="email_change_notice",
    group=GROUP,
    title=_("E-mail changed"),
    description=_("Tells the old address, with a way to cancel."),
    recipient=_("the user, at the old address"),
    subject=_("Your e-mail address for {seller} is being changed"),
    text=_(
        "Hello {user},\n\n"
        "somebody signed in as you asked to replace this address by {new_email}. "
        "If it was you, there is nothing to do.\n\n"
        "If it was not you, cancel it; this also works after the change, until {until}:\n\n"
        "{link}\n\n"
        "{seller}\n"
        "{seller_email}\n"
        "{seller_phone}"
    ),
    button=_("Cancel the change"),
    placeholders=(
        USER,
        Placeholder("new_email", _("the new address"), "ada@new.example"),
        link(_("cancels the change, once"), is_secret=True),
        Placeholder("until", _("until when it can be cancelled"), "2030-02-07 14:05 UTC"),
        *SELLER,
    ),
    may_be_off=False,
)

SECOND_FACTOR_CHANGED = DeclaredEmail(
    key="second_factor_changed",
    group=GROUP,
    title=_("Second factor changed"),
    description=_("Tells the owner that a second factor was added or removed."),
    recipient=READER,
    subject=_("The second factor of your sign-in with {seller} was changed"),
    text=_(
        "Hello {user},\n\n"
        "{change} This happened at {at}.\n\n"
        "If it was not you, choose a new password at once and tell us:\n\n"
        "{link}\n\n"
        "{seller}\n"
        "{seller_email}\n"
        "{seller_phone}"
    ),
    button=_("It was not me"),
    placeholders=(
        USER,
        Placeholder("change", _("what was changed"), _("A second factor was added.")),
        Placeholder("at", _("when it was changed"), "31 Jan 2030, 14:05 UTC"),
        link(_("the page where a new password is asked for")),
        *SELLER,
    ),
    may_be_off=False,
)

DECLARED = (PASSWORD_RESET, PASSWORD_CHANGED, SECOND_FACTOR_CHANGED, EMAIL_CHANGE_VERIFY, EMAIL_CHANGE_NOTICE)
