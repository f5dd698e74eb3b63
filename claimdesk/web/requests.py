"""The request as a page sees it, after our middleware."""

from django.http import HttpRequest

from claimdesk.access.models import Membership
from claimdesk.company.models import Company
from claimdesk.kernel.actor import Actor
from claimdesk.people.models import User


class PageRequest(HttpRequest):
    """Names what the middleware sets, for readers and type checkers; nothing is made of this class.

    `user` is who is signed in; behind a public page it may be nobody, so ask `actor.is_signed_in` first. `memberships`
    are his that count now, asked anew for every request (A80).
    """

    actor: Actor
    memberships: list[Membership]
    seller: Company
    user: User
