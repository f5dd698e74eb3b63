"""What else is known of an organization, made comparable: phone, tax number, postcode, domain, street, country."""

import re
from functools import lru_cache

import phonenumbers
from anyascii import anyascii
from babel import Locale
from django_countries import countries
from rapidfuzz.distance import OSA

from claimdesk.customers.matching import dictionaries
from claimdesk.customers.matching.normalise import spell_word
from claimdesk.kernel.text import fold_email

LONGEST_FIELD = 300
LANGUAGES_OF_COUNTRIES = ("pl", "nl", "pt", "it", "es", "fr", "de", "en")
SHORTEST_PHONE = 6
PHONE_TAIL = 7
NATIONAL_PHONE = 9
_NOT_DIGIT = re.compile(r"\D")
_DIGIT = re.compile(r"\d")
_NOT_ALPHANUMERIC = re.compile(r"[^0-9A-Z]")
_BEFORE_REGION = re.compile(r"[,(/]")
_SCHEME = re.compile(r"^[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_LETTERS_BEFORE = re.compile(r"^[A-Z]{1,2}(\d{4,})$")
_ORDINAL = re.compile(r"^\d+(?:st|nd|rd|th)$")
_ORDINAL_BLANK = re.compile(r"\b(\d+) (st|nd|rd|th)\b")
_STREET_ENDING = re.compile(r"(?<=..)(?:strasse|straat|str|gatan|vagen|weg|laan)$")
_FILLERS = frozenset({"0", "1", "9"})


@lru_cache(maxsize=20_000)
def phone(text: str, country: str = "") -> str:
    """Return the number in E.164 form, or its digits where the country is unknown; nothing if too short."""
    text = text[:40]
    digits = _NOT_DIGIT.sub("", text)
    if len(digits) < SHORTEST_PHONE or len(set(digits)) == 1:
        return ""
    try:
        parsed = phonenumbers.parse(text, country or None)
    except phonenumbers.NumberParseException:
        return digits.lstrip("0")
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


def phone_tail(text: str) -> str:
    """Return the last digits of a number, which stay the same however its country is written."""
    digits = _NOT_DIGIT.sub("", text[:40])
    return digits[-PHONE_TAIL:] if len(digits) >= SHORTEST_PHONE and len(set(digits)) > 1 else ""


def same_phone(one: str, other: str) -> bool:
    """Tell whether two results of `phone` are one line, also where only one of them knows its country."""
    if one == other:
        return bool(one)
    if one.startswith("+") and other.startswith("+"):
        return False
    shorter, longer = sorted((one.lstrip("+"), other.lstrip("+")), key=len)
    return len(shorter) > SHORTEST_PHONE and longer.endswith(shorter)


def near_phone(one: str, other: str) -> bool:
    """Tell whether two results of `phone` are lines of one exchange, or one digit is mistyped."""
    one, other = one[-NATIONAL_PHONE:], other[-NATIONAL_PHONE:]
    if len(one) != len(other) or len(one) <= SHORTEST_PHONE:
        return False
    return one[:-2] == other[:-2] or OSA.distance(one, other, score_cutoff=1) <= 1


def _letters_and_digits(text: str) -> str:
    """Return capital letters of the Latin alphabet and digits, nothing else."""
    text = text.upper() if text.isascii() else anyascii(text).upper()
    return text if text.isalnum() else _NOT_ALPHANUMERIC.sub("", text)


def tax_number(text: str, country: str = "") -> str:
    """Return a tax number without blanks, punctuation and its country's letters; nothing for fillers."""
    folded = _letters_and_digits(text[:40])
    for prefix in (country, "EL" if country == "GR" else "", folded[:2]):
        if prefix and prefix.isalpha() and folded.startswith(prefix) and _DIGIT.search(folded, 2):
            folded = folded[len(prefix) :]
            break
    folded = folded.lstrip("0")
    return folded if len(folded) > 4 and len(set(folded)) > 1 else ""


@lru_cache(maxsize=50_000)
def postcode(text: str, country: str = "") -> str:
    """Return a postcode without blanks and punctuation; of a ZIP+4 its first five digits (A23)."""
    folded = _letters_and_digits(text[:20])
    if folded.isdigit() and len(folded) == 9 and country in ("US", ""):
        folded = folded[:5]
    if len(folded) > 5 and folded[:2] == country and folded[2:].isdigit():
        folded = folded[2:]
    folded = _LETTERS_BEFORE.sub(r"\1", folded)
    return "" if set(folded) <= _FILLERS and len(set(folded)) == 1 else folded


def email(text: str) -> str:
    """Return an e-mail address as it is compared, or nothing if it is none."""
    text = text.strip()[:LONGEST_FIELD]
    if "@" not in text:
        return ""
    return text.lower() if text.isascii() and text.isprintable() else fold_email(text)


def domain_of_website(text: str) -> str:
    """Return the host of an address without `www.`, scheme, port and path."""
    if "." not in text:
        return ""
    host = (
        _SCHEME.sub("", text.strip()[:LONGEST_FIELD]).partition("/")[0].partition("?")[0].rpartition("@")[2]
    )
    host = host.partition(":")[0].strip(". ").casefold().removeprefix("www.")
    if "." not in host or host.isascii():
        return host if "." in host else ""
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError:
        return host


@lru_cache(maxsize=50_000)
def town(text: str) -> str:
    """Return a town comparable, in the one spelling of those it has in several languages.

    What stands in brackets or behind a comma is left out.
    """
    spelt = spell_word(_BEFORE_REGION.split(text.strip(), maxsplit=1)[0] or text)
    return dictionaries.words().towns.get(spelt, spelt)


def without_town(street: str, town: str) -> str:
    """Return the words of a street without those of the town, where a whole address stands in the street's field."""
    of_town = town.split()
    if not [word for word in of_town if word in street]:
        return street
    return " ".join(word for word in street.split() if word not in of_town) or street


@lru_cache(maxsize=300)
def country_words(code: str) -> tuple[str, ...]:
    """Return the words of a country's English name, spelt as in names."""
    return tuple(spell_word(str(Locale("en").territories.get(code, ""))).split())


def street(text: str) -> tuple[str, frozenset[str]]:
    """Return the words of a street, without those for its kind, and the numbers of the house.

    Streets that are numbered ("69th St") keep their number as a word.
    """
    found: dict[str, list[str]] = {"word": [], "kind": [], "number": []}
    text = text[:LONGEST_FIELD].lower()
    text = _ORDINAL_BLANK.sub(r"\1\2", text)
    for token in text.split():
        for kind, part in _parts_of_street(token):
            found[kind].append(part)
    return " ".join(found["word"] or found["kind"]), frozenset(found["number"])


@lru_cache(maxsize=50_000)
def _parts_of_street(token: str) -> tuple[tuple[str, str], ...]:
    """Return what a word of a street consists of: words, words for its kind, numbers of the house."""
    known = dictionaries.words()
    parts = []
    for part in dictionaries.tokens_of(token):
        if _ORDINAL.match(part):
            parts.append(("word", part[:-2]))
        elif part[0].isdigit():
            parts.append(("number", part if len(part) > 7 else _NOT_DIGIT.sub("", part)))
        else:
            word = known.streets.get(part, part)
            kind = "kind" if word in known.street_kinds else "word"
            parts.append((kind, _STREET_ENDING.sub("", word)))
    return tuple(parts)


@lru_cache(maxsize=1)
def _country_names() -> dict[str, str]:
    names = {code.casefold(): code for code in countries.countries}
    names |= {countries.alpha3(code).casefold(): code for code in countries.countries}
    for language in LANGUAGES_OF_COUNTRIES:
        territories = Locale(language).territories.items()
        names |= {name.casefold(): code for code, name in territories if code in countries}
    return names | {name: code for code, listed in dictionaries.words().countries.items() for name in listed}


def country(text: str) -> str:
    """Return the ISO 3166 code of two letters for a code of two or three letters or a name in a common language."""
    return _country_names().get(text.strip()[:60].casefold(), "")
