"""Links that set a password: a forgotten one, or the first one (A62)."""

from django.db import transaction
from django.utils.translation import gettext as _

from claimdesk.access.actions.writing import void_password_links, write_password_link
from claimdesk.access.events.password_links import PasswordLinkAsked, PasswordLinkRefused, PasswordLinkUsed
from claimdesk.access.models import PasswordLink
from claimdesk.access.queries.password_links import is_usable
from claimdesk.company.queries.company import company
from claimdesk.customers.models import Customer
from claimdesk.kernel.actor import Actor
from claimdesk.kernel.clock import now
from claimdesk.kernel.refused import Refused
from claimdesk.ledger.record import record
from claimdesk.people.actions.writing import write_password
from claimdesk.people.models import User
from claimdesk.people.queries.users import user_with_email

__all__ = ["ask_for_fresh_link", "ask_for_password_link", "use_password_link", "write_password_link"]


@transaction.atomic
def ask_for_password_link(*, email: str, by: Actor) -> None:
    """Mail a link to the user with that address, if there is one; the caller answers alike (A18).

    Records: PasswordLinkAsked or PasswordLinkRefused.
    """
    user = user_with_email(email)
    if user is not None and user.is_active:
        _ask(user, purpose=PasswordLink.Purpose.RESET, by=by)
    else:
        record(PasswordLinkRefused(), about=company(), by=by)


@transaction.atomic
def ask_for_fresh_link(link: PasswordLink, *, by: Actor) -> None:
    """Mail a fresh link to who holds an old one (A62).

    Refuses: `user_disabled`.
    Records: PasswordLinkAsked.
    """
    if not link.user.is_active:
        raise Refused("user_disabled", _("This sign-in is disabled. Please ask us."))
    _ask(link.user, purpose=link.purpose, customer=link.customer, by=by)


def _ask(user: User, *, purpose: str, customer: Customer | None = None, by: Actor) -> None:
    link = write_password_link(user, purpose=purpose, customer=customer)
    fact = PasswordLinkAsked(link.pk, user_id=user.pk, user=user.name, purpose=purpose)
    record(fact, about=user, customer=customer, by=by)


@transaction.atomic
def use_password_link(link: PasswordLink, *, password: str, by: Actor) -> User:
    """Set the password; the link came by mail, so it proves the address too. All other links are void.

    Takes: `password`, plain, checked by the validators.
    Refuses: `link_over`.
    Records: PasswordLinkUsed.
    """
    unused = PasswordLink.objects.filter(pk=link.pk, used_at=None, voided_at=None, expires_at__gt=now())
    if not is_usable(link) or not unused.update(used_at=now()):
        raise Refused("link_over", _("This link has been used or is too old. Let us send you a fresh one."))
    user = link.user
    is_first = not user.has_usable_password()
    write_password(user, password)
    if user.email_verified_at is None:
        user.email_verified_at = now()
        user.save(update_fields=["email_verified_at"])
    void_password_links(user)
    owner = Actor(kind="staff" if user.is_staff else "user", id=user.pk, name=user.name, door=by.door)
    fact = PasswordLinkUsed(link.pk, user_id=user.pk, user=user.name, purpose=link.purpose, is_first=is_first)
    record(fact, about=user, by=owner)
    return user
