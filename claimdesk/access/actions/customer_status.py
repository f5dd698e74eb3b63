"""The status of a customer (A60-A66, A77): Active with login details, Admin, Inactive."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from claimdesk.access.actions.writing import (
    settle_pending,
    write_membership,
    write_password_link,
    write_ways_in_closed,
)
from claimdesk.access.events.customers import (
    CustomerActivated,
    CustomerDeactivated,
    CustomerMadeAdmin,
    LoginDetailsSent,
)
from claimdesk.access.models import Membership, PasswordLink
from claimdesk.access.queries.denials import was_denied
from claimdesk.access.queries.members import account_user, members
from claimdesk.customers.actions.writing import locked
from claimdesk.customers.models import Contact, Customer
from claimdesk.customers.permissions import CHANGE_STATUS
from claimdesk.kernel.actor import Actor
from claimdesk.kernel.clock import now
from claimdesk.kernel.move import move
from claimdesk.kernel.refused import Refused
from claimdesk.ledger.record import record
from claimdesk.people.actions.writing import write_user
from claimdesk.people.models import User
from claimdesk.people.queries.usernames import free_username

FIRST_MANAGER_ROLES = ("buyer", "service", "manager")


@transaction.atomic
def activate_customer(customer: Customer, *, by: Actor) -> Customer:
    """Make a customer Active. The first time, from whichever status, login details follow by mail (A62, A77).

    A customer without a user gets its first manager from the account address: whoever has it, else a new user
    without a password. A password that was chosen stays until the link is used.
    Refuses: `email_required`, `already_in_status`, `status_not_allowed`, `customer_merged`,
    `address_of_staff`.
    Records: CustomerActivated.
    """
    by.require(CHANGE_STATUS)
    row = locked(customer, by=by)
    before = row.state
    if not row.email:
        raise Refused("email_required", _("A customer without an e-mail address cannot become Active."))
    is_first = row.first_activated_at is None
    at = now()
    moved: dict[str, Any] = {"state_changed_at": at, "updated_at": at} | (
        {"first_activated_at": at} if is_first else {}
    )
    try:
        with transaction.atomic():
            move(row, to=Customer.Status.ACTIVE, **moved)
    except IntegrityError as error:
        message = _("A customer without an e-mail address cannot become Active.")
        raise Refused("email_required", message) from error
    fact: dict[str, Any] = {"number": row.number, "name": row.name, "before": before, "is_first": is_first}
    if is_first:
        fact |= _login_details(row, by=by)
    record(CustomerActivated(**fact, member_ids=_member_ids(row)), about=row, by=by)
    return row


@transaction.atomic
def make_customer_admin(customer: Customer, *, by: Actor) -> Customer:
    """Make a New customer Admin: staff can order for it, nobody signs in for it (A65).

    Refuses: `already_in_status`, `status_not_allowed`, `customer_merged`.
    Records: CustomerMadeAdmin.
    """
    by.require(CHANGE_STATUS)
    row = locked(customer, by=by)
    before, at = row.state, now()
    move(row, to=Customer.Status.ADMIN, state_changed_at=at, updated_at=at)
    record(CustomerMadeAdmin(row.number, row.name, before=before), about=row, by=by)
    return row


@transaction.atomic
def deactivate_customer(customer: Customer, *, by: Actor) -> Customer:
    """Make a customer Inactive: nobody acts for it any more, at once; memberships and documents stay (A64).

    Its open links to set a password are void, and staff stop acting for it.
    Refuses: `already_in_status`, `status_not_allowed`, `customer_merged`.
    Records: CustomerDeactivated.
    """
    by.require(CHANGE_STATUS)
    row = locked(customer, by=by)
    before, at = row.state, now()
    move(row, to=Customer.Status.INACTIVE, state_changed_at=at, updated_at=at)
    write_ways_in_closed(row)
    record(
        CustomerDeactivated(row.number, row.name, before=before, member_ids=_member_ids(row)),
        about=row,
        by=by,
    )
    return row


@transaction.atomic
def send_login_details(customer: Customer, *, user: User, by: Actor) -> PasswordLink:
    """Send a member of an Active customer login details again; the earlier link is void (A62).

    Refuses: `customer_not_active`, `not_a_member`, `user_disabled`.
    Records: LoginDetailsSent.
    """
    by.require(CHANGE_STATUS)
    row = locked(customer, by=by)
    if row.state != Customer.Status.ACTIVE:
        raise Refused("customer_not_active", _("Login details are for Active customers."))
    if not members(row).filter(user=user).exists():
        raise Refused("not_a_member", _("%s does not belong to this customer.") % user.name)
    if not user.is_active:
        raise Refused("user_disabled", _("%s is disabled.") % user.name)
    link = write_password_link(user, purpose=PasswordLink.Purpose.LOGIN_DETAILS, customer=row)
    record(LoginDetailsSent(user.pk, user=user.name, password_link_id=link.pk), about=row, user=user, by=by)
    return link


def _login_details(customer: Customer, *, by: Actor) -> dict[str, object]:
    """Return what the event tells of the mail to come: for whom, with which link."""
    user = account_user(customer)
    told: dict[str, object] = {}
    if user is None:
        user, is_new = _first_manager(customer, by=by)
        told = {"is_new_user": is_new, "is_override": was_denied(user, customer)}
        settle_pending(user, customer, by)
    link = write_password_link(user, purpose=PasswordLink.Purpose.LOGIN_DETAILS, customer=customer)
    return told | {"user_id": user.pk, "password_link_id": link.pk}


def _first_manager(customer: Customer, *, by: Actor) -> tuple[User, bool]:
    """Give a customer without people the owner of the account address as manager."""
    user = User.objects.filter(email=customer.email).first()
    is_new = user is None
    if user is None:
        on_file = Contact.objects.filter(customer=customer, email=customer.email).first()
        user = write_user(
            username=free_username(customer.email),
            email=customer.email,
            name=on_file.name if on_file else customer.name[:120],
            language=customer.language,
        )
    elif user.is_staff:
        raise Refused("address_of_staff", _("The account address is that of a person of staff."))
    write_membership(
        user, customer, roles=FIRST_MANAGER_ROLES, granted=Membership.Granted.FIRST_MANAGER, by=by
    )
    return user, is_new


def _member_ids(customer: Customer) -> tuple[int, ...]:
    return tuple(members(customer).values_list("user_id", flat=True))
