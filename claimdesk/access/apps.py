"""The room as Django knows it."""

from importlib import import_module

from django.apps import AppConfig


class Access(AppConfig):
    name = "claimdesk.access"
    label = "access"

    def ready(self) -> None:
        import_module("claimdesk.access.allauth")
