"""The kinds of notification that a person may mute, in the page and by e-mail (A85)."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Notice:
    """One kind; `is_for_staff` tells who gets it at all. System e-mails name theirs in `notice`."""

    key: str
    label: str | Promise
    is_for_staff: bool = False


NOTICES = (
    Notice("account_claim_news", _("What becomes of my request for an account")),
    Notice("account_news", _("Changes to my accounts, and new people there")),
    Notice("order_news", _("What becomes of my orders")),
    Notice("claim_news", _("What becomes of my claims on orders")),
    Notice("warranty_claim_news", _("What becomes of my warranty claims")),
    Notice("comments", _("Comments on my warranty claims")),
    Notice("unit_news", _("Units that are handed on to us or from us")),
    Notice("orders_waiting", _("Orders of colleagues that wait for my approval")),
    Notice("account_claims_waiting", _("Account claims that wait for a decision"), is_for_staff=True),
    Notice("claims_waiting", _("Claims on orders that customers opened"), is_for_staff=True),
    Notice("warranty_claims_waiting", _("Warranty claims that wait for us"), is_for_staff=True),
    Notice("comments_waiting", _("Comments of customers on warranty claims"), is_for_staff=True),
    Notice("rma_news", _("Goods that I may send back, and that came")),
    Notice(
        "rmas_waiting", _("RMAs: goods on their way, wrong ones, and those that expired"), is_for_staff=True
    ),
    Notice("new_accounts", _("New accounts"), is_for_staff=True),
    Notice(
        "security_alerts", _("Locks after too many attempts, and proofs that need a look"), is_for_staff=True
    ),
)


def notices_for(*, is_staff: bool) -> list[Notice]:
    """Return the kinds that somebody gets."""
    return [notice for notice in NOTICES if notice.is_for_staff == is_staff]
