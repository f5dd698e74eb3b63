"""Contacts with their sign-ins: one list of those who have one and those who have none (A78)."""

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from claimdesk.access.models import Membership
from claimdesk.customers.models import Contact
from claimdesk.customers.queries.on_file import contacts
from claimdesk.customers.search import customers_named, find_contacts
from claimdesk.customers.search.prefix import beginning_with
from claimdesk.kernel.actor import Actor
from claimdesk.people.models import User

MOST_CUSTOMERS = 50
MOST_USERS = 200


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
    users = User.objects.filter(beginning_with("username_folded", text.strip().lower()))[:MOST_USERS]
    members = Membership.objects.filter(user__in=users.values("pk"), contact__isnull=False)
    found = list(rows.filter(pk__in=members.values("contact")).values_list("pk", flat=True))
    found += find_contacts(rows, text)
    customers = customers_named(text, most=MOST_CUSTOMERS)
    theirs = rows.filter(customer__in=customers).order_by("name_folded", "pk")
    found += theirs.values_list("pk", flat=True)[:1000] if customers else []
    return list(dict.fromkeys(found))
