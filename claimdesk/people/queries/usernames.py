"""Usernames for people who did not choose one."""

import re

from claimdesk.kernel.text import fold
from claimdesk.people.models import User

# Mailboxes that several people read: they prove the company, hardly the person, and name nobody.
ROLE_MAILBOXES = frozenset(
    {
        "accounting", "accounts", "admin", "billing", "buchhaltung", "buero", "contact", "desk", "einkauf", "finance",
        "hello", "info", "invoices", "kontakt", "mail", "office", "order", "orders", "post", "purchase", "purchasing",
        "sales", "service", "shop", "support", "team", "verkauf",
    }
)  # fmt: skip
LONGEST = 50


def free_username(email: str) -> str:
    """Return a username that nobody has, made of an e-mail address.

    A role mailbox says nothing of its owner, so its domain does: info@mueller-bau.de becomes mueller-bau.
    """
    local, _, domain = email.partition("@")
    local = local.partition("+")[0]
    stem = domain.partition(".")[0] if fold(local) in ROLE_MAILBOXES and domain else local
    stem = re.sub(r"[^a-z0-9._-]+", "-", fold(stem)).strip("-._")[:LONGEST] or "user"
    taken = {
        name.casefold()
        for name in User.objects.filter(username__istartswith=stem).values_list("username", flat=True)[:5000]
    }
    if stem not in taken:
        return stem
    return next(name for number in range(2, 10_000) if (name := f"{stem}{number}") not in taken)
