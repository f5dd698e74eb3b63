"""The room as Django knows it."""

from importlib import import_module

from django.apps import AppConfig


class Orders(AppConfig):
    name = "claimdesk.orders"
    label = "orders"

    def ready(self) -> None:
        import_module("claimdesk.orders.events")
        import_module("claimdesk.orders.imports")
