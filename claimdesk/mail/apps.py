"""The room as Django knows it."""

from django.apps import AppConfig


class Mail(AppConfig):
    name = "claimdesk.mail"
    label = "mail"
