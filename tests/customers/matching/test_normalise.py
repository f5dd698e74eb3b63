"""Names made comparable: what does not matter is gone, what does is kept (A30)."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimdesk.customers.matching import dictionaries, fields
from claimdesk.customers.matching.names import compare_names
from claimdesk.customers.matching.normalise import as_typed, normalise_name
from claimdesk.customers.matching.rarity import Rarity

WORDS = st.sampled_from(
    [
        "Müller",
        "Maschinenbau",
        "Nordlicht",
        "Société",
        "Générale",
        "Ångström",
        "Kowalski",
        "Żubrówka",
        "Núñez",
        "Smith",
        "Anderson",
        "Öztürk",
    ]
)
NAMES = st.lists(WORDS, min_size=1, max_size=4, unique=True).map(" ".join)
FORMS = st.sampled_from(
    [
        "GmbH",
        "Ltd.",
        "S.A. de C.V.",
        "Sp. z o.o.",
        "B.V.",
        "S.p.A.",
        "Oy",
        "A/S",
        "Inc.",
        "GmbH & Co. KG",
        "s.r.o.",
    ]
)


@given(NAMES)
def test_case_does_not_matter(name):  # A30
    assert normalise_name(name.upper()) == normalise_name(name.lower()) == normalise_name(name)


@given(NAMES)
def test_accents_do_not_matter(name):  # A30
    bare = "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c))

    assert normalise_name(bare).words == normalise_name(name).words
    assert normalise_name(unicodedata.normalize("NFD", name)) == normalise_name(name)


@given(NAMES, st.sampled_from(["-", "  ", ", ", ". ", " / ", "\t", "\u00a0"]))
def test_punctuation_does_not_matter(name, mark):  # A30
    assert normalise_name(name.replace(" ", mark)).words == normalise_name(name).words


@given(NAMES, FORMS)
def test_legal_form_does_not_matter(name, form):  # A30
    assert normalise_name(f"{name} {form}").words == normalise_name(name).words
    assert normalise_name(f"{name}, {form.lower()}").words == normalise_name(name).words
    assert normalise_name(f"{name} {form}").legal_forms


@given(NAMES, st.randoms(use_true_random=False))
def test_word_order_does_not_matter(name, chance):  # A30
    words = name.split()
    chance.shuffle(words)

    compared = compare_names(normalise_name(" ".join(words)), normalise_name(name), Rarity())

    assert compared.exact
    assert compared.coverage == 1


@given(st.text())
def test_any_text_becomes_small_latin_words(text):  # A30
    for word in normalise_name(text).words:
        assert re.fullmatch("[a-z0-9]+", word)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Siemens Aktiengesellschaft", "SiemensAG"),
        ("ООО Газпром", "Gazprom"),
        ("株式会社トヨタ", "トヨタ"),
        ("北京公司 有限公司", "北京公司"),
        ("Mueller GmbH", "Müller"),
        ("First International Bank", "1st Intl Bank"),
        ("Brigade Forty-Four", "Brigade 44"),
        ("Henkel VII", "Henkel 7"),
        ("R.E. Wood", "R E Wood"),
        ("Procter & Gamble", "Procter and Gamble"),
        ("PT Astra", "Astra P.T."),
        ("Perez y Hijos", "Perez & Sons"),
    ],
)
def test_two_ways_to_write_one_name(one, other):  # A30
    assert normalise_name(one).words == normalise_name(other).words


def test_a_legal_form_alone_is_no_name():  # A30
    assert normalise_name("GmbH & Co. KG").words == ()


def test_a_word_that_only_sounds_like_a_legal_form_stays():  # A30
    assert "company" in normalise_name("The Company Store").words
    assert normalise_name("AS Roma Sport").words[-2:] == ("roma", "sport")


def test_legal_forms_of_at_least_forty_countries_are_known():  # A30
    countries = [section for section in dictionaries.read("legal_forms.toml") if section.isupper()]

    assert len(countries) >= 40


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("+49 621 08460", "0621/08460"),
        ("(206) 555-9857", "+1 206 555 9857"),
        ("0044 171 555 7788", "+44 171 5557788"),
    ],
)
def test_phone_numbers_are_compared_as_lines(one, other):  # A30
    country = "DE" if "621" in one else "US" if "206" in one else "GB"

    assert fields.same_phone(fields.phone(one, country), fields.phone(other, country))


@pytest.mark.parametrize("typed", ["", "0", "000000", "12345", "n/a", "x" * 1000])
def test_what_is_no_phone_number_equals_nothing(typed):  # A30
    assert not fields.same_phone(fields.phone(typed), fields.phone(typed))


@pytest.mark.parametrize(
    ("one", "other", "country"),
    [
        ("DE 123.456.789", "123456789", "DE"),
        ("ATU12345678", "U12345678", "AT"),
        ("EL123456789", "123456789", "GR"),
        ("gb 999 9999 73", "GB999999973", "GB"),
    ],
)
def test_tax_numbers_are_compared_without_country_and_punctuation(one, other, country):  # A30
    assert fields.tax_number(one, country) == fields.tax_number(other, country) != ""


def test_postcodes_are_compared_without_blanks_and_plus_four():  # A30
    assert fields.postcode("98128-1234", "US") == fields.postcode("98128", "US")
    assert fields.postcode("wa1 1dp", "GB") == fields.postcode("WA11DP", "GB")
    assert fields.postcode("D-12209".replace("D-", "DE"), "DE") == "12209"


@pytest.mark.parametrize(
    "typed",
    ["www.example.com", "https://example.com/shop?x=1", "EXAMPLE.com:8080", "http://user@www.example.com/"],
)
def test_a_website_is_its_domain(typed):  # A30
    assert fields.domain_of_website(typed) == "example.com"


@pytest.mark.parametrize("typed", ["DE", "deu", "Germany", " germany "])
def test_countries_by_code_or_english_name(typed):  # A30
    assert fields.country(typed) == "DE"


@pytest.mark.parametrize(
    ("words", "text", "part"),
    [
        ("soohne", "Lindner & Sööhne GmbH", "Sööhne"),
        ("44", "Forty Four Tools Ltd", "Forty Four"),
        ("konigs", "Königs-Weg, Bau", "Königs"),
        ("elsewhere", "Lindner", "elsewhere"),
    ],
)
def test_a_word_compared_is_told_as_it_was_typed(words, text, part):  # A31
    assert as_typed(words, text) == part


@pytest.mark.parametrize(
    ("typed", "words", "form"),
    [
        ("MeierGmbH", ("meier",), {"gmbh"}),
        ("Мосормаов ПАО", ("mosormaov",), {"pao"}),
        ("SYSAG", ("sysag",), set()),
        ("GmbH", (), {"gmbh"}),
    ],
)
def test_a_form_that_ends_a_word_is_taken_off_and_no_other_letters(typed, words, form):  # A30
    name = normalise_name(typed)

    assert (name.words, name.legal_forms) == (words, frozenset(form))
