"""Account claims, as far as the actor may see them."""

from datetime import datetime

from django.db.models import Q, QuerySet

from claimdesk.access.models import AccountClaim
from claimdesk.access.permissions import VIEW_ACCOUNT_CLAIMS
from claimdesk.customers.search import customers_named
from claimdesk.customers.search.prefix import beginning_with
from claimdesk.kernel.actor import Actor
from claimdesk.kernel.counting import capped_counts
from claimdesk.kernel.text import fold, tidy
from claimdesk.people.models import User

MOST_HITS = 1000
MOST_WORDS = 5
LATEST = 20


def account_claims(actor: Actor) -> QuerySet[AccountClaim]:
    """Return the account claims that `actor` may see: staff all or those on their customers, users their own."""
    claims = AccountClaim.objects.select_related("user", "customer")
    if actor.kind == "system":
        return claims
    if actor.is_staff and not actor.is_acting and actor.may(VIEW_ACCOUNT_CLAIMS):
        return claims.filter(customer__representative_id=actor.id) if actor.only_own_customers else claims
    if actor.kind == "user":
        return claims.filter(user_id=actor.id or 0)
    return claims.none()


def pending_count(actor: Actor, *, at_most: int = MOST_HITS) -> int:
    """Return how many account claims wait for a decision, counted up to one more than `at_most`."""
    pending = account_claims(actor).filter(state=AccountClaim.State.PENDING)
    return pending.order_by()[: at_most + 1].count()


def oldest_pending(actor: Actor) -> datetime | None:
    """Return since when the oldest account claim waits for a decision."""
    pending = account_claims(actor).filter(state=AccountClaim.State.PENDING).order_by("created_at", "pk")
    return pending.values_list("created_at", flat=True).first()


def counts_by_state(actor: Actor) -> dict[str, int]:
    """Return how many account claims there are: in each state, with the `applicant` awaited, in `all`; capped."""
    rows = account_claims(actor)
    by_state = {str(state): rows.filter(state=state) for state in AccountClaim.State}
    asked = by_state[AccountClaim.State.PENDING].filter(awaiting=AccountClaim.Awaiting.APPLICANT)
    return capped_counts({**by_state, "applicant": asked, "all": rows})


def version_of_account_claims(actor: Actor) -> str:
    """Return a word that changes whenever an account claim that `actor` may see is made or changed (A50).

    The newest alone would miss a change that began before it and was committed after it.
    """
    changes = account_claims(actor).order_by("-changed_at").values_list("pk", "changed_at")
    return " ".join(f"{key}@{at.timestamp()}" for key, at in changes[:LATEST])


def search_account_claims(rows: QuerySet[AccountClaim], text: str) -> list[int]:
    """Return the keys of the claims among `rows` that hit by person or customer, pending and newest first.

    A person hits by parts of the name, or by the beginning of username or e-mail address; a customer by the
    beginnings of words.
    """
    customers = customers_named(text, most=MOST_HITS)
    hits = rows.filter(Q(user_id__in=_people(text)) | Q(customer_id__in=customers)).order_by("-pk")
    states = dict(hits.values_list("pk", "state")[: MOST_HITS + 1])
    return sorted(states, key=lambda key: (states[key] != AccountClaim.State.PENDING, -key))


def _people(text: str) -> list[int]:
    """Return the keys of up to a thousand users. One after another: an OR would read the whole table, not indexes."""
    named = User.objects.order_by()
    for word in tidy(text).split()[:MOST_WORDS]:
        named = named.filter(name_folded__contains=fold(word))
    wanted = tidy(text).lower()
    by_email = User.objects.filter(beginning_with("email", wanted))
    by_username = User.objects.filter(beginning_with("username_folded", wanted))
    found = by_username.values("pk").union(by_email.values("pk"), named.values("pk"), all=True)
    return [row["pk"] for row in found[:MOST_HITS]]
