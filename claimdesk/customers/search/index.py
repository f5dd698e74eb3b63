"""Keep the words by which customers and contacts are found."""

from collections import defaultdict
from collections.abc import Iterable

from claimdesk.customers.models import Address, Alias, Contact, Customer
from claimdesk.customers.search.tables import CONTACT, CUSTOMER, here
from claimdesk.customers.search.words import cut, words_of_customer, words_of_email, words_of_text
from claimdesk.kernel.text import fold_number

CHUNK = 2000
Words = dict[int, set[str]]


def refile(customer_ids: Iterable[int]) -> None:
    """File customers and their contacts anew, in the caller's transaction. Set-based: six queries a chunk."""
    ids = list(customer_ids)
    for start in range(0, len(ids), CHUNK):
        chunk = ids[start : start + CHUNK]
        _write(CUSTOMER, chunk, _words_of_customers(chunk))
        refile_contacts(Contact.objects.filter(customer__in=chunk))


def refile_contacts(contacts: Iterable[Contact], *, new: Iterable[tuple[int, str, str]] = ()) -> None:
    """File these contacts anew, and `new` ones that have no words yet: (key, name, e-mail address)."""
    words = {contact.pk: _words_of_contact(contact.name, contact.email) for contact in contacts}
    changed = list(words)
    words |= {key: _words_of_contact(name, email) for key, name, email in new}
    _write(CONTACT, changed, words)


def forget_contact(pk: int) -> None:
    """Drop the words of a contact that is removed."""
    here().forget(CONTACT, [pk])


def forget_all() -> None:
    """Drop all words; what is filed anew afterwards has its own."""
    here().clear()


def _words_of_customers(ids: list[int]) -> Words:
    words: dict[int, list[str]] = defaultdict(list)
    standing = Customer.objects.filter(pk__in=ids, merged_into=None)
    for pk, name, email, number, erp_number in standing.values_list(
        "pk", "name", "email", "number_folded", "erp_number"
    ):
        numbers = (number, fold_number(erp_number))
        words[pk] = words_of_customer(name=name, email=email, numbers=numbers, places=())
    places = Address.objects.filter(customer__in=ids, customer__merged_into=None)
    for pk, postcode, town in places.values_list("customer", "postcode_folded", "town"):
        words[pk] += (postcode, *words_of_text(town))
    for pk, kind, value, folded in Alias.objects.filter(customer__in=ids).values_list(
        "customer", "kind", "value", "folded"
    ):
        words[pk] += [folded] if kind == Alias.Kind.NUMBER else words_of_text(value)
    return {pk: cut(found) for pk, found in words.items()}


def _words_of_contact(name: str, email: str) -> set[str]:
    return cut([*words_of_text(name), *words_of_email(email)])


def _write(kind: str, ids: list[int], words: Words) -> None:
    if ids:
        here().forget(kind, ids)
    if words:
        here().insert(kind, [(key, " ".join(found)) for key, found in words.items()])


def file_new_customers(words: Iterable[tuple[int, str]]) -> None:
    """File the words of customers that have none yet: (key, words with a blank between)."""
    here().insert(CUSTOMER, words)
