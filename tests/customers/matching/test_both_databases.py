"""The same register gives the same answers as the reference index in memory, on whichever database this runs."""

import pytest

from bench.memory import MemoryIndex
from bench.registers import world
from claimdesk.company.models import DEFAULT_SHARED_DOMAINS
from claimdesk.customers.matching.candidates import COMPARED, candidates, rank
from claimdesk.customers.matching.reading import records_of
from claimdesk.customers.matching.records import Newcomer, Profile, Record
from claimdesk.customers.matching.register import file_register
from claimdesk.customers.matching.score import score_profiles
from claimdesk.customers.models import Customer

pytestmark = pytest.mark.django_db
SHARED = frozenset(DEFAULT_SHARED_DOMAINS)


def row(firm: Record) -> dict[str, str]:
    place = firm.places[0]
    return {
        "number": firm.number,
        "name": firm.names[0],
        "email": firm.emails[0] if firm.emails else "",
        "phone": firm.phones[0] if firm.phones else "",
        "tax_number": firm.tax_number,
        "street": place.street,
        "postcode": place.postcode,
        "town": place.town,
        "country": place.country,
    }


def test_answers_are_those_of_the_reference_index():  # A31
    made = world(400, 60, seed=5)
    file_register(map(row, made.register))
    reference = MemoryIndex(records_of(Customer.objects.order_by("pk").values_list("pk", flat=True)), SHARED)

    for newcomer, _ in made.newcomers:
        profile = Profile(Record.of_newcomer(newcomer), SHARED)
        likely = reference.likeliest(profile, COMPARED)
        expected = rank(
            [(score_profiles(profile, other, reference.rarity), other.record) for other in likely]
        )
        assert candidates(newcomer) == expected[:5]


def test_everybody_finds_himself():  # A30
    made = world(400, 2, seed=6)
    file_register(map(row, made.register))

    for firm in made.register:
        place = firm.places[0]
        found = candidates(Newcomer(name=firm.names[0], postcode=place.postcode, town=place.town))
        assert firm.number in [candidate.number for candidate in found]


def test_most_misspelt_newcomers_are_found_and_few_strangers_taken_for_somebody():  # A30
    made = world(1_000, 200, seed=9)
    file_register(map(row, made.register))

    answers = [(candidates(newcomer), number) for newcomer, number in made.newcomers]

    known = [(found, number) for found, number in answers if number]
    among_five = sum(number in [candidate.number for candidate in found] for found, number in known)
    certain = [
        found[0].number == number for found, number in answers if found and found[0].probability > 0.99
    ]
    assert among_five / len(known) > 0.93
    assert sum(certain) / len(certain) > 0.97
