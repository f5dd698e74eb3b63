"""Who belongs to a customer, and whom a change of its status touches."""

from dataclasses import dataclass

from django.db.models import QuerySet

from claimdesk.access.models import AccountClaim, Invitation, Membership
from claimdesk.customers.models import Contact, Customer
from claimdesk.kernel.text import fold_email
from claimdesk.people.models import User


def members(customer: Customer) -> QuerySet[Membership]:
    """Return the active memberships of a customer, managers first, with user and contact."""
    return (
        Membership.objects.filter(customer=customer, state=Membership.State.ACTIVE)
        .select_related("user", "contact")
        .order_by("-is_manager", "user__name_folded", "pk")
    )


def people_of(customer: Customer) -> QuerySet[User]:
    """Return the users who belong to a customer, by name."""
    belonging = Membership.objects.filter(customer=customer, state=Membership.State.ACTIVE)
    return User.objects.filter(pk__in=belonging.values("user"), is_active=True).order_by("name_folded", "pk")


def addresses_at(customer: Customer) -> set[str]:
    """Return the e-mail addresses of a customer's side: its own, its people's and its contacts', folded."""
    people = people_of(customer).values_list("email", flat=True)
    contacts = Contact.objects.filter(customer=customer).values_list("email", flat=True)
    return {fold_email(address) for address in (customer.email, *people, *contacts) if address}


def reads_papers_of(person: User, customer: Customer) -> bool:
    """Tell whether mail about the customer's papers may go to the person: active, and of it, or of the one that it
    was merged into with its papers to see (A74). Who has left is not told any more what becomes of what he began.
    """
    if not person.is_active:
        return False
    own = Membership.objects.filter(user=person, state=Membership.State.ACTIVE)
    held = own.exclude(contact__is_enabled=False).values_list("customer_id", "sees_merged")
    return any(customer.pk in (key, *merged) for key, merged in held)


def account_user(customer: Customer) -> User | None:
    """Return the member whom login details are for: the one with the account address, else the first manager."""
    people = [membership.user for membership in members(customer).order_by("-is_manager", "since", "pk")]
    by_address = (user for user in people if user.email == customer.email)
    return next(by_address, people[0] if people else None)


@dataclass(frozen=True, slots=True)
class Touched:
    """What a customer's becoming Inactive touches: shown before one confirms (A64)."""

    members: list[Membership]
    account_claims: list[AccountClaim]
    invitations: list[Invitation]

    @property
    def is_anything(self) -> bool:
        return bool(self.members or self.account_claims or self.invitations)


def touched_by_deactivation(customer: Customer) -> Touched:
    """Return who loses access, and what stays open, when the customer becomes Inactive."""
    pending = AccountClaim.objects.filter(customer=customer, state=AccountClaim.State.PENDING)
    return Touched(
        members=list(members(customer)),
        account_claims=list(pending.select_related("user").order_by("created_at")),
        invitations=list(
            Invitation.objects.filter(customer=customer, state=Invitation.State.OPEN).order_by("created_at")
        ),
    )
