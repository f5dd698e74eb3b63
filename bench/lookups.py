"""Fills a register and asks it for misspelt names, beside rivals; `bench.matching_speed` says on which database."""

import multiprocessing
import random
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from time import perf_counter, process_time

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from rapidfuzz import fuzz, process  # noqa: E402

from bench.registers import Firms, misspelt  # noqa: E402
from claimdesk.customers.matching.candidates import candidates  # noqa: E402
from claimdesk.customers.matching.records import Newcomer, Record  # noqa: E402
from claimdesk.customers.matching.register import file_register  # noqa: E402
from claimdesk.customers.matching.writing import reindex  # noqa: E402
from claimdesk.customers.models import Customer  # noqa: E402

INDEX_BYTES = {
    "sqlite": "SELECT sum(pgsize) FROM dbstat WHERE name LIKE 'customers_match%'",
    "postgresql": "SELECT pg_total_relation_size('customers_matchentry')",
}
Ask = Callable[[str], list[str]]


def rows(
    firms: Iterator[Record], wanted: dict[int, str], sample: set[int], names: list[str]
) -> Iterator[dict[str, str]]:
    """Yield the firms as rows of a file; keep the names of the `sample`, and all of them, folded."""
    for number, firm in enumerate(firms):
        at = firm.places[0]
        name = firm.names[0]
        names.append(name)
        if number in sample:
            wanted[number] = name
        yield {
            "number": firm.number,
            "name": name,
            "street": at.street,
            "postcode": at.postcode,
            "town": at.town,
            "country": at.country,
        }


def timed(who: str, ask: Ask, asked: list[tuple[str, str]]) -> None:
    """Ask for each name; print the median and slowest hundredth, and how often the right one was among the five.

    Firms of one name count as one: by the name alone nobody could tell them apart.
    """
    times, worked, right = [], process_time(), 0
    for typed, name in asked:
        start = perf_counter()
        found = ask(typed)
        times.append((perf_counter() - start) * 1000)
        right += name in found[:5]
    worked = (process_time() - worked) * 1000 / len(asked)
    times.sort()
    p50, p99 = times[len(times) // 2], times[len(times) * 99 // 100]
    share = right / len(asked)
    print(f"{who:<20} {len(asked):7} {p50:8.1f} {p99:8.1f} {worked:9.1f} {share:9.3f}", flush=True)


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


def over_all(names: list[str]) -> Ask:
    folded = [name.casefold() for name in names]

    def ask(typed: str) -> list[str]:
        best = process.extract(typed.casefold(), folded, scorer=fuzz.WRatio, limit=5)
        return [names[number] for _, _, number in best]

    return ask


def measure(customers: int, lookups: int, rivals: int, seed: int) -> None:
    """Fill the register, then ask for misspelt names."""
    call_command("migrate", verbosity=0)
    chance = random.Random(seed)
    sample = set(chance.sample(range(customers), min(lookups, customers)))
    wanted: dict[int, str] = {}
    names: list[str] = []
    fill(rows(Firms(chance).make(customers), wanted, sample, names), customers)
    with connection.cursor() as cursor:
        cursor.execute(INDEX_BYTES[connection.vendor])
        print(f"index: {cursor.fetchone()[0] / customers:.0f} bytes a customer")
    write_cost(customers, chance)
    asked = [(misspelt_name(name, chance), name) for name in wanted.values()]
    chance.shuffle(asked)
    print(f"\n{'ms a lookup':<20} {'lookups':>7} {'p50':>8} {'p99':>8} {'processor':>9} {'in five':>9}")
    for typed, _ in asked[:20]:
        ours(typed)
    timed("claimdesk", ours, asked)
    if rivals:
        timed("rapidfuzz over all", over_all(names), asked[:rivals])
    if rivals and connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
            cursor.execute("CREATE INDEX bench_names ON customers_customer USING gin (name gin_trgm_ops)")
        timed("pg_trgm", trigrams, asked[: rivals * 4])


def fill(register: Iterator[dict[str, str]], customers: int) -> None:
    """File the register, keys made in other processes, and say how fast that was."""
    start, worked = perf_counter(), process_time()
    with ProcessPoolExecutor(1, multiprocessing.get_context("fork")) as pool:
        file_register(register, pool=pool)
    took, worked = perf_counter() - start, process_time() - worked
    print(
        f"made up and filed, with keys: {took:.0f} s, {customers / took:.0f} rows/s; the writer worked {worked:.0f} s"
    )


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
    print(
        f"a rename takes {times[False] * 10:.2f} ms, with the index and the search {times[True] * 10:.2f} ms"
    )
