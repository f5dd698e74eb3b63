"""Files of made-up customers and contacts, as a seller's ERP would write them; the same seed gives the same files."""

import csv
import random
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import xlsxwriter

from bench.registers import Firms
from claimdesk.customers.matching.records import Record

CUSTOMER_HEADER = (
    "number", "name", "status", "email", "phone", "website", "tax_number", "street", "postcode", "town", "country",
    "terms", "price_group", "external_id",
)  # fmt: skip
CONTACT_HEADER = ("customer", "name", "email", "phone", "title")
FIRST_NAMES = (
    "Anna",
    "Ben",
    "Chloé",
    "David",
    "Emma",
    "Frank",
    "Giulia",
    "Henning",
    "Ida",
    "Jörg",
    "Kate",
    "Luc",
)
TITLES = ("Purchasing", "Workshop", "Owner", "Accounts", "Stores")


def customer_rows(customers: int, seed: int = 1) -> Iterator[list[str]]:
    """Yield customers in the columns of CUSTOMER_HEADER; one in six has no e-mail address and is Admin."""
    chance = random.Random(seed)
    for place, firm in enumerate(Firms(chance).make(customers), 1):
        yield _customer_row(firm, place)


def _customer_row(firm: Record, place: int) -> list[str]:
    at = firm.places[0]
    email = f"desk{place}@{firm.emails[0].partition('@')[2]}" if place % 6 and firm.emails else ""
    return [
        firm.number, firm.names[0], ("active", "inactive", "new")[place % 30 // 28] if email else "admin", email,
        firm.phones[0] if firm.phones else "", firm.website, firm.tax_number, at.street, at.postcode, at.town,
        at.country, "30 days net", "ABC"[place % 3], f"ERP-{place}",
    ]  # fmt: skip


def contact_rows(customers: int, contacts: int, seed: int = 1) -> Iterator[list[str]]:
    """Yield contacts in the columns of CONTACT_HEADER, spread over the customers."""
    chance = random.Random(seed)
    family_names = Firms(chance).names["US"]
    for place in range(1, contacts + 1):
        name = f"{chance.choice(FIRST_NAMES)} {chance.choice(family_names)}"
        number = f"C{(place * 7919) % customers + 1:07d}"
        yield [number, name, f"contact{place}@example{place % 999}.com", "", TITLES[place % 5]]


def write_csv(path: Path, header: tuple[str, ...], rows: Iterator[list[str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        writer.writerows(rows)
    return path


def write_excel(path: Path, header: tuple[str, ...], rows: Iterator[list[str]]) -> Path:
    with xlsxwriter.Workbook(str(path), {"constant_memory": True, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet()
        for line, row in enumerate(([*header], *rows)):
            sheet.write_row(line, 0, row)
    return path


def first(rows: Iterator[list[str]], count: int) -> list[list[str]]:
    """Return the first `count` rows, for rivals that would take all night with all of them."""
    return list(islice(rows, count))
