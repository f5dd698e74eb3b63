"""What Claimdesk asks of those who pay money out."""

from dataclasses import dataclass
from typing import Any, Literal, Protocol


@dataclass(frozen=True, slots=True)
class Payout:
    """Money that is to go back: `amount` in minor units. The same `key` is the same money, however often it is asked for."""

    key: str
    amount: int
    currency: str
    customer_number: str
    order_number: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What a provider says: it is `done`, it waits for a person's hand, or it was `refused`; with a reference or words."""

    outcome: Literal["done", "by_hand", "refused"]
    reference: str = ""
    words: str = ""


class ProviderSilent(Exception):
    """The provider did not answer, or not in a way that says whether money moved: ask again with the same key."""


class Provider(Protocol):
    """One way in which money is paid out.

    `pay_out` is asked again with the same key until it answers, and must pay once for it.
    """

    key: str
    label: Any

    def pay_out(self, payout: Payout) -> Answer:
        """Pay out, or say what came of it. Raises: ProviderSilent."""
        ...
