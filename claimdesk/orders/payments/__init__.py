"""Ways in which money is paid out, one file each, behind one interface (O20).

Actions ask `provider_named`; a provider knows no tables and is asked outside any transaction.
"""

from claimdesk.orders.payments.by_hand import ByHand
from claimdesk.orders.payments.on_account import OnAccount
from claimdesk.orders.payments.provider import Answer, Payout, Provider, ProviderSilent

_providers: dict[str, Provider] = {}


def add_provider(provider: Provider) -> None:
    """Have money paid out by `provider`, under its key."""
    _providers[provider.key] = provider


def provider_named(key: str) -> Provider:
    """Return the provider of that key.

    Raises: KeyError.
    """
    return _providers[key]


def providers() -> list[Provider]:
    """Return all providers, in the order in which they were added."""
    return list(_providers.values())


add_provider(ByHand())
add_provider(OnAccount())

__all__ = ["Answer", "Payout", "Provider", "ProviderSilent", "add_provider", "provider_named", "providers"]
