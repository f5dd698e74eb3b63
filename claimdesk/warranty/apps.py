"""The room as Django knows it."""

from django.apps import AppConfig


class Warranty(AppConfig):
    name = "claimdesk.warranty"
    label = "warranty"
