"""`claimdesk match`: whom would these newcomers match?"""

import csv
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any, TextIO

import click
from django.core.management import call_command
from django.db import connections
from django.db.utils import DEFAULT_DB_ALIAS, ConnectionHandler

from claimdesk.config.configuration import sqlite_settings
from claimdesk.customers.matching.candidates import Candidate, candidates
from claimdesk.customers.matching.records import Newcomer, newcomer_of_row
from claimdesk.customers.matching.register import file_register
from claimdesk.kernel.tables import Unusable, guarded, open_table

COLUMNS = ("id", "rank", "number", "probability", "reasons")


@click.command()
@click.argument("newcomers", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--against",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A file of customers, in place of those on file; nothing of it is kept.",
)
@click.option("--top", type=click.IntRange(1, 100), default=5, show_default=True, help="Candidates for each.")
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), help="Where to write; else the terminal."
)
def match(newcomers: Path, against: Path | None, top: int, out: Path | None) -> None:
    """Whom would these NEWCOMERS match?

    CSV or Excel with any of the columns id, name, email, phone, tax_number, street, postcode, town, country.
    Writes id, rank, number, probability, reasons; a newcomer without a candidate gets one row with rank 0.
    """
    with ExitStack() as open_things:
        if against:
            open_things.enter_context(throw_away_database())
            count = file_register(read_rows(against))
            click.echo(f"{count} customers to match against", err=True)
        target: TextIO = sys.stdout
        if out:
            target = open_things.enter_context(out.open("w", encoding="utf-8", newline=""))
        matched, times = write_matches(read_rows(newcomers), top, csv.writer(target))
    click.echo(summary(matched, times), err=out is None)


def read_rows(path: Path) -> Iterator[dict[str, str]]:
    """Return the rows of a CSV or Excel file by column. Raises: Unusable."""
    table = open_table(path)
    names = [name.lower() for name in table.header]
    if not set(Newcomer.__slots__) & set(names):
        raise Unusable(
            f"{path}: none of its columns is known; name them {', '.join(('id', *Newcomer.__slots__))}"
        )
    return (dict(zip(names, cells, strict=False)) for _, cells in table.rows())


@contextmanager
def throw_away_database() -> Iterator[None]:
    """Work on an empty SQLite file for a while, which is gone afterwards."""
    usual = connections[DEFAULT_DB_ALIAS]
    with TemporaryDirectory(prefix="claimdesk-match-", ignore_cleanup_errors=True) as folder:
        other = ConnectionHandler({DEFAULT_DB_ALIAS: sqlite_settings(f"{folder}/register.sqlite3")})[
            DEFAULT_DB_ALIAS
        ]
        connections[DEFAULT_DB_ALIAS] = other
        try:
            call_command("migrate", verbosity=0)
            with other.cursor() as cursor:
                cursor.execute("PRAGMA synchronous=OFF")
            yield
        finally:
            other.close()
            connections[DEFAULT_DB_ALIAS] = usual


def write_matches(rows: Iterator[dict[str, Any]], top: int, writer: Any) -> tuple[int, list[float]]:
    """Write the candidates of each row; return how many rows had one, and how long each lookup took in ms."""
    writer.writerow(COLUMNS)
    matched, times = 0, []
    for place, row in enumerate(rows, 1):
        name = guarded(str(row.get("id") or place))
        newcomer: Newcomer = newcomer_of_row(row)
        start = perf_counter()
        found = candidates(newcomer, limit=top)
        times.append((perf_counter() - start) * 1000)
        matched += bool(found)
        for rank, candidate in enumerate(islice(found, top), 1):
            writer.writerow(
                (name, rank, candidate.number, f"{candidate.probability:.6f}", in_words(candidate))
            )
        if not found:
            writer.writerow((name, 0, "", "", ""))
    return matched, times


def in_words(candidate: Candidate) -> str:
    """Return the reasons in one line, those against marked."""
    told = (
        reason.sentence if reason.speaks_for else f"but {reason.sentence}" for reason in candidate.reasons
    )
    return "; ".join(told)


def summary(matched: int, times: list[float]) -> str:
    """Return how many were matched, and the median and the slowest hundredth of the lookups."""
    if not times:
        return "0 newcomers"
    ordered = sorted(times)
    p50, p99 = ordered[len(ordered) // 2], ordered[min(len(ordered) * 99 // 100, len(ordered) - 1)]
    return f"{len(times)} newcomers, {matched} with a candidate; lookup p50 {p50:.1f} ms, p99 {p99:.1f} ms"
