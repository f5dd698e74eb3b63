"""Usernames for people who did not choose one."""

import re

from claimdesk.kernel.text import fold
from claimdesk.people.models import User

ROLE_MAILBOXES = frozenset(
    {
        "accounting", "accounts", "admin", "contact", "desk", "einkauf", "hello", "info", "kontakt", "mail",
        "office", "order", "orders", "post", "purchase", "purchasing", "sales", "service", "shop", "support",
        "team", "verkauf", "buero", "buchhaltung",
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
