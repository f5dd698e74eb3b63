"""Look up what somebody typed: every word must begin a word of the row, in any order."""

from typing import Any

from django.db.models import QuerySet

from claimdesk.customers.models import Contact, Customer
from claimdesk.customers.search.tables import CONTACT, CUSTOMER, here
from claimdesk.customers.search.words import asked
from claimdesk.kernel.text import fold, fold_number

MOST_HITS = 1000
LOOKED_UP = 1100  # a few more, for those that are not among the rows


def find_customers(rows: QuerySet[Customer], text: str) -> list[int]:
    """Return the keys of the customers among `rows` that hit, best first: number, start of the name, others."""
    number, name = fold_number(text), fold(text)

    def rank(hit: tuple[int, str, str]) -> tuple[int, str]:
        _key, its_number, its_name = hit
        return (0 if its_number == number else 1 if its_name.startswith(name) else 2), its_name

    hits = _hits(CUSTOMER, rows, text, "pk", "number_folded", "name_folded")
    return [key for key, _number, _name in sorted(hits, key=rank)]


def find_contacts(rows: QuerySet[Contact], text: str) -> list[int]:
    """Return the keys of the contacts among `rows` that hit by name or e-mail address, by name."""
    return [key for _name, key in sorted(_hits(CONTACT, rows, text, "name_folded", "pk"))]


def customers_named(text: str, *, most: int) -> list[int]:
    """Return the keys of at most so many customers that hit, in no order, whoever may see them. One query."""
    words = asked(text)
    return here().hits(CUSTOMER, words, most) if words else []


def contacts_named(text: str, *, most: int) -> list[int]:
    """Return the keys of at most so many contacts that hit, in no order, whoever may see them. One query."""
    words = asked(text)
    return here().hits(CONTACT, words, most) if words else []


def _hits(kind: str, rows: QuerySet[Any], text: str, *fields: str) -> list[Any]:
    """Return the fields of up to a thousand of the rows that hit (and one more, to tell that there are more).

    Where words alone find too many, and few of the first of these are among `rows`, the rows are walked instead,
    so that a filter never loses hits to the cap.
    """
    words = asked(text)
    if not words:
        return []
    keys: list[int] = here().hits(kind, words, LOOKED_UP)
    wanted = rows.order_by().values_list(*fields)
    found = list(wanted.filter(pk__in=keys)[: MOST_HITS + 1])
    if len(keys) < LOOKED_UP or len(found) > MOST_HITS:
        return found
    outer = f'"{rows.model._meta.db_table}"."id"'
    return list(wanted.filter(here().condition(kind, words, outer))[: MOST_HITS + 1])
