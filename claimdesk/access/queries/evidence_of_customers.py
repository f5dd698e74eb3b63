"""What is known of the customer: its domains, its status, and who else it might be."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claimdesk.access.queries.review import Review, town_of
from claimdesk.access.queries.statements import AGAINST, FOR, OPEN, Statement
from claimdesk.customers.matching.fields import domain_of_website
from claimdesk.customers.models import Customer
from claimdesk.kernel.text import domain_of


def statements(review: Review) -> Iterator[Statement]:
    """Yield what the customer's side says."""
    yield from _of_the_domain(review)
    yield from _of_the_status(review)
    yield from _of_others_alike(review)
    yield from _of_siblings(review)


def _of_the_domain(review: Review) -> Iterator[Statement]:
    """Yield what the claimant's e-mail domain proves; a shared one proves nothing (A33)."""
    domain = domain_of(review.claim.user.email)
    words = {"domain": domain}
    if domain in review.seller.shared_domains:
        yield Statement(
            "domain_shared", OPEN, 1, _("Shared mailbox domain %(domain)s: it proves nothing") % words
        )
        return
    confirmed = [one for one in review.domains if one.domain == domain and one.confirmed_at]
    if any(one.customer_id == review.customer.pk for one in confirmed):
        yield Statement(
            "domain_confirmed", FOR, 3, _("The domain %(domain)s is confirmed for this customer") % words
        )
        return
    if confirmed:
        text = _("The domain %(domain)s is confirmed for another customer: %(customer)s")
        other = {**words, "customer": confirmed[0].customer.name}
        yield Statement("domain_of_another", AGAINST, 3, text % other)
        return
    yield from _of_an_unconfirmed_domain(review, domain)


def _of_an_unconfirmed_domain(review: Review, domain: str) -> Iterator[Statement]:
    user = review.claim.user
    contacts = sum(
        domain_of(one.email) == domain for one in review.contacts if one.email and one.email != user.email
    )
    if contacts:
        words = ngettext(
            "%(n)s contact on file has the domain %(domain)s (not confirmed)",
            "%(n)s contacts on file have the domain %(domain)s (not confirmed)",
            contacts,
        )
        yield Statement("domain_of_contacts", FOR, 2, words % {"n": contacts, "domain": domain})
    elif domain == domain_of_website(review.customer.website):
        words = _("The website on file is at %(domain)s (not confirmed)")
        yield Statement("domain_of_website", FOR, 2, words % {"domain": domain})
    elif any(one.domain == domain for one in review.own_domains):
        words = _("The domain %(domain)s is noted for this customer, but not confirmed")
        yield Statement("domain_unconfirmed", OPEN, 1, words % {"domain": domain})


def _of_the_status(review: Review) -> Iterator[Statement]:
    customer, asked_for = review.customer, review.claim.customer
    if asked_for.pk != customer.pk:
        words = _("%(merged)s was merged into %(customer)s; approving gives access to the latter")
        yield Statement("merged", OPEN, 2, words % {"merged": asked_for.name, "customer": customer.name})
    if customer.state == Customer.Status.INACTIVE:
        yield Statement("inactive", AGAINST, 3, _("The customer is Inactive: nobody can be let in"))
    elif customer.state == Customer.Status.NEW:
        words = _("The customer is New itself and has not been checked; access begins when it becomes Active")
        yield Statement("new", AGAINST, 1, words)
    elif customer.state == Customer.Status.ADMIN:
        words = _("The customer is Admin: access begins when it becomes Active")
        yield Statement("admin", OPEN, 2, words)


def _of_others_alike(review: Review) -> Iterator[Statement]:
    """Yield other customers that the claimant may have meant (A32)."""
    alike = [one for one in review.alternatives if (one.probability or 0) >= 0.5]
    known = {one.customer.pk for one in alike}
    named = [(one.customer.name, one.town) for one in alike]
    named += [(one.name, town_of(one)) for one in review.namesakes if one.pk not in known]
    if not named:
        return
    places = "; ".join(f"{name} ({town})" if town else name for name, town in named[:3])
    words = ngettext(
        "Another customer may be meant: %(places)s",
        "%(n)s other customers may be meant: %(places)s",
        len(named),
    )
    yield Statement("ambiguous", AGAINST, 2, words % {"n": len(named), "places": places})


def _of_siblings(review: Review) -> Iterator[Statement]:
    if review.siblings:
        words = ngettext(
            "%(n)s other person waits for this customer",
            "%(n)s other people wait for this customer",
            len(review.siblings),
        )
        yield Statement("siblings", OPEN, 1, words % {"n": len(review.siblings)})
