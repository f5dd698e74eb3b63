"""Policies, for those who edit them, and the job that follows their changes."""

from django.db.models import QuerySet

from claimdesk.kernel.actor import Actor
from claimdesk.ledger.models import Job
from claimdesk.warranty.models import Policy
from claimdesk.warranty.permissions import EDIT_POLICIES
from claimdesk.warranty.tasks import KEY


def policies(actor: Actor) -> QuerySet[Policy]:
    """Return all policies, those that count first, each with what it is meant for."""
    rows = Policy.objects.select_related("product", "category", "unit").order_by("-is_active", "name", "pk")
    return rows if actor.may(EDIT_POLICIES) else rows.none()


def cover_job() -> Job | None:
    """Return the computing of covers that was asked for last."""
    return Job.objects.filter(key__in=(KEY, f"{KEY}_again")).order_by("-pk").first()
