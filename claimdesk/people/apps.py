"""The room as Django knows it."""

from importlib import import_module

from django.apps import AppConfig


class People(AppConfig):
    name = "claimdesk.people"
    label = "people"

    def ready(self) -> None:
        import_module("claimdesk.people.permissions")
        import_module("claimdesk.people.events")
