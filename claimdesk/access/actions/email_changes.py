"""A user changes his e-mail address: it is proved anew, and the old one can cancel (A82)."""

from datetime import timedelta

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from claimdesk.access.actions.writing import void_password_links
from claimdesk.access.events.email_changes import (
    EmailChangeAddressTaken,
    EmailChangeAsked,
    EmailChangeCanceled,
    EmailChangeConfirmed,
)
from claimdesk.access.models import AccountClaim, EmailChange, Membership
from claimdesk.access.queries.email_changes import code_of
from claimdesk.customers.models import StaleAddress
from claimdesk.kernel import tokens
from claimdesk.kernel.actor import Actor
from claimdesk.kernel.clock import now
from claimdesk.kernel.refused import Refused
from claimdesk.kernel.text import fold_email, same_mailbox
from claimdesk.ledger.record import record
from claimdesk.people.actions.writing import write_off_second_factors
from claimdesk.people.models import User
from claimdesk.people.queries.users import user_with_email

CODE_LASTS = timedelta(hours=2)
CANCEL_FOR = timedelta(days=7)
GUESSES = 5


@transaction.atomic
def ask_email_change(user: User, *, new_email: str, by: Actor) -> EmailChange:
    """Send a code to the new address and a way to cancel to the old; an earlier change that waits is canceled.

    The caller has asked for the password. The same happens whether the address is another user's or not (A18).
    Refuses: `same_address`.
    Records: EmailChangeAsked, or EmailChangeAddressTaken.
    """
    by.require_self(user.pk)
    new_email = fold_email(new_email)
    if new_email == user.email:
        raise Refused("same_address", _("This is your address already."))
    EmailChange.objects.filter(user=user, state=EmailChange.State.OPEN).update(
        state=EmailChange.State.CANCELED
    )
    change = EmailChange.objects.create(
        user=user,
        old_email=user.email,
        new_email=new_email,
        nonce=tokens.new_nonce(),
        expires_at=now() + CODE_LASTS,
        cancel_until=now() + CANCEL_FOR,
    )
    owner = user_with_email(new_email)
    fact = (
        EmailChangeAsked(change.pk, user_id=user.pk, user=user.name, old=user.email, new=new_email)
        if owner is None
        else EmailChangeAddressTaken(
            change.pk, user_id=user.pk, user=user.name, owner_id=owner.pk, new=new_email
        )
    )
    record(fact, about=change, by=by)
    return change


@transaction.atomic
def count_guess(change: EmailChange, *, by: Actor) -> None:
    """Count one guess at the code, in a transaction of its own so that a wrong one stays counted.

    Refuses: `email_change_over`.
    Records: nothing.
    """
    by.require_self(change.user_id)
    waiting = EmailChange.objects.filter(pk=change.pk, state=EmailChange.State.OPEN, attempts__lt=GUESSES)
    if not waiting.update(attempts=F("attempts") + 1):
        raise _over()


@transaction.atomic
def confirm_email_change(change: EmailChange, *, code: str, by: Actor) -> None:
    """Put the new address in the old one's place. What rested on the old one proves nothing any more.

    Refuses: `wrong_code`, `email_change_over`.
    Records: EmailChangeConfirmed.
    """
    by.require_self(change.user_id)
    if not tokens.matches(code, code_of(change)):
        raise Refused("wrong_code", _("This code is not right."))
    waiting = EmailChange.objects.filter(
        pk=change.pk, state=EmailChange.State.OPEN, expires_at__gt=now(), old_email=change.user.email
    )
    if not waiting.update(state=EmailChange.State.CONFIRMED, confirmed_at=now()):
        raise _over()
    _write_email(change.user, change.new_email)
    _mark_evidence_stale(change.user, change.old_email)
    void_password_links(change.user)
    fact = EmailChangeConfirmed(
        change.pk, user_id=change.user_id, user=change.user.name, old=change.old_email, new=change.new_email
    )
    record(fact, about=change, by=by)


@transaction.atomic
def cancel_email_change(change: EmailChange, *, by: Actor) -> None:
    """Cancel by the link at the old address. If it was done already, put the old address back.

    Whoever asked for the change was signed in and knew the password, whether he got on to confirm it or not. So the
    password ends with it, and all sessions with the password: the owner sets a new one by mail. Second factors
    that came since the change was asked for go too.
    Refuses: `email_change_over`.
    Records: EmailChangeCanceled.
    """
    live = EmailChange.objects.filter(pk=change.pk, cancel_until__gt=now())
    was_confirmed = bool(
        live.filter(state=EmailChange.State.CONFIRMED).update(state=EmailChange.State.CANCELED)
    )
    was_open = live.filter(state=EmailChange.State.OPEN).update(state=EmailChange.State.CANCELED)
    if not was_confirmed and not was_open:
        raise _over()
    user = change.user
    # Later changes end too: who took the account would else keep it by changing the address twice.
    EmailChange.objects.filter(user=user, pk__gt=change.pk).update(state=EmailChange.State.CANCELED)
    if was_confirmed:
        _write_email(user, change.old_email)
        StaleAddress.objects.filter(email=change.old_email, customer__memberships__user=user).delete()
    user.password = make_password(None)
    user.save(update_fields=["password"])
    write_off_second_factors(user, since=change.created_at)
    void_password_links(user)
    fact = EmailChangeCanceled(
        change.pk, user_id=user.pk, user=user.name, new=change.new_email, was_confirmed=was_confirmed
    )
    record(fact, about=change, by=by)


def _over() -> Refused:
    return Refused("email_change_over", _("This change of address is over. Please begin again."))


def _write_email(user: User, email: str) -> None:
    if user_with_email(email) not in (None, user):
        raise _over()
    user.email = email
    user.email_verified_at = now()
    try:
        with transaction.atomic():
            user.save(update_fields=["email", "email_verified_at"])
    except IntegrityError as error:
        raise _over() from error


def _mark_evidence_stale(user: User, old_email: str) -> None:
    pending = AccountClaim.objects.filter(user=user, state=AccountClaim.State.PENDING)
    customers = {*pending.values_list("customer_id", flat=True)}
    customers |= {*Membership.objects.filter(user=user).values_list("customer_id", flat=True)}
    StaleAddress.objects.bulk_create(
        [StaleAddress(customer_id=customer_id, email=old_email) for customer_id in customers],
        ignore_conflicts=True,
    )
    pending.update(is_stale=True, mailbox=same_mailbox(user.email), changed_at=now())
