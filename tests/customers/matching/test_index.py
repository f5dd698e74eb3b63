"""Keys, and the index over them: what has changed leaves nothing behind, and everybody is found by his own name."""

from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bench.memory import MemoryIndex
from claimdesk.customers.matching.candidates import COMPARED, candidates
from claimdesk.customers.matching.index import here
from claimdesk.customers.matching.keys import keys_of, keys_to_ask
from claimdesk.customers.matching.reading import rarity, records_of
from claimdesk.customers.matching.records import Newcomer, Profile, Record
from claimdesk.customers.matching.shortlist import shortlist
from claimdesk.customers.matching.voting import elect
from claimdesk.customers.matching.writing import is_outdated, measure_rarity, rebuild, reindex, tend
from claimdesk.customers.models import Customer, MatchEntry
from tests import make

pytestmark = pytest.mark.django_db
GENTLY = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
NAMES_OF_OTHERS = [
    f"{a}{b}{c}o"
    for a in "bdgkmp"
    for b in "aeiou"
    for c in ("rst", "lm", "nd", "ck", "ph", "tz", "br", "gl")
]
WORDS = st.lists(st.text("abdeiklmnorstuz", min_size=4, max_size=14), min_size=1, max_size=4, unique=True)


def profile(name: str) -> Profile:
    return Profile(Record(names=(name,)))


def on_file(name: str) -> Customer:
    customer = make.customer(name=name)
    reindex([customer.pk])
    return customer


def rows_under(name: str) -> set[int]:
    """Return the customers whom the database's index has under any key of a name."""
    return {customer for _, customer in here().find(sorted(keys_of(profile(name))), 1_000)}


@given(words=WORDS, data=st.data())
@GENTLY
def test_one_wrong_letter_leads_to_a_word_all_the_same(words, data):  # A30
    word = words[0]
    place = data.draw(st.integers(0, len(word) - 1))
    letter = data.draw(st.sampled_from("aeinx"))
    swapped = word[:place] + word[place + 1 : place + 2] + word[place] + word[place + 2 :]
    typed = data.draw(
        st.sampled_from(
            [
                word[:place] + word[place + 1 :],
                word[:place] + letter + word[place:],
                word[:place] + letter + word[place + 1 :],
                swapped,
            ]
        )
    )

    asked = {key.value for key in keys_to_ask(profile(typed)) if key.is_word}

    if len(typed) >= 4 and typed in profile(typed).names[0].words and word in profile(word).names[0].words:
        assert asked & keys_of(profile(word))


@given(words=WORDS, data=st.data())
@GENTLY
def test_order_of_words_and_case_do_not_matter_for_being_found(words, data):  # A30
    others = data.draw(st.permutations(words))
    customer = on_file(" ".join(words))

    found = candidates(Newcomer(name=" ".join(others).upper()), limit=COMPARED)

    assert customer.pk in [candidate.customer_id for candidate in found]
    customer.delete()


@given(names=st.lists(WORDS.map(" ".join), min_size=1, max_size=8), typed=WORDS.map(" ".join))
@GENTLY
def test_the_database_elects_whom_the_reference_elects(names, typed):  # A30
    Customer.objects.all().delete()
    made = [on_file(name).pk for name in names]
    reference = MemoryIndex(records_of(made), frozenset())

    elected = elect(keys_to_ask(profile(typed)), here(), rarity())
    shortlisted = shortlist(typed, elected, here().names_of, COMPARED)

    expected = [other.record.customer_id for other in reference.likeliest(profile(typed), COMPARED)]
    assert shortlisted == expected


def test_of_each_key_at_most_so_many_are_found():  # A30
    for number in range(8):
        on_file(f"Franchi Caseifici {number} Reggiani")
    keys = sorted(keys_of(profile("Franchi Caseifici Reggiani")))

    found = Counter(key for key, _ in here().find(keys, 3))

    assert set(found.values()) == {3}
    assert here().find(keys[:1], 2) == here().find(keys[:1], 8)[:2]


def test_everybody_is_found_after_the_index_was_put_in_order():  # A30
    customers = [on_file(f"Franchi {number} SpA") for number in range(30)]

    tend()

    assert rows_under("Franchi 7 SpA") == {customer.pk for customer in customers}
    assert dict(here().names_of([customers[7].pk])) == {customers[7].pk: "franchi 7 spa"}


def test_a_renamed_customer_leaves_nothing_behind_in_the_index():  # A30
    customer = on_file("Franchi SpA")

    for number in range(5):
        Customer.objects.filter(pk=customer.pk).update(name=f"Reggiani Caseifici {number} SpA")
        reindex([customer.pk])

    assert rows_under("Franchi SpA") == set()
    assert rows_under("Reggiani Caseifici 4 SpA") == {customer.pk}


def test_a_deleted_customer_leaves_nothing_behind_in_the_index():  # A30
    customer = on_file("Franchi SpA")

    customer.delete()

    assert rows_under("Franchi SpA") == set()


def test_the_index_holds_the_keys_of_those_on_file_and_no_others():  # A30
    customers = [on_file(f"Franchi {number} SpA") for number in range(5)]
    Customer.objects.filter(pk=customers[0].pk).update(name="Reggiani Caseifici")
    reindex([customers[0].pk])
    customers[1].delete()
    customers_left = [customer.pk for customer in customers if customer.pk]

    counted = dict(here().common_keys(1))

    profiles = [Profile(record) for record in records_of(customers_left)]
    assert counted == Counter(key for each in profiles for key in keys_of(each))


def test_after_an_update_of_the_rules_everybody_is_filed_anew():  # A30
    customer = on_file("Vins et alcools Chevalier")
    MatchEntry.objects.all().delete()
    assert is_outdated()

    rebuild()

    assert not is_outdated()
    assert rows_under("Vins et alcools Chevalier") == {customer.pk}


def test_a_misspelt_word_beside_a_very_common_one_is_found():  # A30
    others = [make.customer(name=f"{letters} Anlagenbau GmbH").pk for letters in NAMES_OF_OTHERS]
    customer = make.customer(name="Lannielinke Anlagenbau GmbH")
    reindex([*others, customer.pk])
    measure_rarity()

    found = candidates(Newcomer(name="Lannelinke Anlagenbau GmbH"))

    assert [candidate.customer_id for candidate in found][:1] == [customer.pk]


def test_a_newcomer_whose_every_field_is_anothers_is_not_taken_for_one():  # A32
    fields = {
        "email": "info@franchi.example",
        "phone": "+49 621 08460",
        "tax_number": "DE123456789",
        "town": "Torino",
    }
    names = iter(("Franchi SpA", "Reggiani Caseifici", "Magazzini Alimentari", "Bon app"))
    for field, value in fields.items():
        place = {"town": value} if field == "town" else {}
        customer = make.customer(name=next(names), **place, **({} if place else {field: value}))
        reindex([customer.pk])

    found = candidates(Newcomer(name="Rattlesnake Canyon", **fields))

    assert all(candidate.probability < 0.9 for candidate in found)
