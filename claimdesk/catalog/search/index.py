"""Keep the words by which products are found."""

from collections.abc import Iterable, Iterator

from claimdesk.catalog.models import Misspelling, Product, ProductWord
from claimdesk.catalog.search.spelling import SHORTEST, spellings
from claimdesk.customers.search.words import cut, words_of_text
from claimdesk.ledger.imports.bulk import insert_rows

CHUNK = 2_000
SHORTEST_END = 4
MOST_WORDS_OF_DESCRIPTION = 200


def refile(product_ids: Iterable[int]) -> None:
    """File products anew, in the caller's transaction. Set-based: five queries a chunk and the rows they write."""
    ids = list(product_ids)
    for start in range(0, len(ids), CHUNK):
        _refile(ids[start : start + CHUNK])


def _refile(ids: list[int]) -> None:
    ProductWord.objects.filter(product__in=ids).delete()
    filed: list[tuple[int, str]] = []
    vocabulary: set[str] = set()
    for product in Product.objects.filter(pk__in=ids).only("number", "name", "description", "ean"):
        words, described = _words_of(product)
        vocabulary |= words | described
        filed += [(product.pk, word) for word in {*_with_ends(words), *described}]
    insert_rows(ProductWord, ("product", "word"), filed)
    _learn(vocabulary)


def _words_of(product: Product) -> tuple[set[str], set[str]]:
    """Return the words of number and name, and those that the description alone has."""
    words = cut([*words_of_text(product.number), *words_of_text(product.name), product.ean])
    described = cut(words_of_text(product.description)[:MOST_WORDS_OF_DESCRIPTION])
    return words, described - words


def _with_ends(words: set[str]) -> Iterator[str]:
    for word in words:
        yield word
        for start in range(1, len(word) - SHORTEST_END + 1):
            yield word[start:]


def _learn(words: set[str]) -> None:
    """Keep the misspellings of words that are new to the catalogue; those of words that are gone find nothing."""
    words = {word for word in words if len(word) >= SHORTEST and not word.isdigit()}
    words -= set(Misspelling.objects.filter(word__in=words).values_list("word", flat=True).distinct())
    rows = [Misspelling(spelling=spelling, word=word) for word in words for spelling in spellings(word)]
    Misspelling.objects.bulk_create(rows, batch_size=5_000, ignore_conflicts=True)
