"""What speaks for and against an account claim, each in one sentence, the weightiest first (A43, A31)."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from claimdesk.access.queries import evidence_of_customers, evidence_of_people
from claimdesk.access.queries.review import Review
from claimdesk.access.queries.statements import AGAINST, FOR, OPEN, Statement, strength_of
from claimdesk.customers.matching import explain

# The matcher knows these too, but says less: our own sentences name the contact, the domain, the other customers.
SAID_BETTER = frozenset(
    {
        "email_on_file",
        "domain_confirmed",
        "domain_of_contacts",
        "domain_of_website",
        "several_alike",
        "customer_inactive",
        "name_missing",
    }
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """Statements sorted by where they point, the weightiest first; `notes` point nowhere but should be known."""

    speaks_for: list[Statement]
    speaks_against: list[Statement]
    notes: list[Statement]


def evidence_of(review: Review) -> Evidence:
    """Return what speaks for and against the claim, from what the matcher and the files say now."""
    statements = sorted(
        [
            *evidence_of_people.statements(review),
            *evidence_of_customers.statements(review),
            *_of_the_matcher(review),
        ],
        key=lambda one: -one.strength,
    )
    return Evidence(*([one for one in statements if one.speaks == way] for way in (FOR, AGAINST, OPEN)))


def _of_the_matcher(review: Review) -> Iterator[Statement]:
    """Yield the matcher's reasons of today, and those of the day of the claim that hold no more."""
    present = set()
    for reason in review.reasons:
        present.add(reason.code)
        if reason.code not in SAID_BETTER:
            yield Statement(
                reason.code,
                FOR if reason.speaks_for else AGAINST,
                strength_of(reason.weight),
                reason.sentence,
            )
    for stored in review.claim.evidence:
        code, params = stored.get("code", ""), stored.get("params", {})
        if code in present | SAID_BETTER or abs(stored.get("weight", 0)) < 1:
            continue
        words = explain.sentence(code, params)
        yield Statement("held_then", OPEN, 1, _("On the day of the claim: %(reason)s") % {"reason": words})
