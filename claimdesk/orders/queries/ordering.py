"""Who may order for whom, and what must hold at that moment; each refuses with the reason (O5, O6, O22)."""

from datetime import date

from django.utils.translation import gettext as _

from claimdesk.access.models import Membership
from claimdesk.company.models import Company
from claimdesk.customers.models import Address, Customer
from claimdesk.customers.queries.customers import require_own_customer
from claimdesk.kernel.actor import Actor
from claimdesk.kernel.clock import today
from claimdesk.kernel.refused import NotAllowed, Refused
from claimdesk.orders.models import Order
from claimdesk.orders.permissions import CHANGE_ORDERS, ORDER_FOR_CUSTOMERS, PLACE_ORDERS
from claimdesk.people.models import User

Status = Customer.Status


def require_to_order(customer: Customer, by: Actor) -> None:
    """Raise NotAllowed unless `by` may order for the customer: as its buyer, or as staff for it."""
    if by.may(PLACE_ORDERS) and by.customer_id == customer.pk:
        return
    by.require(ORDER_FOR_CUSTOMERS)
    require_own_customer(customer, by)


def require_to_change(order: Order, by: Actor) -> None:
    """Raise NotAllowed unless `by` may change the order: as a buyer of its account, or as staff for it."""
    if by.may(PLACE_ORDERS) and by.customer_id == order.customer_id:
        return
    by.require(CHANGE_ORDERS)
    require_own_customer(order.customer, by)


def is_for_themselves(customer: Customer, by: Actor) -> bool:
    """Tell whether the customer's own people order, not staff for them."""
    return by.kind == "user" and by.customer_id == customer.pk


def held(customer: Customer) -> Customer:
    """Return the customer's row as it is now; nobody changes its status, and no other order of it is placed, until
    the transaction ends.
    """
    return Customer.objects.select_for_update(of=("self",), no_key=True).get(pk=customer.pk)


def refuse_status(customer: Customer, by: Actor) -> None:
    """Refuse a customer whose status lets nobody order, or staff only, saying what happens next (O5, O6)."""
    own = is_for_themselves(customer, by)
    if customer.merged_into_id is not None or customer.state == Status.INACTIVE:
        words = (
            _("Your account is not active; please ask us.")
            if own
            else _("%(name)s is Inactive; activate it, and orders are possible.")
        )
        raise Refused("customer_inactive", words % {"name": customer.name})
    if customer.state == Status.NEW:
        words = (
            _("Your account is new. We look at it and write to you as soon as you can order.")
            if own
            else _("%(name)s is New. Change it to Admin, and staff can order for it.")
        )
        raise Refused("customer_new", words % {"name": customer.name})
    if own and customer.state == Status.ADMIN:
        words = _(
            "We order for your account; call us or write to us. You can do so yourself once it is active."
        )
        raise Refused("customer_admin", words)


def refuse_wishes(
    customer: Customer,
    *,
    ship_to: Address | None,
    wished_on: date | None,
    person: User | None,
    seller: Company,
) -> None:
    """Refuse a day that is over, an address of somebody else, and a person who does not belong to the customer."""
    if wished_on is not None and wished_on < today(seller.time_zone):
        raise Refused("wished_day_past", _("The wished date is over."))
    if ship_to is not None and ship_to.customer_id != customer.pk:
        raise NotAllowed("own addresses")
    if person is not None and not _belongs(person, customer):
        words = _("%(person)s does not belong to %(customer)s.")
        raise Refused("not_a_member", words % {"person": person.name, "customer": customer.name})


def approval_for(customer: Customer, total: int, *, seller: Company, by: Actor) -> str:
    """Return whether a manager of the customer must approve an order of `total`: where a buyer is above his limit."""
    if by.id is None or not (seller.order_approval and is_for_themselves(customer, by)):
        return Order.Approval.NOT_NEEDED
    own = Membership.objects.get(user_id=by.id, customer=customer)
    if own.is_manager or own.order_limit is None or total <= own.order_limit:
        return Order.Approval.NOT_NEEDED
    return Order.Approval.PENDING


def address_for(customer: Customer) -> Address | None:
    """Return where goods go unless one says so: the default shipping address, else any, else the billing address."""
    rows = list(Address.objects.filter(customer=customer).order_by("pk"))
    shipping = [row for row in rows if row.kind == Address.Kind.SHIPPING]
    return next((row for row in shipping if row.is_default), next(iter([*shipping, *rows]), None))


def _belongs(person: User, customer: Customer) -> bool:
    return Membership.objects.filter(user=person, customer=customer, state=Membership.State.ACTIVE).exists()
