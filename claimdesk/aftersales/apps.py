"""The room as Django knows it."""

from django.apps import AppConfig


class Aftersales(AppConfig):
    name = "claimdesk.aftersales"
    label = "aftersales"
