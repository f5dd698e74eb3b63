"""Writers of memberships, new accounts, settled account claims, reminders and password links, shared by actions.

They record nothing.
"""

from collections.abc import Iterable, Mapping
from datetime import timedelta

from claimdesk.access.models import AccountClaim, ActingSession, Membership, PasswordLink
from claimdesk.company.models import Company
from claimdesk.customers.actions.writing import write_customer
from claimdesk.customers.matching.writing import index_new_contact, reindex
from claimdesk.customers.models import Address, Contact, Customer, CustomerGroup
from claimdesk.kernel.actor import Actor
from claimdesk.kernel.clock import now
from claimdesk.kernel.tokens import new_nonce
from claimdesk.ledger.actions.timers import cancel_timers_of, set_timers_of
from claimdesk.ledger.models import subject_key
from claimdesk.people.models import User

DEFAULT_ROLES = ("buyer", "service")
REMINDER, ESCALATION = "account_claim.reminder", "account_claim.escalation"
LINKS_LAST = {
    PasswordLink.Purpose.LOGIN_DETAILS: timedelta(days=7),
    PasswordLink.Purpose.RESET: timedelta(hours=2),
}


def write_membership(
    user: User,
    customer: Customer,
    *,
    roles: Iterable[str] = DEFAULT_ROLES,
    granted: str,
    by: Actor,
) -> Membership:
    """Give `user` an active membership with `roles`; one row a user and customer, whoever comes first.

    A member is a contact on file: one with his address, else a new one. A disabled one is enabled again, for
    whoever grants access means it. A member who comes back has the limit and the papers of before.
    """
    contact = _contact_of(user, customer)
    return _write_member(user, customer, contact=contact, roles=set(roles), granted=granted, by=by)


def _write_member(
    user: User, customer: Customer, *, contact: Contact, roles: set[str], granted: str, by: Actor
) -> Membership:
    """Insert or renew the row, in one statement."""
    fields = {
        "state": Membership.State.ACTIVE,
        "is_buyer": "buyer" in roles,
        "is_service": "service" in roles,
        "is_manager": "manager" in roles,
        "granted": granted,
        "granted_by_name": by.name,
        "since": now(),
        "ended_at": None,
        "contact": contact,
    }
    membership = Membership(user=user, customer=customer, **fields)
    Membership.objects.bulk_create(
        [membership], update_conflicts=True, unique_fields=["user", "customer"], update_fields=list(fields)
    )
    return membership


def _contact_of(user: User, customer: Customer) -> Contact:
    on_file = (
        Contact.objects.filter(customer=customer, email=user.email).order_by("-is_enabled", "pk").first()
    )
    if on_file is None:
        contact = _new_contact(user, customer)
        index_new_contact(contact)
        return contact
    if not on_file.is_enabled:
        on_file.is_enabled = True
        on_file.save(update_fields=["is_enabled"])
    return on_file


def _new_contact(user: User, customer: Customer) -> Contact:
    return Contact.objects.create(customer=customer, name=user.name, email=user.email, title=user.title)


def write_removal(membership: Membership) -> None:
    """End a membership; its row stays, to be granted anew.

    Its contact is disabled: the address of somebody whom the account let go proves nothing any more (A9).
    """
    membership.state, membership.ended_at = Membership.State.REMOVED, now()
    membership.save(update_fields=["state", "ended_at"])
    Contact.objects.filter(pk=membership.contact_id or 0).update(is_enabled=False)


def write_new_account(
    user: User,
    requested: Mapping[str, str],
    *,
    seller: Company,
    by: Actor,
    representative_id: int | None = None,
) -> Customer:
    """Make the customer that `user` described, with the seller's defaults (A14-A16) and him as first manager.

    Takes: `requested`, named as the fields of onboarding. An e-mail address that is another customer's account
    address is left out; without one the customer cannot be Active (A63) and so stays New.
    """
    email = "" if Customer.objects.filter(email=user.email).exists() else user.email
    status = seller.new_account_status if email else Customer.Status.NEW
    customer = write_customer(
        kind=requested.get("kind") or Customer.Kind.BUSINESS,
        name=requested.get("organization") or user.name,
        email=email,
        state=status,
        first_activated_at=now() if status == Customer.Status.ACTIVE else None,
        terms=seller.default_terms,
        price_group=seller.default_price_group,
        representative_id=representative_id or seller.default_representative_id,
        origin=Customer.Origin.REGISTRATION,
        **{name: requested.get(name) or "" for name in ("phone", "website", "tax_number")},
    )
    if seller.default_groups:
        customer.groups.set(CustomerGroup.objects.filter(pk__in=seller.default_groups))
    place = {name: requested.get(name) or "" for name in ("street", "postcode", "town", "country")}
    if any(place.values()):
        Address.objects.create(customer=customer, kind=Address.Kind.BILLING, is_default=True, **place)
    contact, roles = _new_contact(user, customer), {*DEFAULT_ROLES, "manager"}
    granted = Membership.Granted.FIRST_MANAGER
    _write_member(user, customer, contact=contact, roles=roles, granted=granted, by=by)
    reindex([customer.pk])
    return customer


def set_reminders(claim: AccountClaim, *, seller: Company) -> None:
    """Have staff reminded of the claim, and others if that does not help (A56)."""
    after = {REMINDER: seller.remind_after_hours, ESCALATION: seller.escalate_after_hours}
    due = {kind: now() + timedelta(hours=hours) for kind, hours in after.items() if hours}
    set_timers_of(subject_key(claim), due)


def cancel_reminders(claim: AccountClaim) -> None:
    """Remind nobody of the claim any more: it is decided, or the applicant is awaited."""
    cancel_timers_of(subject_key(claim), (REMINDER, ESCALATION))


def settle_pending(user: User, customer: Customer, by: Actor) -> int:
    """Settle the pending account claim of `user` on `customer`: access was gained another way (A58).

    Returns: how many were settled, 0 or 1.
    """
    at = now()
    theirs = AccountClaim.objects.filter(user=user, customer=customer)
    settled = theirs.filter(state=AccountClaim.State.PENDING).update(
        state=AccountClaim.State.APPROVED,
        decision=AccountClaim.Decision.SETTLED,
        decided_customer=customer,
        decided_by_id=by.id,
        decided_by_name=by.name,
        decided_at=at,
        changed_at=at,
    )
    if settled:
        cancel_reminders(theirs.get(decision=AccountClaim.Decision.SETTLED, decided_at=at))
    return settled


def write_password_link(user: User, *, purpose: str, customer: Customer | None = None) -> PasswordLink:
    """Make a link to set a password; it voids the earlier ones of this user, whatever they were for (A62)."""
    PasswordLink.objects.filter(user=user, used_at=None, voided_at=None).update(voided_at=now())
    return PasswordLink.objects.create(
        user=user,
        customer=customer,
        purpose=purpose,
        nonce=new_nonce(),
        expires_at=now() + LINKS_LAST[PasswordLink.Purpose(purpose)],
    )


def write_ways_in_closed(customer: Customer) -> None:
    """Void the open links to set a password for the customer, and end that staff act for it."""
    PasswordLink.objects.filter(customer=customer, used_at=None, voided_at=None).update(voided_at=now())
    ActingSession.objects.filter(customer=customer, ended_at=None).update(ended_at=now())


def void_password_links(user: User) -> None:
    """Make every outstanding link of `user` void."""
    PasswordLink.objects.filter(user=user, used_at=None, voided_at=None).update(voided_at=now())
