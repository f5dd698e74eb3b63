"""Who may belong to which customer at all."""

from django.utils.translation import gettext as _

from claimdesk.access.queries.members import members
from claimdesk.customers.models import Customer
from claimdesk.kernel.refused import Refused
from claimdesk.people.models import User


def refuse_staff(user: User) -> None:
    """Refuse to let a person of staff belong to a customer: he would decide on what is his own."""
    if user.is_staff:
        raise Refused("staff_cannot_belong", _("Staff act for a customer instead of belonging to it."))


def refuse_unless_may_belong(user: User, customer: Customer) -> None:
    """Refuse to let somebody belong to a customer where that makes no sense."""
    refuse_staff(user)
    if customer.state == Customer.Status.INACTIVE:
        raise Refused("customer_inactive", _("The customer is Inactive."))
    if members(customer).filter(user=user).exists():
        message = _("%(user)s belongs to %(customer)s already.") % {
            "user": user.name,
            "customer": customer.name,
        }
        raise Refused("already_a_member", message)
