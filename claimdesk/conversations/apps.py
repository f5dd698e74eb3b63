"""The room as Django knows it."""

from django.apps import AppConfig


class Conversations(AppConfig):
    name = "claimdesk.conversations"
    label = "conversations"
