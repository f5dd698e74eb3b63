"""Contacts with their sign-ins: one list of those who have one and those who have none (A78)."""

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Lower

from claimdesk.access.models import Membership
from claimdesk.customers.models import Contact, Customer
from claimdesk.customers.queries.on_file import contacts
from claimdesk.customers.search import find_contacts, find_customers
from claimdesk.customers.search.prefix import beginning_with
from claimdesk.kernel.actor import Actor
from claimdesk.people.models import User

MOST_CUSTOMERS = 50


def contacts_with_sign_in(actor: Actor) -> QuerySet[Contact]:
    """Return contacts with `username` and `user_id` of the active member whose contact it is, or None."""
    members = Membership.objects.filter(contact=OuterRef("pk"), state=Membership.State.ACTIVE)
    return contacts(actor).annotate(
        username=Subquery(members.values("user__username")[:1]),
        user_id=Subquery(members.values("user_id")[:1]),
    )


def having_sign_in(rows: QuerySet[Contact], has_sign_in: bool) -> QuerySet[Contact]:
    """Narrow contacts to those with, or without, a sign-in."""
    members = Exists(Membership.objects.filter(contact=OuterRef("pk"), state=Membership.State.ACTIVE))
    return rows.filter(members) if has_sign_in else rows.exclude(members)


def search_contacts(rows: QuerySet[Contact], text: str) -> list[int]:
    """Return the keys of contacts that hit, best first: by username, name or e-mail address, by customer (A72)."""
    named = User.objects.annotate(folded=Lower("username"))
    users = list(
        named.filter(beginning_with("folded", text.strip().lower())).values_list("pk", flat=True)[:200]
    )
    by_username = Membership.objects.filter(user__in=users, contact__isnull=False)
    theirs_on_file = list(by_username.values_list("contact_id", flat=True))
    found = list(rows.filter(pk__in=theirs_on_file).values_list("pk", flat=True)) + find_contacts(rows, text)
    customers = find_customers(Customer.objects.all(), text)[:MOST_CUSTOMERS]
    theirs = rows.filter(customer__in=customers).order_by("name_folded", "pk")
    found += theirs.values_list("pk", flat=True)[:1000] if customers else []
    return list(dict.fromkeys(found))
