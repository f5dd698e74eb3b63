"""What the house does about events and timers, as its frame lists it in the settings."""

from collections.abc import Callable, Mapping

from django.conf import settings
from django.utils.module_loading import import_string

from claimdesk.ledger.models import Event, Timer

Reaction = Callable[[Event], str | None]
Handler = Callable[[Timer], str | None]


def reactions() -> Mapping[str, tuple[Reaction, ...]]:
    """Return the reactions by kind of event."""
    return import_string(settings.LEDGER_REACTIONS)


def handlers() -> Mapping[str, Handler]:
    """Return the handlers by kind of timer."""
    return import_string(settings.LEDGER_TIMERS)


def reaction_name(reaction: Reaction) -> str:
    """Return the name of a reaction as a Delivery keeps it ("mail.account_claims.account_claim_approved")."""
    return f"{reaction.__module__}.{reaction.__qualname__}".removeprefix("claimdesk.")
