"""Readers of two public sets of labelled names; the files are not part of the project.

chicago.csv: dedupe-examples, MIT. namebench.csv: nomenklatura, MIT.
"""

import csv
from collections.abc import Iterator
from pathlib import Path

from claimdesk.customers.matching.records import Place, Record


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
