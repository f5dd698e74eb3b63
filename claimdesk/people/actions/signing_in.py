"""What the ledger keeps of signing in and of second factors."""

from django.db import transaction

from claimdesk.kernel.actor import Actor
from claimdesk.ledger.record import record
from claimdesk.people.events import SecondFactorChanged, UserSignedIn
from claimdesk.people.models import User


@transaction.atomic
def note_sign_in(user: User, *, address: str, by: Actor) -> None:
    """Keep that `user` signed in. Records: UserSignedIn."""
    record(UserSignedIn(user_id=user.pk, user=user.name, address=address), about=user, by=by)


@transaction.atomic
def note_second_factor(user: User, *, factor: str, change: str, by: Actor) -> None:
    """Keep that a second factor came, went or was renewed.

    Takes: `factor`, totp or recovery_codes; `change`, added, removed or renewed.
    Records: SecondFactorChanged.
    """
    fact = SecondFactorChanged(user_id=user.pk, user=user.name, factor=factor, change=change)
    record(fact, about=user, by=by)
