"""Earlier denials: what was denied is not asked again automatically (A47)."""

from django.db.models import Q, QuerySet

from claimdesk.access.models import AccountClaim
from claimdesk.customers.models import Customer
from claimdesk.kernel.text import same_mailbox
from claimdesk.people.models import User


def denials_of(user: User) -> QuerySet[AccountClaim]:
    """Return the denied account claims of this person: the same user, or another one with the same mailbox."""
    mailbox = same_mailbox(user.email)
    return AccountClaim.objects.filter(Q(user=user) | Q(mailbox=mailbox), state=AccountClaim.State.DENIED)


def was_denied(user: User, customer: Customer) -> bool:
    """Tell whether this person was denied access to `customer`, or to one that was merged into it."""
    at = Q(customer=customer) | Q(customer__merged_into=customer)
    return denials_of(user).filter(at).exists()
