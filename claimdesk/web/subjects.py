"""Where a subject of the ledger ("account_claim/42") has its page, in office and portal."""

from django.urls import NoReverseMatch, reverse

PAGES = {
    "office": {
        "account_claim": "office:account_claim",
        "customer": "office:customer",
        "user": "office:user",
        "contact": "office:contact",
        "product": "office:product",
        "outgoing_mail": "office:settings_sent_mail",
        "import": "office:import_run",
        "order": "office:order",
        "reclamation": "office:reclamation",
        "warranty_claim": "office:warranty_claim",
        "invoice": "office:invoice",
        "rma": "office:rma",
    },
    "portal": {
        "account_claim": "portal:waiting",
        "customer": "portal:customer",
        "order": "portal:order",
        "warranty_claim": "portal:warranty_claim",
        "rma": "portal:rma",
    },
}
# Of most things the portal has one page: one's own.
SEVERAL = {"portal:order", "portal:warranty_claim", "portal:rma"}
WITHOUT_KEY = {
    "company": "office:settings_company",
    "system_email": "office:settings_emails",
    "reclamation_cause": "office:settings_reclamations",
}


def subject_link(subject: str, *, door: str) -> str:
    """Return the address of the subject's page, or nothing where there is none at that door."""
    kind, _slash, key = subject.partition("/")
    try:
        if door == "office" and kind in WITHOUT_KEY:
            return reverse(WITHOUT_KEY[kind])
        name = PAGES[door].get(kind, "")
        has_key = door == "office" or name in SEVERAL
        return reverse(name, args=[int(key)] if has_key else []) if name and key.isdigit() else ""
    except NoReverseMatch:
        return ""
