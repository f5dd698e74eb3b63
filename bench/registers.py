"""Realistic registers of firms and newcomers to match against them; the same seed gives the same world.

Words follow Zipf's law; firms share names across towns, have subsidiaries and sister firms at one address, and some
fields are missing. Newcomers misspell, mishear, abbreviate, reorder, move and use old names; half are not on file.
"""

import random
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from claimdesk.customers.matching.records import Newcomer, Place, Record


@dataclass(frozen=True)
class Country:
    """What firms of a country are called and where they sit."""

    code: str
    syllables: str
    endings: str
    trades: str
    forms: str
    towns: str
    street: str
    postcode: str
    dialling: str


COUNTRIES = [
    Country(**entry)
    for entry in tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))["country"]
]
EXTRAS = [
    "Verwaltung",
    "Holding",
    "Immobilien",
    "International",
    "Beteiligungs",
    "Services",
    "Group",
    "Capital",
    "Nord",
    "Süd",
    "Property",
    "Finance",
    "II",
    "III",
    "IV",
    "1",
    "2",
    "24",
    "Plus",
    "Europe",
]
SHARED = ("gmail.com", "hotmail.com", "gmx.de", "yahoo.com", "web.de", "outlook.com")
HEARD = (("ph", "f"), ("c", "k"), ("y", "i"), ("tz", "z"), ("ck", "k"), ("v", "w"), ("dt", "t"), ("ei", "ai"), ("th", "t"), ("ie", "i"), ("ss", "s"), ("ll", "l"), ("mm", "m"))  # fmt: skip
LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True)
class World:
    """A register and newcomers, each with the number of the customer who he truly is, or nothing."""

    register: list[Record]
    newcomers: list[tuple[Newcomer, str]]


