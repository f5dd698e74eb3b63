"""Tables of the seller's own settings."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_noop

from claimdesk.kernel.clock import now

DEFAULT_SHARED_DOMAINS = [
    "gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "live.com", "msn.com", "yahoo.com", "ymail.com",
    "icloud.com", "me.com", "mac.com", "aol.com", "gmx.de", "gmx.net", "gmx.at", "gmx.ch", "gmx.com", "web.de",
    "t-online.de", "freenet.de", "posteo.de", "mailbox.org", "proton.me", "protonmail.com", "pm.me", "tutanota.com",
    "tuta.com", "mail.com", "mail.ru", "yandex.ru", "yandex.com", "bk.ru", "inbox.ru", "list.ru", "rambler.ru",
    "qq.com", "163.com", "126.com", "sina.com", "foxmail.com", "naver.com", "daum.net", "hanmail.net",
    "orange.fr", "wanadoo.fr", "free.fr", "laposte.net", "sfr.fr", "libero.it", "virgilio.it", "tiscali.it",
    "alice.it", "telefonica.net", "terra.com.br", "uol.com.br", "bol.com.br", "btinternet.com", "sky.com",
    "virginmedia.com", "talktalk.net", "ntlworld.com", "comcast.net", "verizon.net", "att.net", "sbcglobal.net",
    "cox.net", "charter.net", "bellsouth.net", "earthlink.net", "rogers.com", "shaw.ca", "sympatico.ca",
    "bigpond.com", "optusnet.com.au", "xtra.co.nz", "zoho.com", "fastmail.com", "hey.com", "wp.pl", "o2.pl",
    "onet.pl", "interia.pl", "seznam.cz", "centrum.cz", "bluewin.ch", "hispeed.ch", "aon.at", "chello.at",
    "telenet.be", "skynet.be", "ziggo.nl", "kpnmail.nl", "planet.nl", "home.nl", "telia.com", "mailinator.com",
    "guerrillamail.com", "10minutemail.com", "yopmail.com", "trashmail.com", "temp-mail.org", "sharklasers.com",
]  # fmt: skip

# Kept in English and read in the reader's language, as long as the seller has no words of his own.
DEFAULT_CHECKLIST = [
    gettext_noop("The e-mail domain fits the company"),
    gettext_noop("The name is among the customer's records"),
    gettext_noop("Phoned or written to the contact on file"),
]

# `{number}` in a link is the tracking number.
DEFAULT_CARRIERS = [
    {"name": "DHL", "link": "https://www.dhl.com/en/express/tracking.html?AWB={number}"},
    {"name": "UPS", "link": "https://www.ups.com/track?tracknum={number}"},
    {"name": "FedEx", "link": "https://www.fedex.com/fedextrack/?trknbr={number}"},
    {"name": "DPD", "link": "https://tracking.dpd.de/status/en_US/parcel/{number}"},
    {"name": "GLS", "link": "https://gls-group.com/track/{number}"},
]


def default_shared_domains() -> list[str]:
    return list(DEFAULT_SHARED_DOMAINS)


def default_checklist() -> list[str]:
    return list(DEFAULT_CHECKLIST)


def default_profile_fields() -> list[str]:
    return ["phone", "website", "billing_address", "shipping_addresses", "contacts"]


def default_warranty_claim_types() -> list[dict[str, object]]:
    return [{"key": "standard", "names": {"en": "Repair", "de": "Reparatur"}, "required": []}]


def default_carriers() -> list[dict[str, str]]:
    return [dict(each) for each in DEFAULT_CARRIERS]


class Company(models.Model):
    """The seller: one row. Every setting of registration and customer data, read through `company()`."""

    class Evidence(models.TextChoices):
        VERIFIED_CONTACT = "verified_contact", "verified contact"
        VERIFIED_DOMAIN = "verified_domain", "verified domain"
        NAME_ALONE = "name_alone", "name alone"

    class Workflow(models.TextChoices):
        STANDARD = "standard", "standard"
        WEB_APPROVAL = "web_approval", "web approval"
        MANUAL = "manual", "manual"
        AUTOMATIC = "automatic", "automatic"

    class NewAccountStatus(models.TextChoices):
        NEW = "new", "New"
        ACTIVE = "active", "Active"

    class PriceMode(models.TextChoices):
        NET = "net", "net"
        GROSS = "gross", "gross"

    class PaymentTerms(models.TextChoices):
        ON_ACCOUNT = "on_account", "on account"
        PREPAYMENT = "prepayment", "before delivery"

    class VerificationGives(models.TextChoices):
        ACCESS = "access", "access"
        ACCOUNT_CLAIM = "account_claim", "account claim"

    class FreightRefund(models.TextChoices):
        NEVER = "never", "never"
        LAST = "last", "last"
        PRO_RATA = "pro_rata", "pro rata"

    name = models.CharField(max_length=120, default="Claimdesk")
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=60, blank=True)
    website = models.URLField(blank=True)
    currency = models.CharField(max_length=3, default="EUR")
    country = models.CharField(max_length=2, default="DE")
    time_zone = models.CharField(max_length=60, default="UTC")
    languages = models.JSONField(default=list)
    # User registration (A3, A4, A9)
    allow_registration = models.BooleanField(default=True)
    auto_approve = models.BooleanField(default=False)
    auto_approve_evidence = models.CharField(
        max_length=20, choices=Evidence, default=Evidence.VERIFIED_CONTACT
    )
    auto_approve_from = models.PositiveIntegerField(default=90)  # percent that the match must be certain
    # Customer data (A11-A16, A24, A71)
    allow_new_account = models.BooleanField(default=True)
    allow_new_user_for_account = models.BooleanField(default=True)
    new_account_words = models.CharField(max_length=300, blank=True)
    new_user_words = models.CharField(max_length=300, blank=True)
    signed_in_after_creation = models.BooleanField(default=False)  # as web approval has it
    new_account_status = models.CharField(
        max_length=10, choices=NewAccountStatus, default=NewAccountStatus.NEW
    )
    workflow = models.CharField(max_length=20, choices=Workflow, default=Workflow.WEB_APPROVAL)
    default_terms = models.CharField(max_length=80, blank=True)
    default_price_group = models.CharField(max_length=40, blank=True)
    default_groups = models.JSONField(default=list, blank=True)
    default_representative = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    number_prefix = models.CharField(max_length=5, default="W")
    invoice_recent_days = models.PositiveIntegerField(default=365)
    verification_gives = models.CharField(
        max_length=20, choices=VerificationGives, default=VerificationGives.ACCESS
    )
    # Account claims (A56, A57, A33, A47)
    shared_domains = models.JSONField(default=default_shared_domains)
    checklist = models.JSONField(default=default_checklist)
    remind_after_hours = models.PositiveIntegerField(default=24)
    escalate_after_hours = models.PositiveIntegerField(default=72)
    escalate_to = models.CharField(max_length=500, blank=True)
    waiting_words = models.TextField(blank=True)
    # Reclamations (R9, R10)
    reclamations_on = models.BooleanField(default=True)
    customers_may_claim = models.BooleanField(default=False)
    claim_window_days = models.PositiveIntegerField(default=30)
    # Warranty claims (W4, W9-W11, W16); a limit of None asks for no second person
    warranty_claims_on = models.BooleanField(default=True)
    warranty_claim_types = models.JSONField(default=default_warranty_claim_types)
    warranty_limit = models.PositiveBigIntegerField(null=True, blank=True)
    warranty_filing_days = models.PositiveIntegerField(default=0)
    appeal_days = models.PositiveIntegerField(default=30)
    end_unanswered_claims = models.BooleanField(default=False)
    end_old_drafts = models.BooleanField(default=False)
    service_email = models.EmailField(blank=True)
    # What a registration of a unit asks besides (U4): [{"question": …, "is_required": …}]
    registration_questions = models.JSONField(default=list, blank=True)
    # Invoices, refunds and shipments (O16-O20)
    payment_days = models.PositiveIntegerField(default=30)
    freight_refund = models.CharField(max_length=10, choices=FreightRefund, default=FreightRefund.LAST)
    payout_method = models.CharField(max_length=40, default="by_hand")
    return_days = models.PositiveIntegerField(default=30)
    carriers = models.JSONField(default=default_carriers)
    invoice_footer = models.TextField(blank=True)
    # Portal and staff (A81, A84, A87)
    profile_fields = models.JSONField(default=default_profile_fields)
    staff_need_second_factor = models.BooleanField(default=False)
    acting_minutes = models.PositiveIntegerField(default=30)
    invitations_a_day = models.PositiveIntegerField(default=50)  # by one manager
    staff_mails = models.CharField(max_length=500, blank=True)
    # Orders (O8, O22)
    price_mode = models.CharField(max_length=5, choices=PriceMode, default=PriceMode.NET)
    payment_terms = models.CharField(max_length=12, choices=PaymentTerms, default=PaymentTerms.ON_ACCOUNT)
    freight = models.PositiveBigIntegerField(default=0)
    freight_free_from = models.PositiveBigIntegerField(null=True, blank=True)
    freight_tax_rate = models.PositiveIntegerField(default=0)
    order_prefix = models.CharField(max_length=5, default="B")
    order_approval = models.BooleanField(default=False)
    is_demo = models.BooleanField(default=False)
    updated_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="company_one_row")]

    def __str__(self) -> str:
        return self.name

    @property
    def claims_on(self) -> bool:
        """Whether there are claims of either kind."""
        return self.reclamations_on or self.warranty_claims_on


class SystemEmail(models.Model):
    """The seller's own wording of one system e-mail in one language; what is empty follows the built-in text."""

    key = models.CharField(max_length=60)
    language = models.CharField(max_length=10, blank=True)
    subject = models.CharField(max_length=250, blank=True)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    cc = models.CharField(max_length=500, blank=True)
    bcc = models.CharField(max_length=500, blank=True)
    is_on = models.BooleanField(default=True)
    updated_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "language"], name="system_email_once")]

    def __str__(self) -> str:
        return self.key


class Sequence(models.Model):
    """The last number given out by a sequence of document numbers: it only grows (A16)."""

    key = models.CharField(max_length=40, unique=True)
    last = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.key} {self.last}"
