"""The two sides of a comparison: who comes, and who is on file."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import cached_property

from claimdesk.customers.matching import fields
from claimdesk.customers.matching.normalise import Name, normalise_name


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Who asks: all as typed, all may be empty. `country` is an ISO 3166 code of two letters."""

    name: str = ""
    email: str = ""
    phone: str = ""
    tax_number: str = ""
    street: str = ""
    postcode: str = ""
    town: str = ""
    country: str = ""
    website: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """An address as typed; `country` is an ISO 3166 code of two letters."""

    street: str = ""
    postcode: str = ""
    town: str = ""
    country: str = ""


@dataclass(frozen=True)
class Record:
    """A customer as matching sees him: all as typed.

    `names` holds the present name first, then earlier and other ones; `emails` those of the customer and of his
    contacts; `domains` those that staff confirmed.
    """

    customer_id: int = 0
    number: str = ""
    status: str = ""
    names: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    tax_number: str = ""
    website: str = ""
    domains: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()

    @classmethod
    def of_newcomer(cls, newcomer: Newcomer) -> "Record":
        """Return the newcomer as if he were on file, so that any two can be compared."""
        place = Place(newcomer.street, newcomer.postcode, newcomer.town, newcomer.country)
        return cls(
            names=(newcomer.name,),
            emails=(newcomer.email,) if newcomer.email else (),
            phones=(newcomer.phone,) if newcomer.phone else (),
            tax_number=newcomer.tax_number,
            website=newcomer.website,
            places=(place,) if any((place.street, place.postcode, place.town, place.country)) else (),
        )


@dataclass(frozen=True, slots=True)
class ComparablePlace:
    street: str
    numbers: frozenset[str]
    postcode: str
    town: str
    country: str
    town_as_typed: str = field(default="", compare=False)


@dataclass(frozen=True)
class Profile:
    """A record made comparable, each part when it is first asked for. Shared mailbox domains are left out (A33)."""

    record: Record
    shared_domains: frozenset[str] = field(default_factory=frozenset)

    @cached_property
    def names(self) -> tuple[Name, ...]:
        return tuple(name for name in map(normalise_name, self.record.names) if name.words)

    @cached_property
    def places(self) -> tuple[ComparablePlace, ...]:
        places = tuple(map(_comparable, self.record.places))
        return tuple(dict.fromkeys(places)) if len(places) > 1 else places

    @cached_property
    def countries(self) -> frozenset[str]:
        return frozenset([place.country.upper() for place in self.record.places if place.country])

    @cached_property
    def place_words(self) -> frozenset[str]:
        """The words of its towns and countries, as a name would spell them."""
        towns = [fields.town(place.town) for place in self.record.places if place.town]
        words = [word for town in towns for word in town.split()]
        words += [word for country in self.countries for word in fields.country_words(country)]
        return frozenset(words)

    @cached_property
    def emails(self) -> frozenset[str]:
        return frozenset(map(fields.email, self.record.emails)) - {""}

    @cached_property
    def mail_domains(self) -> dict[str, int]:
        """Domains of the e-mail addresses on file, with how many addresses each has."""
        counts: dict[str, int] = {}
        for address in self.emails:
            domain = address.rpartition("@")[2]
            if domain and domain not in self.shared_domains:
                counts[domain] = counts.get(domain, 0) + 1
        return counts

    @cached_property
    def web_domain(self) -> str:
        domain = fields.domain_of_website(self.record.website) if self.record.website else ""
        return "" if domain in self.shared_domains else domain

    @cached_property
    def confirmed_domains(self) -> frozenset[str]:
        domains = [domain.strip().casefold() for domain in self.record.domains]
        return frozenset(domains) - self.shared_domains

    @cached_property
    def domains(self) -> frozenset[str]:
        """All domains that may be the organization's own."""
        return frozenset([*self.mail_domains, self.web_domain, *self.confirmed_domains]) - {""}

    @cached_property
    def phones(self) -> frozenset[str]:
        country = next(iter(sorted(self.countries)), "")
        return frozenset(filter(None, (fields.phone(text, country) for text in self.record.phones)))

    @cached_property
    def phone_tails(self) -> frozenset[str]:
        return frozenset(map(fields.phone_tail, self.record.phones)) - {""}

    @cached_property
    def tax_number(self) -> str:
        country = next(iter(sorted(self.countries)), "")
        return fields.tax_number(self.record.tax_number, country) if self.record.tax_number else ""


def _comparable(place: Place) -> ComparablePlace:
    street, numbers = fields.street(place.street) if place.street else ("", frozenset[str]())
    town = fields.town(place.town) if place.town else ""
    if street and town:
        street = fields.without_town(street, town)
    return ComparablePlace(
        street=street,
        numbers=numbers,
        postcode=fields.postcode(place.postcode, place.country) if place.postcode else "",
        town=town,
        country=place.country.upper(),
        town_as_typed=place.town.strip(),
    )


def newcomer_of_row(row: dict[str, Any], columns: Iterable[str] = Newcomer.__slots__) -> Newcomer:
    """Return the newcomer that a row of a file describes; the country may be a name or a code of three letters."""
    values = {column: str(row.get(column) or "").strip() for column in columns}
    values["country"] = fields.country(values.get("country", ""))
    return Newcomer(**values)
