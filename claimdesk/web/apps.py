"""The room as Django knows it."""

from django.apps import AppConfig


class Web(AppConfig):
    name = "claimdesk.web"
    label = "web"
