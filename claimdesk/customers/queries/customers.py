"""Customers, as far as the actor may see them."""

from django.db.models import OuterRef, QuerySet, Subquery

from claimdesk.customers.models import Address, Customer, CustomerGroup
from claimdesk.customers.permissions import VIEW_CUSTOMERS
from claimdesk.customers.search import customers_named
from claimdesk.kernel.actor import Actor
from claimdesk.kernel.partial_indexes import as_in_the_index
from claimdesk.kernel.refused import NotAllowed
from claimdesk.kernel.text import fold_number

MOST_COUNTED = 1000
MOST_KEYS = 200


def customers(actor: Actor) -> QuerySet[Customer]:
    """Return the customers that `actor` may see: staff all or their own, others the one in hand."""
    if actor.is_staff and not actor.is_acting and actor.may(VIEW_CUSTOMERS):
        if actor.only_own_customers:
            return Customer.objects.filter(representative_id=actor.id)
        return Customer.objects.all()
    if actor.kind == "system":
        return Customer.objects.all()
    return Customer.objects.filter(pk=actor.customer_id) if actor.customer_id else Customer.objects.none()


def require_own_customer(customer: Customer, by: Actor) -> None:
    """Raise NotAllowed where staff limited to their own customers would change another (A53)."""
    if by.only_own_customers and customer.representative_id != by.id:
        raise NotAllowed("own customers")


def listed_customers(actor: Actor) -> QuerySet[Customer]:
    """Return the customers of a list: none merged away, with representative, `town` and `postcode` of billing."""
    billing = Address.objects.filter(customer=OuterRef("pk"), kind=Address.Kind.BILLING)
    return (
        customers(actor)
        .filter(merged_into=None)
        .select_related("representative")
        .annotate(
            town=Subquery(billing.values("town")[:1]), postcode=Subquery(billing.values("postcode")[:1])
        )
    )


def without_email(rows: QuerySet[Customer]) -> QuerySet[Customer]:
    """Narrow to customers without e-mail address."""
    return rows.filter(email=as_in_the_index(""))


def of_origin(rows: QuerySet[Customer], origin: str) -> QuerySet[Customer]:
    """Narrow to customers of an origin; all but imports are few."""
    if origin != Customer.Origin.IMPORT:
        rows = rows.exclude(origin=as_in_the_index(Customer.Origin.IMPORT.value))
    return rows.filter(origin=origin)


def new_accounts_count(actor: Actor) -> int:
    """Return how many customers have status New, up to a thousand (and one more, to tell that there are more)."""
    new = customers(actor).filter(state=Customer.Status.NEW, merged_into=None)
    return new.order_by()[: MOST_COUNTED + 1].count()


def customer_groups() -> QuerySet[CustomerGroup]:
    """Return all groups by name."""
    return CustomerGroup.objects.order_by("name")


def customer_to_hand_on_to(number: str) -> Customer | None:
    """Return the Active customer with that number, the survivor where it was merged; for those who typed it whole."""
    found = Customer.objects.select_related("merged_into").filter(number_folded=fold_number(number) or number)
    customer = found.first()
    if customer is not None and customer.merged_into is not None:
        customer = customer.merged_into
    return customer if customer is not None and customer.state == Customer.Status.ACTIVE else None


def keys_of_customers(text: str) -> list[int]:
    """Return the keys of the customers with that number, merged ones too, or of that name; for the audit log."""
    numbered = Customer.objects.filter(number_folded=fold_number(text) or text)
    return [*numbered.values_list("pk", flat=True), *customers_named(text, most=MOST_KEYS)]
