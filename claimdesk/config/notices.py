"""Who is told what under the bell: reactions that put a line there."""

from collections.abc import Iterable

from django.db.models import Q

from claimdesk.access.permissions import DECIDE_ACCOUNT_CLAIMS
from claimdesk.access.queries.account_claims import account_claims
from claimdesk.access.queries.members import members, people_of, reads_papers_of
from claimdesk.aftersales.permissions import EDIT_RECLAMATIONS, EDIT_RMAS
from claimdesk.aftersales.queries.reclamations import reclamations
from claimdesk.aftersales.queries.rmas import reader_of, rma_with_id
from claimdesk.customers.models import Customer
from claimdesk.customers.permissions import CHANGE_STATUS
from claimdesk.customers.queries.customers import customers
from claimdesk.kernel.actor import SYSTEM
from claimdesk.ledger.models import Event
from claimdesk.orders.models import Order
from claimdesk.orders.queries.orders import orders
from claimdesk.people.actions.notifications import notify
from claimdesk.people.models import User
from claimdesk.people.permissions import EDIT_USERS
from claimdesk.people.queries.staff import staff_who_may
from claimdesk.people.queries.users import users_with_ids
from claimdesk.warranty.queries.transfers import transfer_with_id


def account_claim_waits(event: Event) -> str:
    """Tell those of staff who may decide it."""
    claim = account_claims(SYSTEM).filter(pk=event.data["claim_id"]).first()
    deciders = staff_who_may(DECIDE_ACCOUNT_CLAIMS)
    return _told(event, _in_scope(deciders, claim.customer if claim else None), "account_claims_waiting")


def account_claim_news(event: Event) -> str:
    """Tell the applicant."""
    claim = account_claims(SYSTEM).filter(pk=event.data["claim_id"]).first()
    return _told(event, [claim.user] if claim else [], "account_claim_news")


def new_account(event: Event) -> str:
    """Tell those of staff who may activate it."""
    customer = customers(SYSTEM).filter(pk=event.data["customer_id"]).first()
    return _told(event, _in_scope(staff_who_may(CHANGE_STATUS), customer), "new_accounts")


def account_news(event: Event) -> str:
    """Tell the account's people of its status."""
    return _told(event, users_with_ids(event.data["member_ids"]), "account_news")


def new_contact(event: Event) -> str:
    """Tell the account's managers who joined."""
    customer = customers(SYSTEM).filter(pk=event.data["customer_id"]).first()
    joined = event.data["user_id"]
    managers = members(customer).filter(is_manager=True).exclude(user_id=joined) if customer else []
    return _told(event, [membership.user for membership in managers], "account_news")


def order_placed(event: Event) -> str:
    """Tell the account's managers of an order that waits for them; the person for whom staff ordered, of his."""
    order = _order_of(event)
    if order is None or order.approval != Order.Approval.PENDING:
        return order_news(event)
    managers = members(order.customer).filter(is_manager=True)
    return _told(event, [membership.user for membership in managers], "orders_waiting")


def order_news(event: Event) -> str:
    """Tell who placed the order, while he is of the account."""
    order = _order_of(event)
    person = order.placed_by if order else None
    if order is None or person is None or person.is_staff or not reads_papers_of(person, order.customer):
        return _told(event, [], "order_news")
    return _told(event, [person], "order_news")


def claim_waits(event: Event) -> str:
    """Tell those of staff who work on reclamations that a customer opened one."""
    reclamation = reclamations(SYSTEM).filter(pk=event.data["reclamation_id"]).first()
    if reclamation is None or not reclamation.is_by_customer:
        return "opened by staff"
    return _told(event, _in_scope(staff_who_may(EDIT_RECLAMATIONS), reclamation.customer), "claims_waiting")


def rma_news(event: Event) -> str:
    """Tell who claimed, where he is known, else the customer's people, of an RMA that was issued before."""
    rma = rma_with_id(event.data["rma_id"])
    if rma is None or rma.issued_at is None:
        return "never issued"
    person = reader_of(rma)
    return _told(event, [person] if person else people_of(rma.customer), "rma_news")


def rma_waits(event: Event) -> str:
    """Tell those of staff who work on RMAs."""
    rma = rma_with_id(event.data["rma_id"])
    customer = rma.customer if rma else None
    return _told(event, _in_scope(staff_who_may(EDIT_RMAS), customer), "rmas_waiting")


def unit_offered(event: Event) -> str:
    """Tell those of the account that is asked to take a unit over who may decide it."""
    transfer = transfer_with_id(event.data["transfer_id"])
    return _told(event, _who_register(transfer.to_customer if transfer else None), "unit_news")


def unit_taken_over(event: Event) -> str:
    """Tell those of the account that had the unit."""
    transfer = transfer_with_id(event.data["transfer_id"])
    return _told(event, _who_register(transfer.from_customer if transfer else None), "unit_news")


def security_alert(event: Event) -> str:
    """Tell those of staff who look after users."""
    return _told(event, staff_who_may(EDIT_USERS), "security_alerts")


def _order_of(event: Event) -> Order | None:
    rows = orders(SYSTEM).select_related("customer", "placed_by")
    return rows.filter(pk=event.data["order_id"]).first()


def _who_register(customer: Customer | None) -> list[User]:
    """The people of an account who register its units."""
    rows = members(customer).filter(Q(is_service=True) | Q(is_manager=True)) if customer else []
    return [membership.user for membership in rows]


def _in_scope(staff: Iterable[User], customer: Customer | None) -> list[User]:
    return [
        person
        for person in staff
        if not person.only_own_customers or (customer and customer.representative_id == person.pk)
    ]


def _told(event: Event, users: Iterable[User], notice: str) -> str:
    others = [user for user in users if user.pk != event.actor_id]
    return f"{notify(event, users=others, notice=notice, by=SYSTEM)} told in the page"
