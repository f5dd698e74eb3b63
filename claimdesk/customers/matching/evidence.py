"""What two records say for and against being one organization, as named facts with a strength from 0 to 1."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from claimdesk.customers.matching import fields
from claimdesk.customers.matching.names import NameComparison, allowed_edits, compare_names
from claimdesk.customers.matching.rarity import Rarity
from claimdesk.customers.matching.records import ComparablePlace, Profile

ALIKE_STREET = 85
MOST_OF_STREET = 0.75
FULL_INFORMATION = 20.0
MUCH_LEFT = 12.0


@dataclass(frozen=True, slots=True)
class Fact:
    """One named fact: how strongly it holds, and the particulars that its sentence needs."""

    code: str
    strength: float
    params: dict[str, Any]


def gather(newcomer: Profile, customer: Profile, rarity: Rarity) -> tuple[NameComparison | None, list[Fact]]:
    """Return how the names compare at best, and all facts."""
    name = _best_name(newcomer, customer, rarity)
    facts = _of_name(name) if name else [Fact("name_missing", 1.0, {})]
    place = _best_place(newcomer, customer)
    facts += place + _of_country(newcomer, customer)
    facts += _of_tax_number(newcomer, customer) + _of_phone(newcomer, customer) + _of_mail(newcomer, customer)
    if name:
        facts += _of_name_and_place(name, {fact.code for fact in place})
    return name, facts


def _best_name(newcomer: Profile, customer: Profile, rarity: Rarity) -> NameComparison | None:
    places = newcomer.place_words | customer.place_words
    compared = [
        compare_names(one, other, rarity, places) for one in newcomer.names for other in customer.names
    ]
    return max(compared, key=lambda name: (name.coverage, name.joined, name.shared), default=None)


def _of_name(name: NameComparison) -> list[Fact]:
    information = min(name.shared / FULL_INFORMATION, 1.0)
    coverage = name.coverage
    facts = {
        "name_shared": information,
        "name_alike": coverage,
        "name_unlike": max(0.0, 0.5 - coverage) * 2,
        "name_close": max(0.0, coverage - 0.8) * 5,
        "name_letters": max(0.0, name.joined - 0.6) / 0.4,
        "name_same": float(name.exact),
        "name_same_rare": information if name.exact else 0.0,
        "name_edits": min(name.edits, 4) / 4,
        "name_missing_words": min(name.missing_information / MUCH_LEFT, 1.0),
        "name_extra_words": min(name.extra_information / MUCH_LEFT, 1.0),
        "name_both_differ": min(name.missing_information, name.extra_information, MUCH_LEFT) / MUCH_LEFT,
        "name_other_numbers": float(name.numbers_differ),
        "name_number_left": float(name.number_left),
        "name_sister": float(name.names_a_sister),
        "name_initials": float(name.is_acronym),
        "legal_form_same": float(name.same_form),
        "legal_form_kindred": float(name.kindred_form),
        "legal_form_other": float(name.other_form),
    }
    return [Fact(code, strength, {}) for code, strength in facts.items() if strength > 0]


def _of_name_and_place(name: NameComparison, place: set[str]) -> list[Fact]:
    if (
        not ({"town_other", "postcode_other"} & place)
        or {"town_same", "postcode_same", "street_same"} & place
    ):
        return []
    return [Fact("common_name_elsewhere", 1 - min(name.shared / FULL_INFORMATION, 1.0), {})]


def _best_place(newcomer: Profile, customer: Profile) -> list[Fact]:
    """Return the facts of the two addresses that agree best: more in common, less against."""

    def agreement(facts: list[Fact]) -> int:
        return sum(_AGREEMENT[fact.code] for fact in facts)

    compared = [_of_place(one, other) for one in newcomer.places for other in customer.places]
    return max(compared, key=agreement, default=[])


_AGREEMENT = {
    "street_same": 8,
    "street_near": 3,
    "street_other": -1,
    "postcode_same": 4,
    "postcode_near": 1,
    "postcode_other": -1,
    "town_same": 2,
    "town_near": 1,
    "town_other": -1,
}


def _of_place(one: ComparablePlace, other: ComparablePlace) -> list[Fact]:
    facts = []
    if one.street and other.street:
        facts.append(Fact(_street(one, other), 1.0, {}))
    if one.postcode and other.postcode:
        facts.append(Fact(_postcode(one, other), 1.0, {"postcode": other.postcode}))
    if one.town and other.town:
        facts.append(Fact(_town(one.town, other.town), 1.0, {"town": other.town_as_typed}))
    return facts


def _street(one: ComparablePlace, other: ComparablePlace) -> str:
    if not _is_same_street(one.street, other.street):
        return "street_other"
    common = len(one.numbers & other.numbers)
    fewest = min(len(one.numbers), len(other.numbers))
    is_same_house = one.numbers == other.numbers if not fewest else common * 2 >= fewest
    return "street_same" if is_same_house else "street_near"


@lru_cache(maxsize=50_000)
def _is_same_street(one: str, other: str) -> bool:
    """Tell whether most letters of the shorter street, its longest word among them, are in the other one's words."""
    if one == other:
        return True
    if fuzz.ratio(one.replace(" ", ""), other.replace(" ", "")) > ALIKE_STREET:
        return True
    shorter, longer = sorted((one, other), key=len)
    words, others = shorter.split(), longer.split()
    met = [word for word in words if any(_is_street_word(word, mate) for mate in others)]
    longest = max(words, key=len)
    return longest in met and sum(map(len, met)) >= MOST_OF_STREET * sum(map(len, words))


