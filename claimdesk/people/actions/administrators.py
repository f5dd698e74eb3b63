"""The first administrator, made where the house is set up and nobody can sign in yet."""

from django.db import transaction
from django.utils.translation import gettext as _

from claimdesk.kernel.actor import Actor
from claimdesk.kernel.clock import now
from claimdesk.kernel.refused import Refused
from claimdesk.kernel.text import fold_email
from claimdesk.ledger.record import record
from claimdesk.people.actions.writing import write_built_in_roles, write_user
from claimdesk.people.events import UserCreated
from claimdesk.people.models import StaffRole, User
from claimdesk.people.permissions import EDIT_STAFF
from claimdesk.people.queries.usernames import free_username


@transaction.atomic
def create_administrator(*, email: str, name: str, password: str, by: Actor) -> User:
    """Make a person of staff who may do everything; whoever sets the house up vouches for the address.

    Refuses: `email_taken`.
    Records: UserCreated.
    """
    by.require(EDIT_STAFF)
    email = fold_email(email)
    if User.objects.filter(email=email).exists():
        raise Refused(
            "email_taken", _("There is a user with the e-mail %(email)s already.") % {"email": email}
        )
    write_built_in_roles()
    user = write_user(
        username=free_username(email),
        email=email,
        name=name,
        password=password,
        is_staff=True,
        email_verified_at=now(),
        password_changed_at=now(),
    )
    user.roles.add(StaffRole.objects.get(key="administrator"))
    record(UserCreated(user_id=user.pk, user=user.name), about=user, by=by)
    return user
