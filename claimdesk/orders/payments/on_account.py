"""Paid out on account: the sum stands to the customer's credit in the seller's books, and no money moves."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from claimdesk.orders.payments.provider import Answer, Payout


class OnAccount:
    """Is done at once; the seller's bookkeeping sets it off against what the customer owes next."""

    key = "on_account"
    label: Any = _("on account")

    def pay_out(self, payout: Payout) -> Answer:
        return Answer("done", reference=payout.order_number)
