"""Staff and their roles, changed by administrators."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from claimdesk.kernel.actor import Actor
from claimdesk.kernel.permissions import declared
from claimdesk.kernel.refused import Refused
from claimdesk.ledger.record import record
from claimdesk.people.events import StaffChanged, StaffRoleChanged
from claimdesk.people.models import StaffRole, User
from claimdesk.people.permissions import EDIT_STAFF
from claimdesk.people.queries.administrators import refuse_if_last_administrator


@transaction.atomic
def change_staff(user: User, *, roles: Iterable[StaffRole], only_own_customers: bool, by: Actor) -> User:
    """Set the roles of a person of staff, and whether he sees only the customers whose representative he is.

    Refuses: `not_staff`, `last_administrator`.
    Records: StaffChanged.
    """
    by.require(EDIT_STAFF)
    if not user.is_staff:
        raise Refused("not_staff", _("This user is not staff."))
    wanted = list(roles)
    if "administrator" not in [role.key for role in wanted]:
        refuse_if_last_administrator(user)
    before = sorted(role.name for role in user.roles.all())
    user.roles.set(wanted)
    User.objects.filter(pk=user.pk).update(only_own_customers=only_own_customers)
    user.only_own_customers = only_own_customers
    after = sorted(role.name for role in wanted)
    record(StaffChanged(user.pk, user.name, before, after, only_own_customers), about=user, by=by)
    return user


@transaction.atomic
def change_staff_role(
    role: StaffRole, *, name: str, permissions: Iterable[str] | None, by: Actor
) -> StaffRole:
    """Set what a role may; None gives a built-in role its defaults again. Administrators keep what staff need.

    Refuses: `administrator_keeps_all`, `unknown_permission`.
    Records: StaffRoleChanged.
    """
    by.require(EDIT_STAFF)
    chosen = None if permissions is None else sorted(set(permissions))
    if role.key == "administrator" and chosen is not None:
        raise Refused("administrator_keeps_all", _("Administrators may do everything; make another role."))
    _refuse_unknown(chosen)
    role.name, role.permissions = name, chosen
    role.save()
    record(StaffRoleChanged(role.key, role.name, chosen), about=role, by=by)
    return role


@transaction.atomic
def add_staff_role(*, name: str, permissions: Iterable[str], by: Actor) -> StaffRole:
    """Make a role of the seller's own.

    Refuses: `role_exists`, `unknown_permission`.
    Records: StaffRoleChanged.
    """
    by.require(EDIT_STAFF)
    key = slugify(name)[:20] or "role"
    chosen = sorted(set(permissions))
    _refuse_unknown(chosen)
    role, made = StaffRole.objects.get_or_create(key=key, defaults={"name": name, "permissions": chosen})
    if not made:
        raise Refused("role_exists", _("There is a role of that name already."))
    record(StaffRoleChanged(role.key, role.name, chosen), about=role, by=by)
    return role


def _refuse_unknown(permissions: list[str] | None) -> None:
    known = {permission.name for permission in declared() if permission.staff}
    if permissions and set(permissions) - known:
        raise Refused("unknown_permission", _("There is no such permission."))
