"""Benchmarks, each beside its floor or rivals: `python -m bench lists --customers 1000000 --claims 100000`."""

import argparse
import importlib

from bench.throw_away import place


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("what", nargs="?", choices=("lists", "deeds", "imports", "orders"), default="lists")
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--customers", type=int, default=10_000)
    parser.add_argument("--claims", type=int, default=10_000)
    parser.add_argument("--orders", type=int, default=10_000)
    parser.add_argument("--times", type=int, default=40, help="requests a page, or deeds")
    asked = parser.parse_args()
    with place(asked.database) as folder:
        print(f"{asked.what} on {asked.database}")
        bench = importlib.import_module(f"bench.{asked.what}")
        if asked.what == "imports":
            bench.run(folder, asked.customers)
        else:
            many = asked.orders if asked.what == "orders" else asked.claims
            bench.run(folder, asked.customers, many, asked.times)


if __name__ == "__main__":
    main()
