"""What must hold at the moment in which an account claim is decided (A53); each refuses with the reason."""

from django.utils.translation import gettext as _

from claimdesk.access.models import AccountClaim
from claimdesk.access.models.account_claim import UNDO_MINUTES
from claimdesk.customers.models import Customer
from claimdesk.kernel.actor import Actor
from claimdesk.kernel.refused import Refused
from claimdesk.people.models import User


def survivor(customer: Customer) -> Customer:
    """Return the customer that a merged one lives on in, or itself."""
    while customer.merged_into is not None:
        customer = customer.merged_into
    return customer


def hold(claim: AccountClaim, *, also: tuple[str, ...] = ()) -> None:
    """Read the row anew with its user and customer; the row is locked, and of the others those of `also`."""
    rows = AccountClaim.objects.select_related("user", "customer")
    claim.refresh_from_db(from_queryset=rows.select_for_update(no_key=True, of=("self", *also)))


def hold_pending(claim: AccountClaim, *, also: tuple[str, ...] = ()) -> None:
    """Read the row anew under lock, and refuse if it is decided (A52)."""
    hold(claim, also=also)
    if claim.state != AccountClaim.State.PENDING:
        raise claim.refuse_move(AccountClaim.State.APPROVED)


def refuse_unless_theirs(claim: AccountClaim, by: Actor) -> None:
    """Refuse an own account claim, and one on a customer that is not theirs to those who are limited."""
    if by.id is not None and by.id == claim.user_id:
        raise Refused("own_claim", _("Nobody decides on an own account claim."))
    _refuse_other_representative(claim.customer, by)


def refuse_unless_verified(user: User) -> None:
    """Refuse a user, whose row is held, if he is disabled or his e-mail address is not verified."""
    if not user.is_active:
        raise Refused("user_disabled", _("%(name)s is disabled.") % {"name": user.name})
    if not user.is_verified:
        message = _("The e-mail address of %(name)s is not verified.")
        raise Refused("not_verified", message % {"name": user.name})


def held(customer: Customer) -> Customer:
    """Return the customer as it is now, under lock."""
    return Customer.objects.select_for_update(no_key=True).get(pk=customer.pk)


def refuse_unless_may_enter(customer: Customer, by: Actor) -> None:
    """Refuse a customer, whose row is held, if it is Inactive or not theirs."""
    if customer.state == Customer.Status.INACTIVE or customer.merged_into_id is not None:
        message = _("%(name)s is Inactive; nobody can be let in.")
        raise Refused("customer_inactive", message % {"name": customer.name})
    _refuse_other_representative(customer, by)


def refuse_unless_undoable(claim: AccountClaim, by: Actor) -> None:
    """Refuse to take back what is not decided, too old, settled otherwise, or asked again meanwhile."""
    refuse_unless_theirs(claim, by)
    if claim.state == AccountClaim.State.PENDING:
        raise claim.refuse_move(AccountClaim.State.PENDING)
    if claim.decision == AccountClaim.Decision.SETTLED:
        raise Refused("not_undoable", _("Access was gained another way; remove it at the customer."))
    if not claim.is_undoable:
        message = _("A decision can be taken back for %(minutes)s minutes.")
        raise Refused("too_late_to_undo", message % {"minutes": UNDO_MINUTES})
    rivals = AccountClaim.objects.filter(
        user_id=claim.user_id, customer_id=claim.customer_id, state=AccountClaim.State.PENDING
    )
    if rivals.exists():
        raise Refused("pending_again", _("Meanwhile the same person asked for the same customer again."))


def _refuse_other_representative(customer: Customer, by: Actor) -> None:
    if by.only_own_customers and customer.representative_id != by.id:
        raise Refused("not_your_customer", _("This customer has another representative."))
