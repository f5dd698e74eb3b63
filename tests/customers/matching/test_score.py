"""Facts weighed into a probability, and told in words (A30, A31)."""

import ast
import inspect
from dataclasses import replace

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from claimdesk.customers.matching import evidence
from claimdesk.customers.matching.explain import explain, sentence
from claimdesk.customers.matching.records import Newcomer, Place, Record
from claimdesk.customers.matching.score import score, weights

ON_FILE = Record(
    number="K1",
    names=("Lehmanns Marktstand GmbH",),
    emails=("info@lehmanns.example", "verkauf@lehmanns.example"),
    phones=("+49 69 0245984",),
    tax_number="DE123456789",
    domains=("lehmanns.example",),
    places=(Place("Magazinweg 7", "60528", "Frankfurt a.M.", "DE"),),
)
AGREEING = {
    "email": "info@lehmanns.example",
    "phone": "069 0245984",
    "tax_number": "DE 123456789",
    "street": "Magazinweg 7",
    "postcode": "60528",
    "town": "Frankfurt a.M.",
    "country": "DE",
}
NAMES = st.sampled_from(
    ["Lehmanns Marktstand", "Lehmann Markt", "Marktstand Lehmanns KG", "Lemanns Marktstand", ""]
)


@given(name=NAMES, before=st.sets(st.sampled_from(sorted(AGREEING))), also=st.sampled_from(sorted(AGREEING)))
def test_more_that_agrees_never_lowers_the_score(name, before, also):  # A31
    less = Newcomer(name=name, **{field: AGREEING[field] for field in before - {also}})
    more = replace(less, **{also: AGREEING[also]})

    assert score(more, ON_FILE).probability >= score(less, ON_FILE).probability - 1e-9


@pytest.mark.parametrize("field", ["tax_number", "phone", "street", "town"])
def test_what_contradicts_lowers_the_score(field):  # A30
    other = {"tax_number": "DE987654321", "phone": "030 99887766", "street": "Allee 1", "town": "Hamburg"}
    fitting = Newcomer(name="Lehmanns Marktstand", **AGREEING)

    contradicted = replace(fitting, **{field: other[field]})

    assert score(contradicted, ON_FILE).probability < score(fitting, ON_FILE).probability


def test_a_part_of_the_name_is_less_than_the_name():  # A30
    whole, part = Newcomer(name="Lehmanns Marktstand"), Newcomer(name="Lehmanns Marktstand Immobilien Nord")

    assert score(part, ON_FILE).probability < score(whole, ON_FILE).probability / 2


def test_a_name_alone_is_never_certain():  # A9
    assert score(Newcomer(name="Lehmanns Marktstand GmbH"), ON_FILE).probability < 0.98


def test_rare_words_weigh_more_than_common_ones():  # A30
    rare = score(Newcomer(name="Zwickelbauer Xylander"), Record(names=("Zwickelbauer Xylander",)))
    common = score(
        Newcomer(name="International Trading Services"), Record(names=("International Trading Services",))
    )

    assert common.probability < rare.probability


def test_a_shared_mailbox_domain_says_nothing():  # A33
    shared = frozenset({"lehmanns.example"})
    newcomer = Newcomer(name="Lehmanns", email="other@lehmanns.example")

    codes = {fact.code for fact in score(newcomer, ON_FILE, shared_domains=shared).facts}

    assert not codes & {"domain_confirmed", "domain_of_contacts", "domain_of_website", "domain_other"}


def test_every_fact_has_a_weight():  # A31
    tree = ast.parse(inspect.getsource(evidence))
    words = {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    prefixes = (
        "name_",
        "legal_form_",
        "tax_",
        "email_",
        "domain_",
        "phone_",
        "street_",
        "postcode_",
        "town_",
    )
    codes = {word for word in words if word.startswith(prefixes) and " " not in word}

    assert codes - {"name_and_place"} <= weights().keys()


@pytest.mark.parametrize(
    "name", ["Lehmanns Marktstand", "Lehmans Markt.", "Marktstand Lehmanns", "LM", "Other 2", ""]
)
def test_every_reason_has_words(name):  # A31
    for contradicted in (False, True):
        fields = {field: "1x9" if contradicted else value for field, value in AGREEING.items()}
        for reason in explain(score(Newcomer(name=name, **fields), ON_FILE)):
            assert reason.sentence == sentence(**{key: reason.as_json()[key] for key in ("code", "params")})
            assert "%" not in reason.sentence


def test_a_reason_is_told_in_the_readers_language():  # A31
    reason = explain(score(Newcomer(name="Lehmann Marktstand"), ON_FILE))[0]

    with override("en"):
        assert reason.sentence == "name differs by one letter: Lehmann / Lehmanns"
