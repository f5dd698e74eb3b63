"""What a process file may ask and have done: the guards and commands that it can name.

Each has a function of the same name: in `orders/process/guards.py` and `orders/process/commands.py`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

GUARDS: dict[str, str | Promise] = {
    "approval_needed": _("a manager of the customer must approve the order first"),
    "no_approval_needed": _("no approval by the customer's manager is missing"),
    "prepayment_due": _("the order is to be paid before delivery, and is not; no approval is missing"),
    "no_prepayment_due": _("the order is on account, or is paid"),
    "paid": _("the order is paid; no approval is missing"),
    "erp_connected": _("an ERP is connected"),
    "no_erp_connected": _("no ERP is connected"),
}
COMMANDS: dict[str, str | Promise] = {
    "refund": _("refund what was paid for the item, credit what was not"),
    "invoice": _("write an invoice of the item"),
}


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The names of guards and commands that exist, each with what it says or does."""

    guards: Mapping[str, str | Promise] = field(default_factory=lambda: GUARDS)
    commands: Mapping[str, str | Promise] = field(default_factory=lambda: COMMANDS)
