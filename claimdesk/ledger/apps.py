"""The room as Django knows it."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class Ledger(AppConfig):
    name = "claimdesk.ledger"
    label = "ledger"

    def ready(self) -> None:
        """Make every process know all events and permissions, whichever rooms it goes on to use."""
        autodiscover_modules("events", "permissions")