def _is_street_word(one: str, other: str) -> bool:
    if one == other:
        return True
    if one[0].isdigit() or other[0].isdigit():
        return False
    allowed = allowed_edits(max(len(one), len(other)))
    return OSA.distance(one, other, score_cutoff=allowed) <= allowed


def _postcode(one: ComparablePlace, other: ComparablePlace) -> str:
    if one.country and other.country and one.country != other.country:
        return "postcode_other"
    if one.postcode == other.postcode:
        return "postcode_same"
    half = max(2, min(len(one.postcode), len(other.postcode)) // 2)
    near = OSA.distance(one.postcode, other.postcode) == 1 or one.postcode[:half] == other.postcode[:half]
    return "postcode_near" if near else "postcode_other"


def _town(one: str, other: str) -> str:
    if one == other:
        return "town_same"
    within = set(one.split()) < set(other.split()) or set(other.split()) < set(one.split())
    near = within or fuzz.ratio(one, other) > 82
    return "town_near" if near else "town_other"


def _of_country(newcomer: Profile, customer: Profile) -> list[Fact]:
    if not newcomer.countries or not customer.countries:
        return []
    same = newcomer.countries & customer.countries
    params = {"country": sorted(same or customer.countries)[0]}
    return [Fact("country_same" if same else "country_other", 1.0, params)]


def _of_tax_number(newcomer: Profile, customer: Profile) -> list[Fact]:
    if not newcomer.tax_number or not customer.tax_number:
        return []
    same = newcomer.tax_number == customer.tax_number
    return [Fact("tax_number_same" if same else "tax_number_other", 1.0, {})]


def _of_phone(newcomer: Profile, customer: Profile) -> list[Fact]:
    if not newcomer.phones or not customer.phones:
        return []
    same = any(fields.same_phone(one, other) for one in newcomer.phones for other in customer.phones)
    if same:
        return [Fact("phone_same", 1.0, {})]
    near = any(fields.near_phone(one, other) for one in newcomer.phones for other in customer.phones)
    return [Fact("phone_near" if near else "phone_other", 1.0, {})]


def _of_mail(newcomer: Profile, customer: Profile) -> list[Fact]:
    """Return the strongest fact of e-mail addresses, domains and websites."""
    if not newcomer.emails and not newcomer.domains:
        return []
    if newcomer.emails & customer.emails:
        return [Fact("email_on_file", 1.0, {})]
    ours, theirs = newcomer.domains, customer.domains
    confirmed = (ours & customer.confirmed_domains) | (theirs & newcomer.confirmed_domains)
    if confirmed:
        return [Fact("domain_confirmed", 1.0, {"domain": min(confirmed)})]
    contacts = [(count, domain) for domain, count in customer.mail_domains.items() if domain in ours]
    if contacts:
        count, domain = max(contacts)
        return [Fact("domain_of_contacts", 1.0, {"domain": domain, "contacts": count})]
    if ours & theirs:
        return [Fact("domain_of_website", 1.0, {"domain": min(ours & theirs)})]
    return [Fact("domain_other", 1.0, {"domain": min(theirs)})] if ours and theirs else []
