"""The links beside sign-in: create an account, or a contact for an existing one (A11, A12, A19)."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from claimdesk.company.queries.company import company
from claimdesk.company.queries.registration import new_account_is_open, new_user_is_open


@dataclass(frozen=True, slots=True)
class WayIn:
    """One link; `words` is the seller's wording beside it."""

    label: str
    url: str
    words: str


def ways_in() -> list[WayIn]:
    """Return the links that are switched on; `portal/_ways_in.html` shows them, here and in the shop."""
    seller = company()
    ways = []
    if new_account_is_open():
        ways.append(WayIn(_("Create an account"), reverse("portal:register"), seller.new_account_words))
    if new_user_is_open():
        ways.append(
            WayIn(
                _("Create a new contact for your account"), reverse("portal:connect"), seller.new_user_words
            )
        )
    return ways
