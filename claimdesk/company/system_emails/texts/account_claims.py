"""E-mails about account claims."""

from django.utils.translation import gettext_lazy as _

from claimdesk.company.system_emails.declaring import (
    CUSTOMER,
    ORGANIZATION,
    SELLER,
    USER,
    DeclaredEmail,
    Placeholder,
    link,
)

GROUP = _("Account claims")
APPLICANT = _("the applicant")
WAITING = link(_("the page that says where the request stands"))

RECEIVED = DeclaredEmail(
    key="account_claim_received",
    group=GROUP,
    title=_("Account claim received"),
    description=_("Says that the request for access arrived. It never says which customers matched."),
    recipient=APPLICANT,
    subject=_("We have your request for {organization}"),
    text=_(
        "Hello {user},\n\n"
        "you asked {seller} for access to the account of {organization}. "
        "To protect our customers, one of us looks at every request. You hear from us as soon as it is decided.\n\n"
        "You can see at any time where it stands:\n\n"
        "{link}\n\n"
        "{seller}"
    ),
    button=_("See my request"),
    placeholders=(USER, ORGANIZATION, WAITING, *SELLER),
    notice="account_claim_news",
)

APPROVED = DeclaredEmail(
    key="account_claim_approved",
    group=GROUP,
    title=_("Account claim approved"),
    description=_("Tells the applicant that access is given."),
    recipient=APPLICANT,
    subject=_("You now have access to {customer}"),
    text=_(
        "Hello {user},\n\n"
        "good news: {seller} has given you access to the account of {customer}. "
        "{next}\n\n"
        "{words}\n\n"
        "{link}\n\n"
        "{seller}"
    ),
    button=_("Open the account"),
    placeholders=(
        USER,
        CUSTOMER,
        Placeholder(
            "next",
            _("whether the account can be used at once or waits for you"),
            _("It works at once; if you are signed in already, you need not sign in again."),
        ),
        Placeholder("words", _("what you wrote to the applicant, if anything"), _("Welcome aboard!")),
        link(_("the account in the portal")),
        *SELLER,
    ),
    notice="account_claim_news",
)

DENIED = DeclaredEmail(
    key="account_claim_denied",
    group=GROUP,
    title=_("Account claim denied"),
    description=_(
        "Tells the applicant that access is not given, with your words; internal notes stay internal."
    ),
    recipient=APPLICANT,
    subject=_("Your request for {organization}"),
    text=_(
        "Hello {user},\n\n"
        "we could not give you access to the account of {organization}.\n\n"
        "{words}\n\n"
        "Your own sign-in stays as it is. If you think that this is a mistake, please talk to us:\n\n"
        "{seller}\n"
        "{seller_email}\n"
        "{seller_phone}"
    ),
    placeholders=(
        USER,
        ORGANIZATION,
        Placeholder(
            "words",
            _("what you wrote to the applicant, if anything"),
            _("We could not find you among the people of this company."),
        ),
        *SELLER,
    ),
    notice="account_claim_news",
)

QUESTION = DeclaredEmail(
    key="account_claim_question",
    group=GROUP,
    title=_("Account claim question"),
    description=_("Asks the applicant something before you decide."),
    recipient=APPLICANT,
    subject=_("A question about your request for {organization}"),
    text=_(
        "Hello {user},\n\n"
        "before we can decide on your request for {organization} we would like to know:\n\n"
        "{words}\n\n"
        "Please answer here:\n\n"
        "{link}\n\n"
        "{seller}"
    ),
    button=_("Answer"),
    placeholders=(
        USER,
        ORGANIZATION,
        Placeholder("words", _("your question"), _("Who in your company may we ring up about this?")),
        WAITING,
        *SELLER,
    ),
    notice="account_claim_news",
)

UNDONE = DeclaredEmail(
    key="account_claim_undone",
    group=GROUP,
    title=_("Account claim undone"),
    description=_("Corrects the mail before it when you take a decision back."),
    recipient=APPLICANT,
    subject=_("Correction: your request for {organization} is open again"),
    text=_(
        "Hello {user},\n\n"
        "please disregard our last message about {organization}: that decision was taken back, and your request "
        "is being looked at again. Until then you have no access to the account. We are sorry for the confusion.\n\n"
        "You can see at any time where it stands:\n\n"
        "{link}\n\n"
        "{seller}"
    ),
    button=_("See my request"),
    placeholders=(USER, ORGANIZATION, WAITING, *SELLER),
    notice="account_claim_news",
)

REMINDER = DeclaredEmail(
    key="account_claim_reminder",
    group=_("To staff"),
    title=_("Reminder of an account claim"),
    description=_("Reminds of a request that has waited longer than you set in Settings › Company."),
    recipient=_("staff who decide account claims, and whom you name for escalation"),
    subject=_("{applicant} has been waiting for {waited}"),
    text=_(
        "Hello,\n\n"
        "{applicant} asked for access to the account of {customer} {waited} ago, "
        "and nobody has decided yet. {others}\n\n"
        "{escalated}\n\n"
        "{link}"
    ),
    button=_("Look at the request"),
    placeholders=(
        Placeholder("applicant", _("the applicant's name"), "Ada Fischer"),
        CUSTOMER,
        Placeholder("waited", _("how long the request has waited"), _("26 hours")),
        Placeholder("others", _("how many more wait too long, if any"), _("3 more are waiting as long.")),
        Placeholder(
            "escalated",
            _("says so if the time of escalation has passed as well"),
            _("Nobody has reacted to the first reminder, so this one goes further."),
        ),
        link(_("the account claim in the office")),
        *SELLER,
    ),
    notice="account_claims_waiting",
)

STAFF_NOTICE = DeclaredEmail(
    key="staff_notice",
    group=_("To staff"),
    title=_("Something waits for you"),
    description=_(
        "Tells the addresses in Settings › Company › Account claims of every new account and claim."
    ),
    recipient=_("the addresses that you named"),
    subject=_("{what}"),
    text=_(
        "Hello,\n\n"
        "{what}\n\n"
        "User: {applicant}\n"
        "Username: {username}\n"
        "E-mail: {email}\n"
        "Customer: {customer}\n\n"
        "{link}"
    ),
    button=_("Have a look"),
    placeholders=(
        Placeholder("what", _("what happened"), _("Ada Fischer asked for access to Fischer Wood GmbH")),
        Placeholder("applicant", _("the applicant's name"), "Ada Fischer"),
        Placeholder("username", _("the applicant's username"), "ada"),
        Placeholder("email", _("the applicant's e-mail address"), "ada@fischer-wood.example"),
        CUSTOMER,
        link(_("the page in the office")),
        *SELLER,
    ),
)

DECLARED = (RECEIVED, APPROVED, DENIED, QUESTION, UNDONE, REMINDER, STAFF_NOTICE)
