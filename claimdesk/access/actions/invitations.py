"""Invitations of an e-mail address to a customer, by its managers or by staff (A7, A83, A86)."""

from collections.abc import Iterable
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from claimdesk.access.actions.writing import settle_pending, write_membership
from claimdesk.access.events.invitations import InvitationAccepted, InvitationCanceled, InvitationSent
from claimdesk.access.models import Invitation, Membership
from claimdesk.access.permissions import EDIT_MEMBERSHIPS, MANAGE_TEAM
from claimdesk.access.queries.belonging import refuse_unless_may_belong
from claimdesk.access.queries.invitations import invitations_sent_by
from claimdesk.access.queries.members import members
from claimdesk.company.queries.company import company
from claimdesk.customers.actions.writing import locked
from claimdesk.customers.models import Customer
from claimdesk.customers.queries.customers import require_own_customer
from claimdesk.kernel.actor import Actor
from claimdesk.kernel.clock import now
from claimdesk.kernel.move import move
from claimdesk.kernel.refused import NotAllowed, Refused
from claimdesk.kernel.text import fold_email
from claimdesk.kernel.tokens import new_nonce
from claimdesk.ledger.record import record
from claimdesk.people.actions.writing import write_user
from claimdesk.people.models import User

LASTS = timedelta(days=14)
DAY = timedelta(hours=24)


@transaction.atomic
def invite(customer: Customer, *, email: str, name: str = "", roles: Iterable[str], by: Actor) -> Invitation:
    """Invite whoever reads mail at `email`; inviting again sends a fresh link and voids the earlier one.

    Refuses: `customer_inactive`, `customer_merged`, `already_a_member`, `too_many_invitations`.
    Records: InvitationSent.
    """
    _require_team(customer, by)
    row = locked(customer, by=by)
    email = fold_email(email)
    if row.state == Customer.Status.INACTIVE:
        raise Refused("customer_inactive", _("The customer is Inactive."))
    if members(row).filter(user__email=email).exists():
        raise Refused("already_a_member", _("%s has access already.") % email)
    _refuse_beyond_the_limit(by)
    invitation, _made = Invitation.objects.update_or_create(
        customer=row,
        email=email,
        state=Invitation.State.OPEN,
        defaults={
            "name": name,
            "roles": sorted(set(roles)),
            "nonce": new_nonce(),
            "invited_by_id": by.id,
            "invited_by_name": by.name,
            "expires_at": now() + LASTS,
        },
    )
    record(InvitationSent(invitation.pk, email, row.name), about=invitation, by=by)
    return invitation


@transaction.atomic
def cancel_invitation(invitation: Invitation, *, by: Actor) -> None:
    """Make an invitation's link void.

    Refuses: `invitation_over`.
    Records: InvitationCanceled.
    """
    _require_team(invitation.customer, by)
    move(invitation, to=Invitation.State.CANCELED)
    record(
        InvitationCanceled(invitation.pk, invitation.email, invitation.customer.name), about=invitation, by=by
    )


@transaction.atomic
def accept_invitation(invitation: Invitation, *, by: Actor) -> Membership:
    """Let the signed-in owner of the invited address in; no account claim is made (A7).

    Refuses: `invitation_over`, `other_address`, and what belonging refuses.
    Records: InvitationAccepted.
    """
    user = User.objects.filter(pk=by.id or 0, is_active=True).first()
    if user is None:
        raise NotAllowed("sign in first")
    by.require_self(user.pk)
    if user.email != invitation.email or not user.is_verified:
        message = _("This invitation is for %(email)s. Sign in with that address.") % {
            "email": invitation.email
        }
        raise Refused("other_address", message)
    return _let_in(invitation, user, by=by)


@transaction.atomic
def accept_invitation_as_newcomer(
    invitation: Invitation, *, name: str, username: str, password: str, by: Actor
) -> Membership:
    """Make a user of the invited person and let him in; the link came by mail, so it proves the address.

    Refuses: `invitation_over`, `username_taken`, `address_taken`, and what belonging refuses.
    Records: InvitationAccepted.
    """
    if User.objects.filter(email=invitation.email).exists():
        raise Refused("address_taken", _("You have a sign-in already. Sign in, then open the link again."))
    try:
        with transaction.atomic():
            user = write_user(
                name=name,
                username=username,
                email=invitation.email,
                password=password,
                email_verified_at=now(),
            )
    except IntegrityError as error:
        raise Refused("username_taken", _("This username is taken.")) from error
    newcomer = Actor(kind="user", id=user.pk, name=user.name, door=by.door)
    return _let_in(invitation, user, by=newcomer)


def _let_in(invitation: Invitation, user: User, *, by: Actor) -> Membership:
    customer = locked(invitation.customer, by=by)
    refuse_unless_may_belong(user, customer)
    if invitation.expires_at <= now():
        raise invitation.refuse_move(Invitation.State.ACCEPTED)
    move(invitation, to=Invitation.State.ACCEPTED, accepted_at=now())
    membership = write_membership(
        user, customer, roles=invitation.roles, granted=Membership.Granted.INVITATION, by=by
    )
    settle_pending(user, customer, by)
    fact = InvitationAccepted(invitation.pk, user.pk, user.name, customer.name)
    record(fact, about=invitation, user=user, by=by)
    return membership


def _refuse_beyond_the_limit(by: Actor) -> None:
    """Let no manager use our mail server to write to the world; staff are trusted."""
    most = company().invitations_a_day
    if by.kind == "user" and invitations_sent_by(by, within=DAY) >= most:
        message = _(
            "You have sent %(n)s invitations within 24 hours; more are not possible. Try again tomorrow."
        )
        raise Refused("too_many_invitations", message % {"n": most})


def _require_team(customer: Customer, by: Actor) -> None:
    is_manager_there = by.may(MANAGE_TEAM) and by.customer_id == customer.pk and not by.is_acting
    if not (is_manager_there or by.may(EDIT_MEMBERSHIPS)):
        raise NotAllowed(MANAGE_TEAM)
    require_own_customer(customer, by)
