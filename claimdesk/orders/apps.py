"""The room as Django knows it."""

from django.apps import AppConfig


class Orders(AppConfig):
    name = "claimdesk.orders"
    label = "orders"
