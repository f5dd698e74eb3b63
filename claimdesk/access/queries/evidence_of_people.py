"""What is known of the claimant: his address, his name, his colleagues, what he was told before."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from rapidfuzz import fuzz

from claimdesk.access.models import AccountClaim
from claimdesk.access.queries.review import Review
from claimdesk.access.queries.statements import AGAINST, FOR, OPEN, Statement
from claimdesk.customers.models import Contact
from claimdesk.kernel import dates
from claimdesk.kernel.text import domain_of, same_mailbox
from claimdesk.people.queries.usernames import ROLE_MAILBOXES

MUCH_ALIKE = 90


def statements(review: Review) -> Iterator[Statement]:
    """Yield what the claimant's person says."""
    if review.claim.is_proved:
        words = _("Proved by account number, billing postcode and a recent invoice number")
        yield Statement("proved", FOR, 3, words)
    yield from _of_the_user(review)
    yield from _of_the_address(review)
    yield from _of_the_name(review)
    yield from _of_colleagues(review)
    yield from _of_denials(review)


def _of_the_user(review: Review) -> Iterator[Statement]:
    user = review.claim.user
    if not user.is_active:
        yield Statement("user_disabled", AGAINST, 3, _("The user is disabled"))
    if not user.is_verified:
        yield Statement("not_verified", AGAINST, 3, _("The e-mail address is not verified"))
    if review.claim.is_stale:
        words = _(
            "The e-mail address was changed after the claim; what rested on the old one no longer counts"
        )
        yield Statement("stale", AGAINST, 2, words)
    if domain_of(user.email).startswith("xn--") or ".xn--" in domain_of(user.email):
        words = _("The e-mail domain has letters that can look like others: %(domain)s")
        yield Statement("look_alike", AGAINST, 2, words % {"domain": domain_of(user.email)})


def _of_the_address(review: Review) -> Iterator[Statement]:
    """Yield how the e-mail address stands on file, if it does."""
    email, customer = review.claim.user.email, review.customer
    since = next((one.since for one in review.stale if one.email == email), None)
    if since is not None:
        words = _("The e-mail address ceased to prove anything for this customer on %(day)s")
        yield Statement("stale_address", AGAINST, 2, words % {"day": dates.day(since)})
        return
    strength = 2 if email.partition("@")[0] in ROLE_MAILBOXES else 3
    if customer.email == email:
        yield Statement("account_address", FOR, strength, _("The e-mail address is the account's own"))
    contact = next((one for one in review.contacts if one.email == email), None)
    if contact is not None:
        yield _on_file(contact, strength)
    elif customer.email != email:
        yield from _of_another_spelling(review)
    if strength == 2:
        yield Statement("role_mailbox", OPEN, 1, _("Several people may read this mailbox"))


def _on_file(contact: Contact, strength: int) -> Statement:
    name = {"name": contact.name}
    if contact.is_enabled:
        return Statement(
            "contact", FOR, strength, _("The e-mail address is on file: contact %(name)s") % name
        )
    words = _("The e-mail address is that of a disabled contact: %(name)s")
    return Statement("contact_disabled", AGAINST, 2, words % name)


def _of_another_spelling(review: Review) -> Iterator[Statement]:
    mailbox = same_mailbox(review.claim.user.email)
    near = next((one for one in review.contacts if one.email and same_mailbox(one.email) == mailbox), None)
    if near is not None:
        words = _("The e-mail address is another spelling of %(email)s, contact %(name)s")
        yield Statement("contact_spelling", FOR, 2, words % {"email": near.email, "name": near.name})


def _of_the_name(review: Review) -> Iterator[Statement]:
    """Yield whether a person of that name is on file, under another address than the claimant's."""
    user = review.claim.user
    others = [one for one in review.contacts if one.email != user.email]
    same = next((one for one in others if one.name_folded == user.name_folded), None)
    if same is not None:
        words = _("A contact of the same name is on file: %(name)s (%(email)s)")
        yield Statement("name_of_contact", FOR, 2, words % {"name": same.name, "email": same.email or "–"})
        return
    for one in others:
        if fuzz.token_sort_ratio(one.name_folded, user.name_folded) >= MUCH_ALIKE:
            words = _("A contact of a similar name is on file: %(name)s (%(email)s)")
            yield Statement(
                "name_near_contact", FOR, 1, words % {"name": one.name, "email": one.email or "–"}
            )
            return


def _of_colleagues(review: Review) -> Iterator[Statement]:
    domain = domain_of(review.claim.user.email)
    if domain in review.seller.shared_domains:
        return
    colleagues = sum(domain_of(one.user.email) == domain for one in review.memberships)
    if colleagues:
        words = ngettext(
            "%(n)s person with the same e-mail domain already has access",
            "%(n)s people with the same e-mail domain already have access",
            colleagues,
        )
        yield Statement("colleagues", FOR, 2, words % {"n": colleagues})


def _of_denials(review: Review) -> Iterator[Statement]:
    """Yield earlier denials of the same user, mailbox or name (A47)."""
    user = review.claim.user
    here = {review.customer.pk, review.claim.customer_id}
    for denial in review.denials:
        if denial.customer_id in here:
            words = _("Denied on this customer before, by %(name)s on %(day)s")
            yield Statement("denied_here", AGAINST, 3, words % _decided(denial))
            break
    elsewhere = sum(one.customer_id not in here for one in review.denials)
    if elsewhere:
        words = ngettext(
            "Denied on %(n)s other customer before", "Denied on %(n)s other customers before", elsewhere
        )
        yield Statement("denied_elsewhere", AGAINST, 2, words % {"n": elsewhere})
    own = {one.pk for one in review.denials}
    for denial in review.claims:
        is_denied = denial.state == AccountClaim.State.DENIED and denial.pk not in own
        if is_denied and denial.user.name_folded == user.name_folded:
            words = _("Somebody of the same name was denied here before, by %(name)s on %(day)s")
            yield Statement("denied_name", AGAINST, 3, words % _decided(denial))
            break


def _decided(claim: AccountClaim) -> dict[str, str]:
    day = dates.day(claim.decided_at) or "–"
    return {"name": claim.decided_by_name or "–", "day": day}
