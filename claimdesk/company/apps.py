"""The room as Django knows it."""

from importlib import import_module

from django.apps import AppConfig


class Company(AppConfig):
    name = "claimdesk.company"
    label = "company"

    def ready(self) -> None:
        import_module("claimdesk.company.permissions")
        import_module("claimdesk.company.events")
