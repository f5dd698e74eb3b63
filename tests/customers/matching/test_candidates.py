"""Whom on file might a newcomer be: found, ranked, explained; the index right after every change."""

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claimdesk.customers.matching.candidates import candidates, is_ambiguous
from claimdesk.customers.matching.records import Newcomer
from claimdesk.customers.matching.writing import measure_rarity, rebuild, reindex
from claimdesk.customers.models import Alias, Customer, MatchEntry
from tests import make

pytestmark = pytest.mark.django_db


def on_file(name: str, **fields) -> Customer:
    """Return a customer who is in the index."""
    customer = make.customer(name=name, **fields)
    reindex([customer.pk])
    return customer


def found(**fields) -> list[int]:
    return [candidate.customer_id for candidate in candidates(Newcomer(**fields))]


@pytest.mark.parametrize(
    "typed",
    [
        "ERNST HANDEL",
        "Ernst Händel Gesellschaft mit beschränkter Haftung",
        "handel, ernst",
        "Ernst-Handel GmbH",
        "Ernts Handel GmbH",
        "Ernst Handl",
        "Ernsthandel GmbH",
        "Erst Handel",
    ],
)
def test_a_name_is_found_in_any_dress(typed):  # A30
    customer = on_file("Ernst Handel GmbH", town="Graz", country="AT")
    on_file("Königlich Essen AG")

    assert found(name=typed, town="Graz")[:1] == [customer.pk]


@pytest.mark.parametrize(
    "fields",
    [
        {"email": "buyer@blauersee.de"},
        {"phone": "0621 08460"},
        {"tax_number": "DE 123 456 789"},
        {"email": "Purchasing@Blauersee.de"},
    ],
)
def test_other_fields_find_a_customer_of_whose_name_nothing_is_left(fields):  # A30
    customer = on_file(
        "Blauer See Delikatessen",
        email="purchasing@blauersee.de",
        phone="+49 621 08460",
        tax_number="DE123456789",
        country="DE",
        town="Mannheim",
    )

    assert customer.pk in found(name="Somebody Else", country="DE", **fields)


def test_candidates_are_ranked_and_say_why():  # A31
    right = on_file("Wartian Herkku Oy", tax_number="FI12345678", town="Oulu", country="FI")
    on_file("Wartian Kala Oy", town="Helsinki", country="FI")

    best, *others = candidates(
        Newcomer(name="Wartian Herku", tax_number="FI 1234 5678", town="Oulu", country="FI")
    )

    assert best.customer_id == right.pk
    assert 0.9 < best.probability <= 1
    assert all(other.probability < best.probability for other in others)
    sentences = [reason.sentence for reason in best.reasons if reason.speaks_for]
    assert "same tax number" in sentences
    assert "name differs by one letter: Herku / Herkku" in sentences


def test_what_speaks_against_is_said_too():  # A31
    on_file("Wartian Herkku Oy", tax_number="FI12345678", town="Oulu", country="FI")

    best = candidates(Newcomer(name="Wartian Herkku", tax_number="FI87654321", town="Turku"))[0]

    against = [reason.code for reason in best.reasons if not reason.speaks_for]
    assert "tax_number_other" in against


def test_domain_of_contacts_is_counted():  # A31
    customer = on_file("Romero y tomillo SL")
    for person in ("ana", "luis"):
        make.contact(customer, email=f"{person}@romero.example")
    reindex([customer.pk])

    best = candidates(Newcomer(name="Romero tomillo", email="neu@romero.example"))[0]

    assert "domain of 2 contacts" in [reason.sentence for reason in best.reasons]


def test_two_customers_alike_are_ambiguous():  # A32
    on_file("Galería del gastrónomo")
    on_file("Galeria del Gastronomo S.L.")

    matched = candidates(Newcomer(name="Galeria del gastronomo"))

    assert len(matched) == 2
    assert is_ambiguous(matched)
    assert all(candidate.probability < 0.6 for candidate in matched)


def test_one_customer_alike_is_not_ambiguous():  # A32
    on_file("Galería del gastrónomo", town="Barcelona")
    on_file("Godos Cocina Típica", town="Sevilla")

    assert not is_ambiguous(candidates(Newcomer(name="Galeria del gastronomo", town="Barcelona")))


def test_a_shared_mailbox_domain_finds_nobody():  # A33
    on_file("Piccolo und mehr", email="piccolo@gmx.at")

    assert found(name="Rattlesnake Canyon Grocery", email="rattle@gmx.at") == []


def test_a_domain_below_a_confirmed_one_does_not_count():  # A33
    customer = on_file("Hanari Carnes")
    make.domain(customer, "hanari.example")
    reindex([customer.pk])

    assert found(name="Zaanse Koeken", email="me@mail.hanari.example") == []
    assert found(name="Zaanse Koeken", email="me@hanari.example") == [customer.pk]


