"""The room as Django knows it."""

from importlib import import_module

from django.apps import AppConfig


class Customers(AppConfig):
    name = "claimdesk.customers"
    label = "customers"

    def ready(self) -> None:
        import_module("claimdesk.customers.imports")
