"""Every system e-mail, declared once."""

from claimdesk.company.system_emails.declaring import DeclaredEmail
from claimdesk.company.system_emails.texts import (
    account_claims,
    conversations,
    customers,
    invoices,
    orders,
    reclamations,
    registrations,
    rmas,
    security,
    units,
    warranty_claims,
    warranty_drafts,
)

_declared: dict[str, DeclaredEmail] = {
    each.key: each
    for each in (
        *registrations.DECLARED,
        *account_claims.DECLARED,
        *customers.DECLARED,
        *orders.DECLARED,
        *invoices.DECLARED,
        *reclamations.DECLARED,
        *warranty_claims.DECLARED,
        *conversations.DECLARED,
        *rmas.DECLARED,
        *units.DECLARED,
        *warranty_drafts.DECLARED,
        *security.DECLARED,
    )
}


def all_emails() -> list[DeclaredEmail]:
    """Return all system e-mails in the order in which people meet them."""
    return list(_declared.values())


def email_named(key: str) -> DeclaredEmail:
    """Return the system e-mail `key`.

    Raises: KeyError.
    """
    return _declared[key]


def is_declared(key: str) -> bool:
    """Tell whether there is a system e-mail `key`."""
    return key in _declared
