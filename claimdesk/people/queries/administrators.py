"""Who looks after the house."""

from django.db.models import QuerySet

from claimdesk.people.models import User


def administrators() -> QuerySet[User]:
    """Return the active people of staff with the role administrator."""
    return User.objects.filter(is_staff=True, is_active=True, roles__key="administrator")