def test_an_unconfirmed_domain_does_not_count():  # A33
    customer = on_file("Hanari Carnes")
    make.domain(customer, "hanari.example", confirmed=False)
    reindex([customer.pk])

    assert found(name="Zaanse Koeken", email="me@hanari.example") == []


def test_an_inactive_customer_is_found_and_flagged():  # A34
    on_file("Old World Delicatessen", state="inactive")

    best = candidates(Newcomer(name="Old World Delicatessen"))[0]

    assert best.is_inactive
    assert "customer is inactive" in [reason.sentence for reason in best.reasons]


def test_a_renamed_customer_is_found_by_the_new_name_only():  # A30
    customer = on_file("Franchi SpA")
    customer.name = "Reggiani Caseifici SpA"
    customer.save()
    reindex([customer.pk])

    assert found(name="Franchi") == []
    assert found(name="Reggiani Caseifici") == [customer.pk]


def test_an_earlier_name_kept_as_alias_still_finds_the_customer():  # A30
    customer = on_file("Reggiani Caseifici SpA")
    Alias.objects.create(customer=customer, kind=Alias.Kind.NAME, value="Franchi SpA", folded="franchi spa")
    reindex([customer.pk])

    assert found(name="Franchi") == [customer.pk]


def test_a_customer_merged_away_is_no_candidate():  # A30
    survivor = on_file("Save-a-lot Markets")
    merged = on_file("Save a lot Market")
    Customer.objects.filter(pk=merged.pk).update(merged_into=survivor, state="inactive")
    reindex([survivor.pk, merged.pk])

    assert found(name="Save a lot Market") == [survivor.pk]


def test_what_is_rolled_back_is_not_found():  # A30
    with transaction.atomic():
        on_file("Seven Seas Imports")
        before = found(name="Seven Seas Imports")
        transaction.set_rollback(True)

    assert len(before) == 1
    assert found(name="Seven Seas Imports") == []


def test_a_deleted_customer_is_not_found():  # A30
    customer = on_file("Simons bistro")
    customer.delete()

    assert found(name="Simons bistro") == []


def written() -> list[tuple[int, object]]:
    """Return the entries as they lie in the database."""
    place = "ctid" if connection.vendor == "postgresql" else "rowid"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT customer_id, {place} FROM customers_matchentry")
        return cursor.fetchall()


def test_filing_again_what_has_not_changed_writes_nothing():  # A30
    customer = on_file("Toms Spezialitäten")
    before = written()

    reindex([customer.pk])

    assert written() == before


def test_the_index_can_be_rebuilt():  # A30
    customer = on_file("Vins et alcools Chevalier")
    MatchEntry.objects.all().delete()
    assert found(name="Vins et alcools Chevalier") == []

    rebuild()

    assert found(name="Vins et alcools Chevalier") == [customer.pk]


def test_a_thousand_customers_of_one_name_are_answered_without_certainty():  # A32
    alike = [
        Customer(
            number=f"T{n}",
            number_folded=f"t{n}",
            name="Alfreds Futterkiste",
            name_folded="alfreds futterkiste",
        )
        for n in range(1000)
    ]
    made = Customer.objects.bulk_create(alike)
    reindex([customer.pk for customer in made])
    measure_rarity()

    matched = candidates(Newcomer(name="Alfreds Futterkiste"))

    assert len(matched) == 5
    assert is_ambiguous(matched)
    assert all(candidate.probability < 0.1 for candidate in matched)


HOSTILE = [
    "",
    " ",
    "x",
    "GmbH",
    "GmbH & Co. KG",
    "..., !?",
    "😀🏭🏭",
    "\x00\x01\x1b[31m",
    'שלום עולם בע"מ',
    "‮ABC Handel‬",
    "a" * 10_000,
    "Handel " * 2_000,
    "' OR 1=1 --",
    '" NEAR( * ^',
    "{1,2}",
    "%s %(name)s",
]


@pytest.mark.parametrize("typed", HOSTILE)
def test_hostile_names_get_an_answer_and_no_certainty(typed):  # A30
    on_file("Ernst Handel GmbH")
    on_file(typed[:200].replace("\x00", "") or "-")

    for field in Newcomer.__slots__:
        matched = candidates(Newcomer(**{field: typed}))
        assert all(0 < candidate.probability < 0.999 for candidate in matched)


@given(text=st.text(max_size=60), field=st.sampled_from(Newcomer.__slots__))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_in_any_field_gets_an_answer(text, field):  # A30
    matched = candidates(Newcomer(**{"name": "Ernst Handel", field: text}))

    assert len(matched) <= 5
