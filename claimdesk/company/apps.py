"""The room as Django knows it."""

from django.apps import AppConfig


class Company(AppConfig):
    name = "claimdesk.company"
    label = "company"
