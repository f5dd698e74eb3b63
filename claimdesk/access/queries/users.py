"""Users, as far as the actor may see them, and found by what somebody typed."""

from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Lower

from claimdesk.access.models import Membership
from claimdesk.customers.models import Contact
from claimdesk.customers.search import find_contacts
from claimdesk.customers.search.prefix import beginning_with
from claimdesk.kernel.actor import Actor
from claimdesk.kernel.text import fold, tidy
from claimdesk.people.models import User
from claimdesk.people.permissions import VIEW_USERS

MOST_HITS = 200


def users(actor: Actor) -> QuerySet[User]:
    """Return the users that `actor` may see: staff all, or the members of their own customers."""
    if actor.kind == "system":
        return User.objects.all()
    if not actor.is_staff or actor.is_acting or not actor.may(VIEW_USERS):
        return User.objects.none()
    if actor.only_own_customers:
        theirs = Membership.objects.filter(user=OuterRef("pk"), customer__representative_id=actor.id)
        return User.objects.filter(Exists(theirs))
    return User.objects.all()


def find_users(rows: QuerySet[User], text: str) -> list[User]:
    """Return up to 200 of `rows` by the beginning of username, e-mail address, or a word of the name."""
    typed = tidy(text).casefold()
    if not typed:
        return []
    own = rows.annotate(username_folded=Lower("username"), email_folded=Lower("email")).filter(
        beginning_with("username_folded", typed)
        | beginning_with("email_folded", typed)
        | beginning_with("name_folded", fold(text))
    )
    contacts = find_contacts(Contact.objects.all(), text)[:MOST_HITS]
    members = Membership.objects.filter(contact__in=contacts).values("user")
    found: dict[int, User] = {user.pk: user for user in own.order_by("name_folded", "pk")[:MOST_HITS]}
    found |= {user.pk: user for user in rows.filter(pk__in=members)[:MOST_HITS]}
    return list(found.values())[:MOST_HITS]
