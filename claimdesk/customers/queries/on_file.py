"""What is on file at customers that the actor may see."""

from django.db.models import QuerySet

from claimdesk.company.queries.company import company
from claimdesk.customers.models import Address, Alias, Contact, Customer, Domain, DuplicatePair
from claimdesk.customers.permissions import VIEW_CUSTOMERS
from claimdesk.customers.queries.customers import customers
from claimdesk.kernel.actor import Actor
from claimdesk.kernel.text import domain_of


def addresses(actor: Actor) -> QuerySet[Address]:
    """Return addresses, the billing one first."""
    found = Address.objects.filter(customer__in=customers(actor)).select_related("customer")
    return found.order_by("kind", "-is_default", "pk")


def contacts(actor: Actor) -> QuerySet[Contact]:
    """Return contacts with their customers; none of a customer that was merged away."""
    found = Contact.objects.select_related("customer").filter(customer__merged_into=None)
    sees_all = actor.is_staff and not actor.is_acting and not actor.only_own_customers
    return found if sees_all and actor.may(VIEW_CUSTOMERS) else found.filter(customer__in=customers(actor))


def domains(actor: Actor) -> QuerySet[Domain]:
    """Return e-mail domains."""
    return Domain.objects.filter(customer__in=customers(actor)).select_related("customer", "confirmed_by")


def aliases_of(customer: Customer) -> list[Alias]:
    """Return the old numbers and names of a customer."""
    return list(Alias.objects.filter(customer=customer).order_by("kind", "pk"))


def domains_to_confirm(customer: Customer, contacts: list[Contact], known: list[Domain]) -> list[str]:
    """Return the domains of a customer's addresses that are no shared mailbox domains and not known yet."""
    found = {domain_of(address) for address in (customer.email, *(contact.email for contact in contacts))}
    return sorted(found - {""} - {row.domain for row in known} - set(company().shared_domains))


def pairs_with(customer: Customer) -> list[DuplicatePair]:
    """Return the open pairs of a customer, best first."""
    return list(duplicate_pairs_of(customer).order_by("-probability", "-pk")[:5])


def duplicate_pairs_of(customer: Customer) -> QuerySet[DuplicatePair]:
    """Return the open pairs in which a customer stands."""
    either = DuplicatePair.objects.filter(first=customer) | DuplicatePair.objects.filter(second=customer)
    return open_pairs(either)


def open_pairs(rows: QuerySet[DuplicatePair]) -> QuerySet[DuplicatePair]:
    """Return those of `rows` that nobody decided and whose customers both still stand."""
    return rows.filter(
        state=DuplicatePair.State.OPEN, first__merged_into=None, second__merged_into=None
    ).select_related("first", "second")


def duplicate_pairs(actor: Actor) -> QuerySet[DuplicatePair]:
    """Return the pairs whose two customers `actor` may both see."""
    pairs = DuplicatePair.objects.select_related("first", "second")
    if actor.only_own_customers or not actor.is_staff:
        seen = customers(actor)
        return pairs.filter(first__in=seen, second__in=seen)
    return pairs
