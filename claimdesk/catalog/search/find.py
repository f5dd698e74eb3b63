"""Look up what somebody typed: every word must stand in the product, whole, in part, or with a typing error."""

from django.db.models import Q, QuerySet

from claimdesk.catalog.models import Misspelling, Product, ProductWord
from claimdesk.catalog.search.spelling import is_misspelt, spellings
from claimdesk.customers.search.prefix import beginning_with
from claimdesk.customers.search.words import asked
from claimdesk.kernel.text import fold

MOST_HITS = 1000
Asked = list[list[str]]


def find_products(rows: QuerySet[Product], text: str) -> list[int]:
    """Return the keys of up to a thousand of `rows` that hit (and one more, to tell that there are more), best first.

    First the number itself, then what begins like it, then names that begin so, then the others. Typing errors count
    only where nothing is spelled so. One query, or three.
    """
    words = asked(text)
    if not words:
        return []
    hits = _hits(rows, words)
    if not hits and (meant := _as_meant(words)) != words:
        hits = _hits(rows, meant)
    typed = fold(text)

    def rank(hit: tuple[int, str, str]) -> tuple[int, str, int]:
        key, number, name = hit
        if number == typed:
            return 0, name, key
        return 1 if number.startswith(typed) else 2 if name.startswith(typed) else 3, name, key

    return [key for key, _number, _name in sorted(hits, key=rank)]


def _hits(rows: QuerySet[Product], words: Asked) -> list[tuple[int, str, str]]:
    for meant in words:
        condition = Q()
        for word in meant:
            condition |= beginning_with("word", word)
        rows = rows.filter(pk__in=ProductWord.objects.filter(condition).values("product"))
    found = rows.order_by("name_folded", "pk").values_list("pk", "number_folded", "name_folded")
    return list(found[: MOST_HITS + 1])


def _as_meant(words: Asked) -> Asked:
    """Return for each word those of the catalogue that may be meant, beside itself."""
    under = {spelling for meant in words for word in meant for spelling in spellings(word)}
    near = set(Misspelling.objects.filter(spelling__in=under).values_list("word", flat=True))
    return [
        [*meant, *sorted(word for word in near if any(is_misspelt(typed, word) for typed in meant))]
        for meant in words
    ]
