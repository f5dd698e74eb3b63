"""Account claims, as far as the actor may see them."""

from django.db.models import QuerySet

from claimdesk.access.models import AccountClaim
from claimdesk.access.permissions import VIEW_ACCOUNT_CLAIMS
from claimdesk.kernel.actor import Actor


def account_claims(actor: Actor) -> QuerySet[AccountClaim]:
    """Return the account claims that `actor` may see: staff all or those on their customers, users their own."""
    claims = AccountClaim.objects.select_related("user", "customer")
    if actor.kind == "system":
        return claims
    if actor.is_staff and not actor.is_acting and actor.may(VIEW_ACCOUNT_CLAIMS):
        return claims.filter(customer__representative_id=actor.id) if actor.only_own_customers else claims
    if actor.kind == "user" and actor.id is not None:
        return claims.filter(user_id=actor.id)
    return claims.none()
