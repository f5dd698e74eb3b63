"""How fast lookups are among N customers, beside rivals in the same run, and what the index costs.

`python -m bench.matching_speed --customers 1000000 --database postgresql`, in a throw-away file or cluster. The
rivals: rapidfuzz over all names, and on PostgreSQL pg_trgm. Beside the wall-clock times stands the time that this
process was at work, without the database server's.
"""

import argparse

from bench.throw_away import place


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--customers", type=int, default=100_000)
    options.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    options.add_argument("--lookups", type=int, default=1_000)
    options.add_argument(
        "--rivals", type=int, default=30, help="lookups for rapidfuzz; pg_trgm gets four times as many"
    )
    options.add_argument("--seed", type=int, default=3)
    given = options.parse_args()
    with place(given.database):
        from bench.lookups import measure  # reads the settings, so not before the place is there

        print(f"{given.database}, {given.customers} customers")
        measure(given.customers, given.lookups, given.rivals, given.seed)


if __name__ == "__main__":
    main()
