"""Readers of public sets of labelled names; the files are not part of the project, and nothing else is read of them.

namebench.csv: nomenklatura, MIT. chicago.csv: dedupe-examples, MIT. sdn.csv, alt.csv, add.csv: the list of Specially
Designated Nationals of the United States' Treasury, public domain, in its old fixed form.
"""

import csv
import random
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from bench.registers import World
from claimdesk.customers.matching import fields
from claimdesk.customers.matching.records import Newcomer, Place, Record

_POSTCODE_AT_END = re.compile(r"(.*?)[ ,]+([A-Z]{0,2}-?\d[\dA-Z -]{2,9})$")


def namebench_pairs(path: Path) -> Iterator[tuple[str, str, bool]]:
    """Yield pairs of names and whether they are one organization."""
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield row["name1"], row["name2"], row["is_match"] == "true"


def chicago_groups(path: Path) -> list[tuple[str, Record]]:
    """Return (site, record) for each entry; entries of one site are the same organization."""
    with path.open(encoding="utf-8", newline="") as file:
        return [
            (
                row["true_id"],
                Record(
                    number=row["id"],
                    names=(row["name"],),
                    phones=(row["phone"],) if row["phone"] else (),
                    places=(Place(row["address"], row["zip"]),),
                ),
            )
            for row in csv.DictReader(file)
        ]


def sanctions_world(folder: Path, seed: int = 1) -> World:
    """Return real organizations under their first name and one address; newcomers use another name of theirs.

    A third is not on file, and as many of these ask as of those who are. Three in ten give the last of their addresses.
    Many other names share no word with the first: an exacting set, of which not all can be told.
    """
    chance = random.Random(seed)
    names = {row[0]: row[1] for row in _rows(folder / "sdn.csv") if len(row) > 3 and not row[2]}
    others, places = _other_names(folder), _places(folder)
    numbers = [number for number in sorted(names) if places[number]]
    chance.shuffle(numbers)
    strangers = set(numbers[: len(numbers) // 3])
    asked: dict[bool, list[tuple[Newcomer, str]]] = {True: [], False: []}
    for number in numbers:
        if others[number]:
            place = places[number][0 if chance.random() < 0.7 else -1]
            newcomer = Newcomer(name=chance.choice(others[number]), **asdict(place))
            asked[number in strangers].append((newcomer, "" if number in strangers else number))
    fewest = min(map(len, asked.values()))
    register = [
        Record(number=number, names=(names[number],), places=(places[number][0],))
        for number in numbers
        if number not in strangers
    ]
    return World(register, asked[True][:fewest] + asked[False][:fewest])


def _other_names(folder: Path) -> dict[str, list[str]]:
    found = defaultdict(list)
    for row in _rows(folder / "alt.csv"):
        if len(row) > 3:
            found[row[0]].append(row[3])
    return found


def _places(folder: Path) -> dict[str, list[Place]]:
    found = defaultdict(list)
    for row in _rows(folder / "add.csv"):
        if len(row) > 4 and any(row[2:5]):
            parts = _POSTCODE_AT_END.match(row[3])
            town, postcode = (parts[1], parts[2]) if parts else (row[3], "")
            found[row[0]].append(Place(row[2], postcode, town, fields.country(row[4])))
    return found


def _rows(path: Path) -> Iterator[list[str]]:
    with path.open(encoding="latin-1", newline="") as file:
        for row in csv.reader(file, skipinitialspace=True):
            yield ["" if cell.strip() == "-0-" else cell.strip() for cell in row]
