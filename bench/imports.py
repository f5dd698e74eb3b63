"""How many rows a second the importers take, anew and unchanged, beside Django's update_or_create on a sample."""

import csv
import gc
import re
import resource
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402

from bench.register_files import (  # noqa: E402
    CUSTOMER_HEADER,
    customer_rows,
    first,
    write_csv,
    write_excel,
)
from bench.world import take  # noqa: E402
from claimdesk.company.actions.writing import write_default_company  # noqa: E402
from claimdesk.customers.models import Customer  # noqa: E402

SAMPLE = 1_000
MOST_IN_EXCEL = 200_000


def timed(what: str, rows: int, deed: Callable[[], object]) -> None:
    """Print how many rows a second, and the greatest memory of this process and of one that helped."""
    gc.collect()
    Path("/proc/self/clear_refs").write_text("5")  # the peak begins anew; see proc(5)
    began = time.perf_counter()
    deed()
    rate = rows / (time.perf_counter() - began)
    peak = re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())
    helpers = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss >> 10
    own = int(peak[1]) >> 10 if peak else 0
    print(f"{what:44} {rate:8.0f} rows/s {own:6} MB {helpers:6} MB in helpers", flush=True)


def one_by_one(rows: list[list[str]]) -> None:
    """What one would write first: no validation, no match keys, no search words."""
    with transaction.atomic():
        for number, name, _status, _email, phone, *_rest in rows:
            fields = {"name": name, "phone": phone, "state": "admin", "number": f"rival{number}"}
            Customer.objects.update_or_create(number_folded=f"rival{number}".lower(), defaults=fields)
        transaction.set_rollback(True)


def plain_rows(path: Path) -> None:
    """What the database takes at best: the file's cells as text, in a table with four indexes."""
    places = range(len(CUSTOMER_HEADER))
    columns = ", ".join(f"c{place} text" for place in places)
    with path.open(encoding="utf-8", newline="") as file, transaction.atomic(), connection.cursor() as cursor:
        rows = csv.reader(file)
        next(rows)
        cursor.execute(f"CREATE TABLE plain_rows ({columns})")
        for place in range(4):
            cursor.execute(f"CREATE INDEX plain_rows_{place} ON plain_rows (c{place})")
        if connection.vendor == "postgresql":
            with cursor.copy("COPY plain_rows FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            marks = ", ".join("%s" for _ in places)
            cursor.executemany(f"INSERT INTO plain_rows VALUES ({marks})", rows)
        transaction.set_rollback(True)


def others(rows: Iterator[list[str]]) -> Iterator[list[str]]:
    """Yield customers like these, with numbers and addresses of their own."""
    for number, name, status, email, *rest, external_id in rows:
        yield [f"X{number}", name, status, email and f"x{email}", *rest, f"X{external_id}"]


def run(folder: Path, customers: int) -> None:
    """Import, import again, both from Excel too, and let the rivals try."""
    call_command("migrate", verbosity=0)
    write_default_company()
    csv_file = write_csv(folder / "customers.csv", CUSTOMER_HEADER, customer_rows(customers))
    print(f"{customers:,} customers on {connection.vendor}")
    timed("CSV, all new", customers, lambda: take("customers", csv_file))
    timed("CSV, nothing changed", customers, lambda: take("customers", csv_file))
    timed("limit: rows of text under four indexes", customers, lambda: plain_rows(csv_file))
    in_excel = min(customers, MOST_IN_EXCEL)
    excel = write_excel(folder / "customers.xlsx", CUSTOMER_HEADER, others(customer_rows(in_excel)))
    timed("Excel, all new", in_excel, lambda: take("customers", excel))
    timed("Excel, nothing changed", in_excel, lambda: take("customers", excel))
    sample = first(customer_rows(SAMPLE), SAMPLE)
    timed("rival: update_or_create", SAMPLE, lambda: one_by_one(sample))
