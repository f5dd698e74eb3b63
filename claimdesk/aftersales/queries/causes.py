"""Causes of reclamations; anybody who may claim may read them."""

from django.db.models import QuerySet

from claimdesk.aftersales.models import ReclamationCause


def causes() -> QuerySet[ReclamationCause]:
    """Return all causes in the seller's order, those no longer offered last."""
    return ReclamationCause.objects.order_by("-is_active", "position", "pk")


def offered_causes() -> QuerySet[ReclamationCause]:
    """Return the causes that a new reclamation may have."""
    return ReclamationCause.objects.filter(is_active=True).order_by("position", "pk")


def cause_choices() -> list[tuple[str, str]]:
    """Return all causes by key and name, for filters."""
    return [(str(cause.pk), cause.name) for cause in causes()]
