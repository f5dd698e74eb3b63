"""What is on file at customers that the actor may see."""

from django.db.models import QuerySet

from claimdesk.company.queries.company import company
from claimdesk.customers.models import Address, Alias, Contact, Customer, Domain
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
