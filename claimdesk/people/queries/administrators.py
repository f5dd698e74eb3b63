"""Who looks after the house."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from claimdesk.kernel.refused import Refused
from claimdesk.people.models import StaffRole, User


def administrators() -> QuerySet[User]:
    """Return the active people of staff with the role administrator."""
    return User.objects.filter(is_staff=True, is_active=True, roles__key="administrator")


def refuse_if_last_administrator(user: User) -> None:
    """Refuse to lose the last active administrator; rivals wait for each other at the role's row."""
    StaffRole.objects.select_for_update().filter(key="administrator").first()
    if administrators().filter(pk=user.pk).exists() and not administrators().exclude(pk=user.pk).exists():
        raise Refused("last_administrator", _("The last administrator stays."))
