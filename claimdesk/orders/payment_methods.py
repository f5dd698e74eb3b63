"""How customers pay: codes, with their names; a file may bring others, which are shown as they are."""

from django.utils.translation import gettext_lazy as _

PAYMENT_METHODS = {
    "transfer": _("bank transfer"),
    "direct_debit": _("direct debit"),
    "card": _("card"),
    "cheque": _("cheque"),
    "cash": _("cash"),
    "other": _("other way"),
}


def method_name(code: str) -> str:
    """Return what a way of paying is called."""
    return str(PAYMENT_METHODS.get(code, code))
