"""The room as Django knows it."""

from django.apps import AppConfig


class Ledger(AppConfig):
    name = "claimdesk.ledger"
    label = "ledger"
