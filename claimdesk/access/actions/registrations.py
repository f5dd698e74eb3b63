"""Registrations: a newcomer says who he is, proves his address, and becomes a user."""

from datetime import timedelta

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.db.models import F, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from claimdesk.access.actions.verification import connect_user, use_right
from claimdesk.access.events.registrations import (
    RegistrationAddressTaken,
    RegistrationCodeSentAgain,
    RegistrationCompleted,
    RegistrationStarted,
)
from claimdesk.access.models import ConnectionRight, Onboarding, Registration
from claimdesk.access.queries.registrations import is_proved
from claimdesk.company.queries.company import company
from claimdesk.company.queries.registration import new_account_is_open, new_user_is_open
from claimdesk.kernel import tokens
from claimdesk.kernel.actor import Actor
from claimdesk.kernel.clock import now
from claimdesk.kernel.refused import Refused
from claimdesk.kernel.text import fold_email
from claimdesk.ledger.record import record
from claimdesk.people.actions.writing import write_user
from claimdesk.people.models import User
from claimdesk.people.queries.users import user_with_email, username_is_taken

LASTS = timedelta(hours=24)
# Five codes of six digits with five guesses each: one in 40,000 for who guesses at one registration.
GUESSES_A_CODE = 5
CODES = 5


@transaction.atomic
def register(
    *,
    name: str,
    email: str,
    username: str,
    password: str,
    right: ConnectionRight | None = None,
    by: Actor,
) -> Registration:
    """Keep what a newcomer says until he proves his address; nothing else is made or blocked by it (A10).

    The same happens whether the address is a user's or not (A18): only the mail that follows differs.
    Takes: `password`, plain, checked by the validators; `right`, when three facts opened the form (A20).
    Refuses: `registration_closed`, `username_taken`, `right_used`.
    Records: RegistrationStarted, or RegistrationAddressTaken.
    """
    is_open = new_user_is_open() if right else new_account_is_open()
    if not is_open:
        raise Refused("registration_closed", _("Registration is closed at present."))
    if username_is_taken(username):
        raise Refused("username_taken", _("Somebody has this username already."))
    registration = Registration.objects.create(
        name=name,
        email=fold_email(email),
        username=username,
        password=make_password(password),
        language=get_language() or "",
        nonce=tokens.new_nonce(),
        for_customer=use_right(right, by=by) if right else None,
        expires_at=now() + LASTS,
    )
    _record_start(registration, by=by)
    return registration


def _record_start(registration: Registration, *, by: Actor) -> None:
    owner = user_with_email(registration.email)
    if owner is None:
        fact = RegistrationStarted(registration.pk, name=registration.name, email=registration.email)
        record(fact, about=registration, by=by)
    else:
        taken = RegistrationAddressTaken(
            registration.pk, user_id=owner.pk, user=owner.name, email=registration.email
        )
        record(taken, about=registration, user=owner, by=by)


@transaction.atomic
def send_code_again(registration: Registration, *, by: Actor) -> None:
    """Void the code and the link, and send new ones.

    Refuses: `registration_over`, `too_many_codes`.
    Records: RegistrationCodeSentAgain, or RegistrationAddressTaken.
    """
    fresh = {"nonce": tokens.new_nonce(), "attempts": 0, "mails": F("mails") + 1}
    if not _open(registration).filter(mails__lt=CODES).update(**fresh):
        registration.refresh_from_db()
        if registration.mails >= CODES:
            raise Refused(
                "too_many_codes", _("No more codes can be sent for this registration. Please start anew.")
            )
        raise _over()
    registration.refresh_from_db()
    if user_with_email(registration.email):
        _record_start(registration, by=by)
        return
    record(
        RegistrationCodeSentAgain(registration.pk, email=registration.email),
        about=registration,
        by=by,
    )


@transaction.atomic
def count_guess(registration: Registration, *, by: Actor) -> None:
    """Count one guess at the code, in a transaction of its own so that a wrong one stays counted.

    Refuses: `registration_over`, `too_many_guesses`.
    Records: nothing.
    """
    if not _open(registration).filter(attempts__lt=GUESSES_A_CODE).update(attempts=F("attempts") + 1):
        registration.refresh_from_db()
        if registration.attempts >= GUESSES_A_CODE and registration.state == Registration.State.OPEN:
            raise Refused("too_many_guesses", _("Too many wrong codes. Let us send you a new one."))
        raise _over()
    registration.refresh_from_db()


@transaction.atomic
def complete_registration(registration: Registration, *, secret: str, username: str = "", by: Actor) -> User:
    """Make the user whose address `secret` proves; with the right of three facts, connect him to the account.

    Takes: `secret`, the code or the link's token; `username`, another one than at first if that is taken by now.
    Refuses: `wrong_code`, `registration_over`, `email_taken`, `username_taken`.
    Records: RegistrationCompleted (and, for an existing account, what `connect_user` records).
    """
    if not is_proved(registration, secret):
        raise Refused("wrong_code", _("This code is not right."))
    if not _open(registration).update(state=Registration.State.COMPLETED):
        raise _over()
    user = _write_verified_user(registration, username or registration.username)
    Registration.objects.filter(pk=registration.pk).update(user=user, password="")
    Registration.objects.filter(email=registration.email, state=Registration.State.OPEN).update(
        state=Registration.State.VOID, password=""
    )
    newcomer = Actor(kind="user", id=user.pk, name=user.name, door=by.door)
    record(
        RegistrationCompleted(registration.pk, user_id=user.pk, user=user.name, email=user.email),
        about=registration,
        user=user,
        by=newcomer,
    )
    if registration.for_customer:
        connect_user(user, customer=registration.for_customer, by=newcomer)
    else:
        Onboarding.objects.create(user=user, country=company().country)
    return user


def _open(registration: Registration) -> QuerySet[Registration]:
    return Registration.objects.filter(
        pk=registration.pk, state=Registration.State.OPEN, expires_at__gt=now()
    )


def _over() -> Refused:
    return Refused("registration_over", _("This registration is over. Please sign in, or register again."))


def _write_verified_user(registration: Registration, username: str) -> User:
    try:
        with transaction.atomic():
            return write_user(
                name=registration.name,
                email=registration.email,
                username=username,
                password_hash=registration.password,
                language=registration.language,
                email_verified_at=now(),
                password_changed_at=now(),
            )
    except IntegrityError as error:
        if user_with_email(registration.email):
            raise Refused(
                "email_taken",
                _("You have an account with this address already. Sign in, or set a new password."),
            ) from error
        raise Refused(
            "username_taken", _("Somebody has this username by now. Choose another one.")
        ) from error
