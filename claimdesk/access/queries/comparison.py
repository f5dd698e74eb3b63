"""What the claimant typed beside what is on file, field by field, with the differences marked."""

from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from claimdesk.access.queries.review import Review
from claimdesk.customers.matching import fields
from claimdesk.customers.matching.normalise import normalise_name
from claimdesk.kernel.text import fold

SAME, DIFFERENT, ONE_SIDED = "same", "different", "one_sided"
Comparable = Callable[[str], Hashable]
WORDS = {SAME: _("same"), DIFFERENT: _("different"), ONE_SIDED: _("only on one side")}


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of text; `differs` where the other side has another."""

    text: str
    differs: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One field on both sides. `verdict` is SAME, DIFFERENT or ONE_SIDED."""

    label: str | Promise
    typed: list[Part]
    on_file: list[Part]
    verdict: str

    @property
    def verdict_words(self) -> str | Promise:
        return WORDS[self.verdict]


def _country(code: str) -> str:
    return str(countries.name(code)) or code


def comparison_of(review: Review) -> list[Line]:
    """Return the fields that either side has."""
    return [_line(label, typed, on_file, alike) for label, typed, on_file, alike in _pairs(review)]


def _pairs(review: Review) -> Iterator[tuple[Promise, str, str, bool]]:
    typed, customer, place = review.newcomer, review.customer, review.billing
    country = typed.country or (place.country if place else "")
    sides = (
        (_("Organization"), typed.name, customer.name, _name),
        (_("E-mail"), typed.email, _email_on_file(review), fields.email),
        (
            _("Tax number"),
            typed.tax_number,
            customer.tax_number,
            lambda text: fields.tax_number(text, country),
        ),
        (_("Street"), typed.street, place.street if place else "", fields.street),
        (
            _("Postcode"),
            typed.postcode,
            place.postcode if place else "",
            lambda text: fields.postcode(text, country),
        ),
        (_("Town"), typed.town, place.town if place else "", fields.town),
        (_("Country"), _country(typed.country), _country(place.country if place else ""), fold),
        (_("Phone"), typed.phone, customer.phone, lambda text: fields.phone(text, country)),
        (_("Website"), typed.website, customer.website, fields.domain_of_website),
    )
    for label, one, other, comparable in sides:
        if one or other:
            yield label, one, other, _alike(one, other, comparable)


def _email_on_file(review: Review) -> str:
    """Return the claimant's own address if it is on file, else the account's."""
    email = review.claim.user.email
    return email if any(one.email == email for one in review.contacts) else review.customer.email


def _alike(one: str, other: str, comparable: Comparable) -> bool:
    return fold(one) == fold(other) or bool(comparable(one) and comparable(one) == comparable(other))


def _name(text: str) -> tuple[str, ...]:
    return tuple(sorted(normalise_name(text).words))


def _line(label: Promise, typed: str, on_file: str, alike: bool) -> Line:
    if not (typed and on_file):
        return Line(label, [Part(typed)], [Part(on_file)], ONE_SIDED)
    if alike:
        return Line(label, [Part(typed)], [Part(on_file)], SAME)
    return Line(label, *_marked(typed, on_file), DIFFERENT)


def _marked(one: str, other: str) -> tuple[list[Part], list[Part]]:
    """Return both texts in parts; texts with little in common differ as a whole."""
    matcher = SequenceMatcher(a=one.casefold(), b=other.casefold(), autojunk=False)
    if len(one) != len(one.casefold()) or len(other) != len(other.casefold()) or matcher.ratio() < 0.5:
        return [Part(one, True)], [Part(other, True)]
    left, right = [], []
    for operation, a, b, c, d in matcher.get_opcodes():
        differs = operation != "equal"
        left += [Part(one[a:b], differs)] if a < b else []
        right += [Part(other[c:d], differs)] if c < d else []
    return left, right
