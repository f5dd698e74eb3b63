"""Laws that every score keeps, whatever the names (A30, A31)."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.registers import world
from claimdesk.customers.matching.candidates import rank
from claimdesk.customers.matching.certain import certain
from claimdesk.customers.matching.explain import explain
from claimdesk.customers.matching.records import Newcomer, Place, Record
from claimdesk.customers.matching.score import score

WORDS = st.sampled_from(
    [
        "zwickelbauer",
        "xylander",
        "maschinen",
        "handel",
        "nord",
        "mueller",
        "søndergaard",
        "lopez",
        "Ивановский",
    ]
)
NAMES = st.lists(WORDS, min_size=1, max_size=5, unique=True)
HOSTILE = [
    "",
    " ",
    "\x00",
    "GmbH",
    "Ltd & Co. KG",
    "'; DROP TABLE customers; --",
    "<script>alert(1)</script>",
    "a" * 100_000,
    "A " * 5_000,
    "٠١٢٣",
    "\u202eevil\u202c",
    "👩‍👩‍👧 🏭",
    "\ud800",
    "ﷺ" * 50,
    "%s %(name)s {0}",
    "= + - @",
    "株式会社",
    "S.A. de C.V.",
]


def log_odds(one: str, other: str) -> float:
    return score(Newcomer(name=one), Record(names=(other,))).log_odds


@given(words=NAMES, other=NAMES, seed=st.integers(0, 100))
def test_the_order_of_words_does_not_matter(words, other, seed):  # A30
    shuffled = random.Random(seed).sample(words, len(words))

    assert log_odds(" ".join(shuffled), " ".join(other)) == pytest.approx(
        log_odds(" ".join(words), " ".join(other))
    )


@given(words=NAMES, other=NAMES)
def test_case_accents_and_punctuation_do_not_matter(words, other):  # A30
    plain = log_odds(" ".join(words), " ".join(other))

    assert log_odds(" ".join(words).upper(), " ".join(other)) == pytest.approx(plain)
    assert log_odds(", ".join(words) + ".", " ".join(other)) == pytest.approx(plain)


@given(words=NAMES, other=NAMES)
def test_who_is_alike_is_so_both_ways(words, other):  # A30
    one, two = Record(names=(" ".join(words),)), Record(names=(" ".join(other),))
    there, back = score(one, two), score(two, one)

    assert there.name.coverage == pytest.approx(back.name.coverage)
    assert {pairing.one for pairing in there.name.altered} == {pairing.other for pairing in back.name.altered}


def test_nobody_is_likelier_than_the_customer_himself():  # A30
    made = world(60, 0)
    for record in made.register:
        itself = score(record, record).log_odds

        assert all(score(record, other).log_odds <= itself + 1e-9 for other in made.register)


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("on_file", ["Lehmanns Marktstand GmbH", *HOSTILE])
def test_hostile_names_get_an_answer_and_no_certainty(name, on_file):  # A30
    record = Record(1, "K1", "active", (on_file,), places=(Place(name, name[:9], on_file, "DE"),))
    newcomer = Newcomer(name=name, street="Weg 1", town="Ort")

    found = score(newcomer, record)

    assert 0 < found.probability < 1
    assert all(reason.sentence for reason in explain(found))
    assert certain(rank([(found, record)])) is None
