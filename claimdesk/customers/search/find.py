"""Look up what somebody typed: every word must begin a word of the row, in any order."""

from typing import Any

from django.db.models import QuerySet

from claimdesk.customers.models import Contact, Customer
from claimdesk.customers.search.tables import CONTACT, CUSTOMER, here
from claimdesk.customers.search.words import asked
from claimdesk.kernel.text import fold, fold_number

MOST_HITS = 1000


def find_customers(rows: QuerySet[Customer], text: str) -> list[int]:
    """Return the keys of the customers among `rows` that hit, best first: number, start of the name, others."""
    hits = rows.filter(pk__in=_hits(CUSTOMER, rows, text))
    number, name = fold_number(text), fold(text)

    def rank(hit: tuple[int, str, str]) -> tuple[int, str]:
        _key, its_number, its_name = hit
        return (0 if its_number == number else 1 if its_name.startswith(name) else 2), its_name

    found = hits.order_by().values_list("pk", "number_folded", "name_folded")
    return [key for key, _number, _name in sorted(found, key=rank)]


def find_contacts(rows: QuerySet[Contact], text: str) -> list[int]:
    """Return the keys of the contacts among `rows` that hit by name or e-mail address, by name."""
    hits = rows.filter(pk__in=_hits(CONTACT, rows, text))
    return list(hits.order_by("name_folded", "pk").values_list("pk", flat=True))


def customers_named(text: str, *, most: int) -> list[int]:
    """Return the keys of at most so many customers that hit, in no order, whoever may see them. One query."""
    words = asked(text)
    return here().hits(CUSTOMER, words, most) if words else []


def contacts_named(text: str, *, most: int) -> list[int]:
    """Return the keys of at most so many contacts that hit, in no order, whoever may see them. One query."""
    words = asked(text)
    return here().hits(CONTACT, words, most) if words else []


def _hits(kind: str, rows: QuerySet[Any], text: str) -> list[int]:
    """Return up to a thousand keys (and one more, to tell that there are more).

    Where that is too many, and few of the first are among `rows`, the rows are walked instead, so that a filter
    never loses hits to the cap.
    """
    words = asked(text)
    if not words:
        return []
    keys: list[int] = here().hits(kind, words, 2 * MOST_HITS)
    if len(keys) <= MOST_HITS:
        return keys
    among = list(rows.filter(pk__in=keys).order_by().values_list("pk", flat=True)[: MOST_HITS + 1])
    if len(among) > MOST_HITS:
        return among
    outer = f'"{rows.model._meta.db_table}"."id"'
    walked = rows.filter(here().condition(kind, words, outer)).order_by()
    return list(walked.values_list("pk", flat=True)[: MOST_HITS + 1])
