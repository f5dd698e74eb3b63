"""A register of made-up firms, as rows that the importers take; deterministic for a seed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from random import Random

from anyascii import anyascii

from claimdesk.config.demo import words

DOUBLES_FROM = 100
_NOT_DOMAIN = re.compile(r"[^a-z0-9]+")
STATUSES = (
    "active",
    "active",
    "active",
    "active",
    "active",
    "active",
    "admin",
    "admin",
    "inactive",
    "active",
)


@dataclass(frozen=True, slots=True)
class Firm:
    """One made-up firm."""

    number: str
    name: str
    short: str
    country: str
    town: str
    postcode: str
    street: str
    domain: str
    family: str
    status: str

    @property
    def email(self) -> str:
        return "" if self.status == "admin" else f"office@{self.domain}"


def tongue(country: str) -> str:
    """Return the key of the words that people of a country use."""
    return words.LANGUAGE_OF_TRADES.get(country, "OTHER")


def firms(count: int, seed: int, *, first: int = 10_001) -> Iterator[Firm]:
    """Yield `count` firms. Some bear the same name in another town, as firms do."""
    random = Random(f"firms/{seed}")
    countries, weights = list(words.WEIGHTS), list(words.WEIGHTS.values())
    used: set[str] = set()
    earlier: list[Firm] = []
    for place in range(count):
        country = random.choices(countries, weights)[0]
        twin = random.choice(earlier) if earlier and random.random() < 0.02 else None
        if twin is not None:
            country = twin.country
        number = str(first + place)
        if place > DOUBLES_FROM and random.random() < 0.012:
            yield _double(random, number, random.choice(earlier))
            continue
        firm = _firm(random, number, country, twin, used)
        if len(earlier) < 400:
            earlier.append(firm)
        yield firm


def _firm(random: Random, number: str, country: str, twin: Firm | None, used: set[str]) -> Firm:
    language = tongue(country)
    family = random.choice(words.FAMILIES[language])
    town, postcode = random.choice(words.PLACES[country])
    short = twin.short if twin else _short(random, family, language, town)
    domain = _NOT_DOMAIN.sub("-", anyascii(short).lower()).strip("-")
    if domain in used:
        domain = f"{domain}-{_NOT_DOMAIN.sub('-', anyascii(town).lower())}"
    if domain in used:
        domain = f"{domain}-{number}"
    used.add(domain)
    return Firm(
        number=number,
        name=f"{short} {random.choice(words.LEGAL_FORMS[country])}",
        short=short,
        country=country,
        town=town,
        postcode=postcode,
        street=f"{random.choice(words.STREETS[language])} {random.randint(1, 180)}",
        domain=f"{domain}.example",
        family=family,
        status=random.choice(STATUSES),
    )


def _double(random: Random, number: str, firm: Firm) -> Firm:
    """Return a firm that somebody entered a second time, a little differently, as offices do."""
    short = firm.short.replace("ö", "oe").replace("ü", "ue").replace("&", "und")
    at = random.randrange(2, len(short) - 1)
    name = random.choice((firm.short, short, short[:at] + short[at + 1 :]))
    return replace(firm, number=number, name=name, status="admin")


def _short(random: Random, family: str, language: str, town: str) -> str:
    trade = random.choice(words.TRADES[language])
    fancy = random.choice(words.FANCY)
    shapes = (
        f"{family} {trade}",
        f"{fancy} {trade}",
        f"{family} & {random.choice(words.FAMILIES[language])}",
        f"{trade} {town}",
        f"{fancy} {family}",
        f"{family} & Söhne" if language == "DE" else f"{family} Brothers",
        f"{fancy}-{trade} {family}",
    )
    return random.choice(shapes)


CUSTOMER_HEADER = (
    "number", "name", "status", "email", "kind", "phone", "website", "tax_number", "street", "postcode", "town",
    "country", "terms", "price_group", "groups", "discount", "language",
)  # fmt: skip


def customer_rows(register: list[Firm], seed: int) -> Iterator[list[str]]:
    """Yield the firms in the columns of CUSTOMER_HEADER."""
    random = Random(f"customers/{seed}")
    for firm in register:
        phone = (
            f"{words.PHONE_PREFIX[firm.country]} {random.randint(200, 999)} {random.randint(10_000, 999_999)}"
        )
        tax = f"{firm.country}{random.randint(100_000_000, 999_999_999)}" if random.random() < 0.7 else ""
        language = "de" if firm.country in ("DE", "AT", "CH") else "en"
        groups = ";".join(random.sample(words.GROUPS, random.choice((0, 1, 1, 2))))
        yield [
            firm.number, firm.name, firm.status, firm.email, "business", phone,
            f"https://www.{firm.domain}" if random.random() < 0.6 else "", tax, firm.street, firm.postcode, firm.town,
            firm.country, random.choice(words.TERMS), random.choice(words.PRICE_GROUPS), groups,
            str(random.choice((0, 0, 0, 2, 3, 5))), language,
        ]  # fmt: skip


CONTACT_HEADER = ("customer", "name", "email", "phone", "title", "enabled")


def contact_rows(register: list[Firm], seed: int) -> Iterator[list[str]]:
    """Yield one to three contacts a firm in the columns of CONTACT_HEADER."""
    random = Random(f"contacts/{seed}")
    for firm in register:
        language = tongue(firm.country)
        for name in sorted(
            {
                f"{random.choice(words.FIRST_NAMES[language])} {_family(random, firm)}"
                for _ in range(random.randint(1, 3))
            }
        ):
            email = address_of(name, firm.domain) if random.random() < 0.8 else ""
            enabled = "no" if random.random() < 0.06 else "yes"
            yield [firm.number, name, email, "", random.choice(words.TITLES), enabled]


def _family(random: Random, firm: Firm) -> str:
    return firm.family if random.random() < 0.4 else random.choice(words.FAMILIES[tongue(firm.country)])


def address_of(name: str, domain: str) -> str:
    """Return a person's e-mail address at a domain: first.last@domain."""
    first, _blank, last = anyascii(name).lower().partition(" ")
    return f"{first}.{_NOT_DOMAIN.sub('', last)}@{domain}"
