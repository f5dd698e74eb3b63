"""Users whom staff make: customers' people and staff, with login details by mail (A7, A78, A86)."""

from collections.abc import Iterable
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from claimdesk.access.actions.writing import write_membership, write_password_link
from claimdesk.access.events.users import UserMade
from claimdesk.access.models import Membership, PasswordLink
from claimdesk.access.queries.belonging import refuse_unless_may_belong
from claimdesk.customers.actions.writing import locked
from claimdesk.customers.models import Customer
from claimdesk.kernel.actor import Actor
from claimdesk.kernel.refused import Refused
from claimdesk.kernel.text import fold_email
from claimdesk.ledger.record import record
from claimdesk.people.actions.writing import write_user
from claimdesk.people.models import StaffRole, User
from claimdesk.people.permissions import EDIT_STAFF, EDIT_USERS
from claimdesk.people.queries.usernames import free_username


@transaction.atomic
def make_user(
    *,
    name: str,
    email: str,
    username: str = "",
    customer: Customer | None = None,
    roles: Iterable[str] = (),
    by: Actor,
) -> User:
    """Make a customer's person, who sets the password by the link in the mail; no account claim is made (A7).

    Refuses: `email_taken`, `username_taken`, `customer_inactive`, `customer_merged`.
    Records: UserMade.
    """
    by.require(EDIT_USERS)
    user = _made(name=name, email=email, username=username)
    row = locked(customer, by=by) if customer is not None else None
    if row is not None:
        refuse_unless_may_belong(user, row)
        write_membership(user, row, roles=roles, granted=Membership.Granted.BY_HAND, by=by)
    _record(user, row, by=by)
    return user


@transaction.atomic
def make_staff(
    *,
    name: str,
    email: str,
    username: str = "",
    roles: Iterable[StaffRole],
    only_own_customers: bool,
    by: Actor,
) -> User:
    """Make a person of staff, who sets the password by the link in the mail.

    Refuses: `email_taken`, `username_taken`.
    Records: UserMade.
    """
    by.require(EDIT_STAFF)
    user = _made(
        name=name, email=email, username=username, is_staff=True, only_own_customers=only_own_customers
    )
    user.roles.set(roles)
    _record(user, None, by=by)
    return user


def _made(*, name: str, email: str, username: str, **fields: Any) -> User:
    email = fold_email(email)
    if User.objects.filter(email=email).exists():
        raise Refused(
            "email_taken", _("There is a user with the e-mail %(email)s already.") % {"email": email}
        )
    try:
        with transaction.atomic():
            return write_user(name=name, email=email, username=username or free_username(email), **fields)
    except IntegrityError as error:
        raise Refused("username_taken", _("This username is taken.")) from error


def _record(user: User, customer: Customer | None, *, by: Actor) -> None:
    link = write_password_link(user, purpose=PasswordLink.Purpose.LOGIN_DETAILS, customer=customer)
    fact = UserMade(
        user_id=user.pk,
        user=user.name,
        is_staff=user.is_staff,
        customer=customer.name if customer else "",
        password_link_id=link.pk,
    )
    record(fact, about=user, customer=customer, by=by)
