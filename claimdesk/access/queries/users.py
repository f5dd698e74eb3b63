"""Users as staff see them, with what they belong to (A72, A86)."""

from django.db.models import Exists, OuterRef, Prefetch, QuerySet, Value

from claimdesk.access.models import AccountClaim, Membership
from claimdesk.customers.search import contacts_named
from claimdesk.customers.search.prefix import beginning_with
from claimdesk.kernel.actor import Actor
from claimdesk.kernel.text import fold
from claimdesk.people.models import User
from claimdesk.people.permissions import VIEW_USERS

MOST = 1_000
MOST_SHOWN = 200


def users(actor: Actor) -> QuerySet[User]:
    """Return the users that `actor` may see: staff all, or those who are or ask to be at their customers."""
    if not actor.is_staff or actor.is_acting or not actor.may(VIEW_USERS):
        return User.objects.none()
    if not actor.only_own_customers:
        return User.objects.all()
    of_mine = {"user": OuterRef("pk"), "customer__representative_id": actor.id}
    members = Membership.objects.filter(state=Membership.State.ACTIVE, **of_mine)
    asking = AccountClaim.objects.filter(state=AccountClaim.State.PENDING, **of_mine)
    return User.objects.filter(Exists(members) | Exists(asking))


def listed_users(actor: Actor) -> QuerySet[User]:
    """Return users with their active memberships and roles at hand as `held`, for the list."""
    held = _seen(actor).filter(state=Membership.State.ACTIVE).select_related("customer")
    return users(actor).prefetch_related(Prefetch("memberships", held, to_attr="held"), "roles")


def _seen(actor: Actor) -> QuerySet[Membership]:
    """Return the memberships that `actor` may see: all, or those at his own customers."""
    if not actor.only_own_customers:
        return Membership.objects.all()
    return Membership.objects.filter(customer__representative_id=actor.id)


def without_customer(rows: QuerySet[User]) -> QuerySet[User]:
    """Narrow to customers' people who belong to none."""
    belonging = Membership.objects.filter(user=OuterRef("pk"), state=Membership.State.ACTIVE)
    return rows.filter(~Exists(belonging), is_staff=False)


def search_users(rows: QuerySet[User], text: str) -> list[int]:
    """Return the keys of users who hit: by the beginning of username, e-mail address or a word of the name (A72)."""
    wanted = text.strip().lower()
    words = (("username_folded", wanted), ("email", wanted), ("name_folded", fold(text)))
    first, *others = (
        rows.filter(beginning_with(column, word)).order_by().values_list(Value(place), column, "pk")
        for place, (column, word) in enumerate(words)
    )  # one after another: an OR over three indexes would walk the table
    hits = first.union(*others, all=True)[:MOST]
    found = [key for _place, _word, key in sorted(hits)]
    contacts = contacts_named(text, most=MOST_SHOWN)
    members = Membership.objects.filter(contact__in=contacts).values("user")
    found += rows.filter(pk__in=members).order_by("name_folded", "pk").values_list("pk", flat=True)[:MOST]
    return list(dict.fromkeys(found))


def find_users(rows: QuerySet[User], text: str) -> list[User]:
    """Return up to 200 of `rows` who hit, best first."""
    keys = search_users(rows, text)[:MOST_SHOWN] if text.strip() else []
    by_key = rows.in_bulk(keys)
    return [by_key[key] for key in keys]


def memberships_of(user: User, actor: Actor) -> QuerySet[Membership]:
    """Return a user's memberships, active ones first."""
    rows = _seen(actor).filter(user=user).select_related("customer")
    return rows.order_by("state", "customer__name_folded", "pk")


def held_membership(actor: Actor, key: int) -> QuerySet[Membership]:
    """Return the active membership with that key, if `actor` may see its user."""
    rows = _seen(actor).filter(pk=key, state=Membership.State.ACTIVE, user__in=users(actor))
    return rows.select_related("customer", "user")
