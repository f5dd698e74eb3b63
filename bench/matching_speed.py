"""How fast lookups are among N customers, beside a rival in the same run, and what the index costs.

`python -m bench.matching_speed --customers 100000`: a throw-away SQLite file; with --on-configured-database, the empty
database that CLAIMDESK_DATABASE_URL names. The rivals: rapidfuzz over all names, and on PostgreSQL pg_trgm.
"""

import argparse
import os
import random
import tempfile
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from time import perf_counter

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "claimdesk.config.settings")
os.environ.setdefault("CLAIMDESK_DATA_DIR", tempfile.mkdtemp(prefix="claimdesk-bench-"))

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from rapidfuzz import fuzz, process  # noqa: E402

from bench.registers import Firms, misspelt  # noqa: E402
from claimdesk.config.commands.match import throw_away_database  # noqa: E402
from claimdesk.customers.matching.candidates import candidates  # noqa: E402
from claimdesk.customers.matching.records import Newcomer, Record  # noqa: E402
from claimdesk.customers.matching.register import file_register  # noqa: E402
from claimdesk.customers.matching.writing import reindex  # noqa: E402
from claimdesk.customers.models import Customer  # noqa: E402

INDEX_BYTES = {
    "sqlite": "SELECT sum(pgsize) FROM dbstat WHERE name LIKE 'customers_match%'",
    "postgresql": "SELECT pg_total_relation_size('customers_matchentry')",
}


def rows(firms: list[Record]) -> Iterator[dict[str, str]]:
    for firm in firms:
        place = firm.places[0]
        yield {
            "number": firm.number,
            "name": firm.names[0],
            "street": place.street,
            "postcode": place.postcode,
            "town": place.town,
            "country": place.country,
        }


def timed(ask: Callable[[str], list[str]], asked: list[tuple[str, str]]) -> str:
    """Ask for each name; return the median and slowest hundredth, and how often the right one was among the five.

    Firms of one name count as one: by the name alone nobody could tell them apart.
    """
    times, right = [], 0
    for typed, name in asked:
        start = perf_counter()
        found = ask(typed)
        times.append((perf_counter() - start) * 1000)
        right += name in found[:5]
    times.sort()
    p50, p99 = times[len(times) // 2], times[len(times) * 99 // 100]
    return f"p50 {p50:7.1f} ms  p99 {p99:7.1f} ms  among the first five {right / len(asked):.3f}"


def misspelt_name(name: str, chance: random.Random) -> str:
    """Return `name` with a typing error in its longest word."""
    longest = max(name.split(), key=len)
    return name.replace(longest, misspelt(longest, chance), 1)


def ours(typed: str) -> list[str]:
    return [candidate.name for candidate in candidates(Newcomer(name=typed))]


def trigrams(typed: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name FROM customers_customer WHERE name %% %s ORDER BY similarity(name, %s) DESC LIMIT 5",
            [typed, typed],
        )
        return [name for (name,) in cursor.fetchall()]


def measure(customers: int, lookups: int, seed: int) -> None:
    """Fill the register, then ask for misspelt names."""
    chance = random.Random(seed)
    firms = list(Firms(chance).make(customers))
    start = perf_counter()
    file_register(rows(firms))
    print(
        f"filed {customers} customers with addresses and keys: {customers / (perf_counter() - start):.0f} rows/s"
    )
    with connection.cursor() as cursor:
        cursor.execute(INDEX_BYTES[connection.vendor])
        print(f"index: {cursor.fetchone()[0] / customers:.0f} bytes a customer")
    write_cost(customers, chance)
    wanted = [firm.names[0] for firm in chance.choices(firms, k=lookups)]
    asked = [(misspelt_name(name, chance), name) for name in wanted]
    print(f"claimdesk:              {timed(ours, asked)}")
    names = [firm.names[0].casefold() for firm in firms]

    def all_names(typed: str) -> list[str]:
        best = process.extract(typed.casefold(), names, scorer=fuzz.WRatio, limit=5)
        return [firms[place].names[0] for _, _, place in best]

    print(f"rapidfuzz over all:     {timed(all_names, asked[:30])}")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
            cursor.execute("CREATE INDEX bench_names ON customers_customer USING gin (name gin_trgm_ops)")
        print(f"pg_trgm:                {timed(trigrams, asked[:200])}")


def write_cost(customers: int, chance: random.Random) -> None:
    """Print what renaming a customer costs with and without the index."""
    times = {True: 0.0, False: 0.0}
    for key in chance.sample(range(1, customers + 1), 100):
        for indexed in (False, True):
            start = perf_counter()
            with transaction.atomic():
                Customer.objects.filter(pk=key).update(name=f"Renamed {key} {chance.random()}")
                if indexed:
                    reindex([key])
                transaction.set_rollback(True)
            times[indexed] += perf_counter() - start
    print(f"a rename takes {times[False] * 10:.2f} ms, with the index {times[True] * 10:.2f} ms")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--customers", type=int, default=100_000)
    options.add_argument("--lookups", type=int, default=1_000)
    options.add_argument("--seed", type=int, default=3)
    options.add_argument("--on-configured-database", action="store_true")
    asked = options.parse_args()
    if asked.on_configured_database:
        call_command("migrate", verbosity=0)
    with nullcontext() if asked.on_configured_database else throw_away_database():
        print(f"{connection.vendor}, {asked.customers} customers")
        measure(asked.customers, asked.lookups, asked.seed)


if __name__ == "__main__":
    main()
