"""The room as Django knows it."""

from importlib import import_module

from django.apps import AppConfig


class Conversations(AppConfig):
    name = "claimdesk.conversations"
    label = "conversations"

    def ready(self) -> None:
        import_module("claimdesk.conversations.permissions")
        import_module("claimdesk.conversations.events")
