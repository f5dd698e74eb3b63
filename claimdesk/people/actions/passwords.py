"""One's own password."""

from django.db import transaction

from claimdesk.kernel.actor import Actor
from claimdesk.ledger.record import record
from claimdesk.people.actions.writing import write_password
from claimdesk.people.events import PasswordChanged
from claimdesk.people.models import User


@transaction.atomic
def change_password(user: User, *, password: str, by: Actor) -> None:
    """Set a new password. Sessions other than the present one end, for they vouch for the old password (A81).

    Takes: `password`, plain, already checked against the validators and the old one.
    Records: PasswordChanged.
    """
    by.require_self(user.pk)
    how = "forced" if user.must_change_password else "account"
    write_password(user, password)
    record(PasswordChanged(user_id=user.pk, user=user.name, how=how), about=user, by=by)
