"""The room as Django knows it."""

from django.apps import AppConfig


class Catalog(AppConfig):
    name = "claimdesk.catalog"
    label = "catalog"
