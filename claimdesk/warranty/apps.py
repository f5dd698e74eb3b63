"""The room as Django knows it."""

from importlib import import_module

from django.apps import AppConfig


class Warranty(AppConfig):
    name = "claimdesk.warranty"
    label = "warranty"

    def ready(self) -> None:
        import_module("claimdesk.warranty.imports")
