"""Look up what somebody typed: every word must begin a word of the row, in any order."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from claimdesk.customers.models import Contact, Customer, SearchWord
from claimdesk.customers.search.prefix import beginning_with
from claimdesk.customers.search.words import asked
from claimdesk.kernel.text import fold, fold_number

MOST_HITS = 1000
MOST_COUNTED = 5000


def find_customers(rows: QuerySet[Customer], text: str) -> list[int]:
    """Return the keys of the customers among `rows` that hit, best first: number, start of the name, others."""
    hits = rows.filter(pk__in=_hits(SearchWord.Kind.CUSTOMER, rows, text))
    number, name = fold_number(text), fold(text)

    def rank(hit: tuple[int, str, str]) -> tuple[int, str]:
        _key, its_number, its_name = hit
        return (0 if its_number == number else 1 if its_name.startswith(name) else 2), its_name

    found = hits.order_by().values_list("pk", "number_folded", "name_folded")
    return [key for key, _number, _name in sorted(found, key=rank)]


def find_contacts(rows: QuerySet[Contact], text: str) -> list[int]:
    """Return the keys of the contacts among `rows` that hit by name or e-mail address, by name."""
    hits = rows.filter(pk__in=_hits(SearchWord.Kind.CONTACT, rows, text))
    return list(hits.order_by("name_folded", "pk").values_list("pk", flat=True))


def _hits(kind: str, rows: QuerySet[Any], text: str) -> list[int]:
    """Return up to a thousand keys (and one more, to tell that there are more).

    The rarest word is looked up, the others are asked of its hits. Where that is too many and `rows` are
    narrowed, the narrowed rows are walked instead, so that a filter never loses hits to the cap.
    """
    conditions = [_condition(kind, meant) for meant in asked(text)]
    if not conditions:
        return []
    counts = [SearchWord.objects.filter(one)[:MOST_COUNTED].count() for one in conditions]
    rarest = counts.index(min(counts))
    others = [one for place, one in enumerate(conditions) if place != rarest]
    hits = SearchWord.objects.filter(conditions[rarest])
    for other in others:
        hits = hits.filter(Exists(SearchWord.objects.filter(other, row_id=OuterRef("row_id"))))
    keys = list(dict.fromkeys(hits.values_list("row_id", flat=True)[: 2 * MOST_HITS]))[: MOST_HITS + 1]
    if len(keys) <= MOST_HITS or not rows.query.where:
        return keys
    walked = rows
    for one in conditions:
        walked = walked.filter(Exists(SearchWord.objects.filter(one, row_id=OuterRef("pk"))))
    return list(walked.order_by().values_list("pk", flat=True)[: MOST_HITS + 1])


def _condition(kind: str, meant: list[str]) -> Q:
    either = Q()
    for prefix in meant:
        either |= beginning_with("word", prefix)
    return Q(either, kind=kind)
