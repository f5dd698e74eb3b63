"""Keep the words by which customers and contacts are found."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from claimdesk.customers.models import Address, Alias, Contact, Customer, SearchWord
from claimdesk.customers.search.words import cut, words_of_customer, words_of_email, words_of_text
from claimdesk.kernel.text import fold_number
from claimdesk.ledger.imports.bulk import insert_rows

CHUNK = 2000
Words = dict[int, set[str]]


def refile(customer_ids: Iterable[int]) -> None:
    """File customers and their contacts anew, in the caller's transaction. Set-based: six queries a chunk."""
    ids = list(customer_ids)
    for start in range(0, len(ids), CHUNK):
        chunk = ids[start : start + CHUNK]
        _write(SearchWord.Kind.CUSTOMER, chunk, _words_of_customers(chunk))
        contacts = Contact.objects.filter(customer__in=chunk)
        words = {contact.pk: _words_of_contact(contact) for contact in contacts}
        _write(SearchWord.Kind.CONTACT, list(words), words)


def forget_contact(pk: int) -> None:
    """Drop the words of a contact that is removed."""
    SearchWord.objects.filter(kind=SearchWord.Kind.CONTACT, row_id=pk).delete()


def _words_of_customers(ids: list[int]) -> Words:
    words: dict[int, list[str]] = defaultdict(list)
    for customer in Customer.objects.filter(pk__in=ids, merged_into=None):
        numbers = (customer.number_folded, fold_number(customer.erp_number))
        words[customer.pk] = words_of_customer(
            name=customer.name, email=customer.email, numbers=numbers, places=()
        )
    for address in Address.objects.filter(customer__in=ids, customer__merged_into=None):
        words[address.customer_id] += (address.postcode_folded, *words_of_text(address.town))
    for alias in Alias.objects.filter(customer__in=ids):
        is_number = alias.kind == Alias.Kind.NUMBER
        words[alias.customer_id] += [alias.folded] if is_number else words_of_text(alias.value)
    return {pk: cut(found) for pk, found in words.items()}


def _words_of_contact(contact: Contact) -> set[str]:
    return cut([*words_of_text(contact.name), *words_of_email(contact.email)])


def _write(kind: str, ids: list[int], words: Words) -> None:
    SearchWord.objects.filter(kind=kind, row_id__in=ids).delete()
    file_new(kind, words)


def file_new(kind: str, words: Mapping[int, Iterable[str]]) -> None:
    """File the words of rows that have none yet, in the order of the index by words."""
    kind = str(kind)
    rows = sorted([(word, pk) for pk, found in words.items() for word in found])
    insert_rows(SearchWord, ("kind", "row_id", "word"), [(kind, pk, word) for word, pk in rows])
