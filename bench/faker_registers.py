"""A second maker of registers, written apart from `bench/registers.py`: names and addresses by Faker for 38 countries and languages.

Nothing is learnt from it: it shows what the matcher makes of data that another hand made. Newcomers are the same firms
as another register writes them: typing errors by neighbouring keys, letters without accents or in Latin script, legal
form left out or written out, streets abbreviated, one address in eight another one; half are not on file.
"""

import random
import tomllib
from pathlib import Path

from anyascii import anyascii
from faker import Faker

from bench.registers import World
from claimdesk.customers.matching.records import Newcomer, Place, Record

_WORDS = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
LOCALES = _WORDS["locales"].split()
ACTIVITIES = _WORDS["activities"].split()
KEYBOARD = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
SHORT = {"Street": "St.", "Road": "Rd", "Avenue": "Ave", "straße": "str.", "gatan": "g.", "Calle": "C/", "Rua": "R.", "Via": "V.", "ulica": "ul."}  # fmt: skip
LONG = {"Ltd": "Limited", "Inc": "Incorporated", "GmbH": "Gesellschaft mbH", "AG": "Aktiengesellschaft", "SA": "S.A.", "s.r.o.": "spol. s r.o.", "Srl": "S.r.l.", "SL": "S.L.", "AB": "Aktiebolag"}  # fmt: skip


def faker_world(customers: int, newcomers: int, seed: int = 1) -> World:
    """Return a register and newcomers, half of whom are strangers from the same maker."""
    chance = random.Random(seed)
    makers = [(locale.partition("_")[2].replace("AA", "AE"), Faker(locale)) for locale in LOCALES]
    for _, maker in makers:
        maker.seed_instance(seed)
    firms = [_firm(number, chance, *chance.choice(makers)) for number in range(customers + newcomers // 2)]
    register, strangers = firms[:customers], firms[customers:]
    known = chance.sample(register, newcomers - len(strangers))
    asked = [(_as_written_elsewhere(firm, chance, makers), firm.number) for firm in known]
    asked += [(_as_written_elsewhere(firm, chance, makers), "") for firm in strangers]
    chance.shuffle(asked)
    return World(register, asked)


def _firm(number: int, chance: random.Random, country: str, maker: Faker) -> Record:
    name = maker.company()
    if chance.random() < 0.45:
        first, _, rest = name.partition(" ")
        name = f"{first} {chance.choice(ACTIVITIES)} {rest}".strip()
    elif chance.random() < 0.15:
        name = f"{chance.choice(ACTIVITIES)} {maker.city()} {name.rpartition(' ')[2]}"
    return Record(number=f"F{number:06d}", status="active", names=(name,), places=(_place(country, maker),))


def _place(country: str, maker: Faker) -> Place:
    return Place(maker.street_address().replace("\n", " "), maker.postcode(), maker.city(), country)


def _as_written_elsewhere(firm: Record, chance: random.Random, makers: list[tuple[str, Faker]]) -> Newcomer:
    name, place = firm.names[0], firm.places[0]
    if chance.random() < 0.12:
        maker = chance.choice(
            [maker for country, maker in makers if country == place.country] or [makers[0][1]]
        )
        place = _place(place.country, maker)
    if not name.isascii() and chance.random() < 0.4:
        name, place = (
            anyascii(name),
            Place(anyascii(place.street), place.postcode, anyascii(place.town), place.country),
        )
    words = name.replace(",", "").split()
    if chance.random() < 0.3 and len(words) > 1 and len(words[-1].replace(".", "")) < 5:
        words.pop()
    elif chance.random() < 0.2:
        words = [LONG.get(word, word) for word in words]
    if chance.random() < 0.12:
        words[0], words[-1] = words[-1], words[0]
    if chance.random() < 0.1 and len(words) > 2:
        words.pop(chance.randrange(1, len(words)))
    for _ in range(chance.choices((0, 1, 2), (55, 35, 10))[0]):
        at = chance.randrange(len(words))
        words[at] = slipped(words[at], chance)
    name = " ".join(words).upper() if chance.random() < 0.3 else " ".join(words)
    street = place.street
    if chance.random() < 0.5:
        for full, short in SHORT.items():
            street = street.replace(full, short)
    town = slipped(place.town, chance) if chance.random() < 0.06 else place.town
    return Newcomer(
        name=name,
        street=street if chance.random() < 0.9 else "",
        postcode=place.postcode if chance.random() < 0.8 else "",
        town=town if chance.random() < 0.95 else "",
        country=place.country,
    )


def slipped(word: str, chance: random.Random) -> str:
    """Return `word` with one key hit beside the right one, twice, too early or not at all."""
    if len(word) < 4:
        return word
    at = chance.randrange(1, len(word))
    letter = word[at].lower()
    row = next((row for row in KEYBOARD if letter in row), letter)
    beside = row[(row.index(letter) + chance.choice((-1, 1))) % len(row)]
    return chance.choice(
        (
            word[:at] + beside + word[at + 1 :],
            word[:at] + letter + word[at:],
            word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :],
            word[:at] + word[at + 1 :],
        )
    )
