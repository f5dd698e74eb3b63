"""The room as Django knows it."""

from importlib import import_module

from django.apps import AppConfig


class Catalog(AppConfig):
    name = "claimdesk.catalog"
    label = "catalog"

    def ready(self) -> None:
        import_module("claimdesk.catalog.imports")
