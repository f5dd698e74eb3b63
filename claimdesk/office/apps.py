"""The room as Django knows it."""

from django.apps import AppConfig


class Office(AppConfig):
    name = "claimdesk.office"
    label = "office"