def world(customers: int, newcomers: int, seed: int = 1, *, plain: bool = False) -> World:
    """Return a register of `customers` firms and `newcomers` people, half of whose firms are on file.

    Takes: `plain`, for newcomers who all give name, address and nothing else, and are seldom of related firms.
    """
    chance = random.Random(seed)
    firms = Firms(chance)
    register = list(firms.make(customers))
    known = chance.choices(register, k=(newcomers + 1) // 2)
    others = Firms(chance, vocabulary_of=firms, relatives_of=register, related=0.1 if plain else 0.2)
    strangers = list(others.make(newcomers // 2))
    asked = [
        (newcomer_from(firm, chance, chance.choice(register).places[0]), number)
        for firm, number in [(firm, firm.number) for firm in known] + [(firm, "") for firm in strangers]
    ]
    if plain:
        blank = {"email": "", "phone": "", "tax_number": "", "website": ""}
        asked = [(replace(newcomer, **blank), number) for newcomer, number in asked]
    chance.shuffle(asked)
    return World(register, asked)


class Firms:
    """Makes firms of one world, some of them relatives of earlier ones."""

    def __init__(
        self,
        chance: random.Random,
        vocabulary_of: "Firms | None" = None,
        relatives_of: list[Record] | None = None,
        related: float = 0.12,
    ) -> None:
        self.chance = chance
        self.relatives = relatives_of if relatives_of is not None else []
        self.related = related
        self.grows = relatives_of is None
        self.names = (
            vocabulary_of.names if vocabulary_of else {c.code: self._words(c, 6_000) for c in COUNTRIES}
        )
        self.towns = (
            vocabulary_of.towns if vocabulary_of else {c.code: self._towns(c, 250) for c in COUNTRIES}
        )

    def make(self, count: int) -> Iterator[Record]:
        for number in range(count):
            label = f"C{number + 1:07d}"
            if self.relatives and self.chance.random() < self.related:
                firm = self._relative(self.chance.choice(self.relatives), label)
            else:
                firm = self._firm(label)
            if self.grows:
                self.relatives.append(firm)
            yield firm

    def _words(self, country: Country, count: int) -> list[str]:
        syllables, endings = country.syllables.split(), country.endings.split()
        found: dict[str, None] = {}
        while len(found) < count:
            parts = self.chance.choices(syllables, k=self.chance.choice((1, 1, 2, 2, 2, 3)))
            found["".join(parts).capitalize() + self.chance.choice(endings)] = None
        return list(found)

    def _towns(self, country: Country, count: int) -> list[tuple[str, str]]:
        endings = country.towns.split()
        found = []
        for _ in range(count):
            stem = "".join(
                self.chance.choices(country.syllables.split(), k=self.chance.choice((1, 2)))
            ).capitalize()
            ending = self.chance.choice(endings)
            name = stem + (" " if ending[0].isupper() else "-" if "-" in ending else "") + ending
            found.append((name, fill(country.postcode, self.chance)))
        return found

    def _zipf(self, items: list) -> object:
        return items[min(int(len(items) ** self.chance.random()) - 1, len(items) - 1)]

    def _firm(self, number: str) -> Record:
        chance = self.chance
        country = COUNTRIES[min(int(chance.expovariate(0.35)), len(COUNTRIES) - 1)]
        words, trades = self.names[country.code], country.trades.split("|")
        town, postcode = self._zipf(self.towns[country.code])
        first = self._zipf(words) if chance.random() < 0.6 else chance.choice(words)
        kind = chance.random()
        if kind < 0.45:
            core = f"{first} {chance.choice(trades)}"
        elif kind < 0.58:
            core = f"{first} {chance.choice(words)}"
        elif kind < 0.66:
            core = f"{first} & {self._zipf(words)} {chance.choice(trades)}"
        elif kind < 0.72:
            core = (
                f"{''.join(chance.choices(LETTERS, k=chance.choice((2, 3)))).upper()} {chance.choice(trades)}"
            )
        elif kind < 0.78:
            core = f"{chance.choice(trades)} {town}"
        elif kind < 0.86:
            core = f"{first} {chance.choice(trades)} {chance.choice(('International', 'Group', 'Holding', town))}"
        else:
            core = str(first)
        name = f"{core} {chance.choice(country.forms.split('|'))}"
        return self._at(number, name, country, town, vary_tail(postcode, chance))

    def _at(self, number: str, name: str, country: Country, town: str, postcode: str) -> Record:
        chance = self.chance
        label = "".join(c for c in name.lower() if c in LETTERS)[: chance.randint(6, 16)] or "firm"
        domain = f"{label}.{country.code.lower()}" if chance.random() < 0.7 else ""
        host = domain or chance.choice(SHARED)
        emails = tuple(
            f"{who}{chance.randint(1, 99)}@{host}"
            for who in ("info", "a.b", "office")[: chance.randint(0, 3)]
        )
        street = chance.choice(country.street.split("|"))
        blanks = (str(chance.randint(1, 180)), str(self._zipf(self.names[country.code])))
        street = street.format(*(blanks if street.startswith("{} ") else blanks[::-1]))
        return Record(
            number=number,
            status="active",
            names=(name,),
            emails=emails,
            phones=(fill(country.dialling, chance),) if chance.random() < 0.6 else (),
            tax_number=f"{country.code}{chance.randint(10**8, 10**9 - 1)}" if chance.random() < 0.5 else "",
            domains=(domain,) if domain and chance.random() < 0.3 else (),
            website=f"https://www.{domain}/" if domain and chance.random() < 0.5 else "",
            places=(Place(street, postcode, town, country.code),),
        )

    def _relative(self, firm: Record, number: str) -> Record:
        """Return a firm that is easily taken for `firm`: of its name elsewhere, a sister next door, a subsidiary."""
        chance = self.chance
        place = firm.places[0]
        country = next(c for c in COUNTRIES if c.code == place.country)
        core = without_form(firm.names[0], country)
        kind = chance.random()
        if kind < 0.25:
            country = country if chance.random() < 0.6 else chance.choice(COUNTRIES)
            town, postcode = chance.choice(self.towns[country.code])
            return self._at(number, firm.names[0], country, town, vary_tail(postcode, chance))
        form = chance.choice(country.forms.split("|"))
        if kind < 0.45:
            name = f"{core} {chance.choice(EXTRAS)} {form}"
        elif kind < 0.7:
            name = f"{core.split()[0]} {chance.choice(country.trades.split('|'))} {form}"
        else:
            other = chance.choice(COUNTRIES)
            town, postcode = chance.choice(self.towns[other.code])
            name = f"{core} {chance.choice((town, 'International', other.code))} {chance.choice(other.forms.split('|'))}"
            return self._at(number, name, other, town, vary_tail(postcode, chance))
        sister = self._at(number, name, country, place.town, place.postcode)
        if chance.random() < 0.6:
            sister = replace(sister, places=firm.places)
        if chance.random() < 0.12:
            sister = replace(sister, phones=firm.phones)
        if chance.random() < 0.06:
            sister = replace(sister, emails=firm.emails, website=firm.website)
        return sister


def without_form(name: str, country: Country) -> str:
    """Return the name without the legal form that it was made with."""
    for form in sorted(country.forms.split("|"), key=len, reverse=True):
        if name.endswith(" " + form):
            return name.removesuffix(" " + form)
    return name


def fill(pattern: str, chance: random.Random) -> str:
    """Replace each # by a digit and each @ by a letter."""
    digits = {"#": "0123456789", "@": "ABCDEFGHJKLMNPRSTUWXYZ"}
    return "".join(chance.choice(digits[c]) if c in digits else c for c in pattern)


def vary_tail(postcode: str, chance: random.Random) -> str:
    """Return another postcode of the same town."""
    head, tail = postcode[:-2], postcode[-2:]
    return head + "".join(chance.choice("0123456789") if c.isdigit() else c for c in tail)


def newcomer_from(firm: Record, chance: random.Random, elsewhere: Place) -> Newcomer:
    """Return a person of `firm` as he fills in the form: some fields, some slips; of some firms at another site.

    Takes: `elsewhere`, where a firm may have moved to.
    """
    place = firm.places[0]
    says = chance.choice(("little", "address", "address", "address", "all", "all"))
    name = distorted(firm.names[0], place, chance)
    if chance.random() < 0.12:
        moved_to = (
            (place.postcode, place.town) if chance.random() < 0.4 else (elsewhere.postcode, elsewhere.town)
        )
        abroad = elsewhere.country if chance.random() < 0.08 else place.country
        place = Place(elsewhere.street, *moved_to, abroad)
    street, postcode, town = place.street, place.postcode, place.town
    if chance.random() < 0.15:
        street = street.replace("straße", "str.").replace("Street", "St").replace("Via", "V.").lower()
    if chance.random() < 0.06:
        town = misspelt(town, chance)
    has_address, has_all = says != "little", says == "all"
    email = email_from(firm, chance, has_all)
    domain = firm.website.removeprefix("https://www.").strip("/")
    return Newcomer(
        name=name,
        website=domain if has_all and chance.random() < 0.4 else "",
        email=email if has_all or chance.random() < 0.3 else "",
        phone=(firm.phones[0] if chance.random() < 0.75 else firm.phones[0][:-3] + fill("###", chance))
        if firm.phones and (has_all or chance.random() < 0.35)
        else "",
        tax_number=written_tax_number(firm, chance) if has_all and chance.random() < 0.6 else "",
        street=street if has_address and chance.random() < 0.85 else "",
        postcode=postcode if has_address and chance.random() < 0.85 else "",
        town=town if has_address or chance.random() < 0.4 else "",
        country=place.country if chance.random() < 0.85 else "",
    )


def email_from(firm: Record, chance: random.Random, has_all: bool) -> str:
    """Return the address on file, one of the firm's domain, of a stranger's, of a shared one, or none."""
    own = [address for address in firm.emails if not address.endswith(SHARED)]
    own = own or [f"info@{firm.website.removeprefix('https://www.').strip('/')}"] * bool(firm.website)
    draw = chance.random()
    if has_all and firm.emails and draw < 0.25:
        return firm.emails[0]
    if own and draw < 0.62:
        return f"p.{chance.randint(1, 999)}@{own[0].partition('@')[2]}"
    if draw < 0.67:
        return f"p.{chance.randint(1, 999)}@{''.join(chance.choices(LETTERS, k=8))}.net"
    return f"p.{chance.randint(1, 99999)}@{chance.choice(SHARED)}" if draw < 0.85 else ""


def written_tax_number(firm: Record, chance: random.Random) -> str:
    if firm.tax_number and chance.random() < 0.03:
        return fill("##/###/#####", chance)
    return firm.tax_number.replace("DE", "DE ")


def distorted(name: str, place: Place, chance: random.Random) -> str:
    """Return `name` as another hand writes it."""
    words = name.split()
    if chance.random() < 0.03:
        return misspelt("".join(chance.choices(words[0][:3] + LETTERS, k=7)).capitalize(), chance)
    slips = chance.choices((0, 1, 2, 3), (40, 40, 15, 5))[0]
    for _ in range(slips):
        kind = chance.random()
        longest = max(range(len(words)), key=lambda place: (len(words[place]), place))
        where = longest if chance.random() < 0.6 else chance.randrange(len(words))
        if kind < 0.32:
            words[where] = misspelt(words[where], chance)
        elif kind < 0.40:
            words[where] = misheard(words[where], chance)
        elif kind < 0.60 and len(words) > 1:
            words.pop()
        elif kind < 0.66 and len(words) > 2:
            words.pop(chance.randrange(1, len(words)))
        elif kind < 0.72:
            chance.shuffle(words)
        elif kind < 0.78:
            words.insert(chance.choice((0, len(words))), place.town)
        elif kind < 0.83 and len(words) > 1:
            words[0:2] = [words[0] + words[1].lower()]
        elif kind < 0.88:
            words[where] = words[where][: max(3, len(words[where]) // 2)] + "."
        elif kind < 0.92:
            words = [word.upper() for word in words]
        elif kind < 0.94 and len(words) > 3:
            words = ["".join(word[0] for word in words if word[0].isalpha()).upper()]
        elif kind < 0.98:
            words[-1] = chance.choice(chance.choice(COUNTRIES).forms.split("|"))
        elif kind < 0.99:
            words = [word.replace("ü", "ue").replace("ö", "oe").replace("ß", "ss") for word in words]
        elif len(words) > 2:
            words = words[:1]
    return " ".join(words)


def misspelt(word: str, chance: random.Random) -> str:
    """Return `word` with one typing error."""
    if len(word) < 4:
        return word
    place = chance.randrange(1, len(word) - 1)
    letter = chance.choice(LETTERS)
    return chance.choice(
        (
            word[:place] + word[place + 1 :],
            word[:place] + letter + word[place:],
            word[:place] + letter + word[place + 1 :],
            word[:place] + word[place + 1] + word[place] + word[place + 2 :],
        )
    )


def misheard(word: str, chance: random.Random) -> str:
    """Return `word` spelt as it sounds."""
    for heard, written in chance.sample(HEARD, len(HEARD)):
        if heard in word:
            return word.replace(heard, written, 1)
        if written in word[1:]:
            return word[0] + word[1:].replace(written, heard, 1)
    return word
