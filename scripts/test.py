"""All tests, on both databases and in a real browser: `make test`, or `make test PARTS="sqlite browser"`.

The last line sums up and names what was left out; the exit code is 0 only if all that ran passed and,
where CI is set, nothing was left out.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ElementTree
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import debian
from postgres import throwaway_cluster

HOUSE = Path(__file__).resolve().parent.parent
PLAIN = ["-n", "2", "-m", "not browser and not race and not courier"]
RIVALS = ["-m", "(race or courier) and not browser"]
BROWSER = ["-n", "2", "--dist", "loadfile", "-m", "browser"]
PARTS = {"sqlite", "postgresql", "browser"}
NO_TESTS_COLLECTED = 5


@dataclass
class Totals:
    """What became of the tests so far."""

    counts: Counter = field(default_factory=Counter)
    left_out: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)

    def last_line(self) -> str:
        """The sum of all runs, as one line."""
        line = f"{self.counts['passed']} passed, {self.counts['failed']} failed"
        if self.counts["skipped"]:
            line += f", {self.counts['skipped']} skipped"
        if self.broken:
            line += f"; did not finish: {', '.join(self.broken)}"
        return line + (f"; left out: {', '.join(self.left_out)}" if self.left_out else "")

    def exit_code(self) -> int:
        """0 if nothing failed and, in CI, nothing was left out."""
        incomplete = self.left_out and os.environ.get("CI")
        return 1 if self.counts["failed"] or self.broken or incomplete or not self.counts["passed"] else 0


def runs(databases: dict[str, str], *, browser: bool) -> Iterator[tuple[str, str, list[str]]]:
    """Each run of pytest: its name, its database's address, its arguments."""
    for database, address in databases.items():
        yield database, address, PLAIN
        yield f"{database}, rivals and workers", address, RIVALS
    if browser:
        for database, address in databases.items():
            yield f"{database}, browser", address, BROWSER


def run_pytest(name: str, address: str, arguments: list[str], totals: Totals) -> None:
    """Run pytest once and add its figures to the totals."""
    print(f"\n=== {name} ===", flush=True)
    started = time.monotonic()
    environment = {**os.environ, "CLAIMDESK_TEST_DATABASE_URL": address}
    if not address:
        del environment["CLAIMDESK_TEST_DATABASE_URL"]
    with tempfile.NamedTemporaryFile(suffix=".xml") as report:
        command = [sys.executable, "-m", "pytest", "-q", f"--junitxml={report.name}", *arguments]
        exit_code = subprocess.run(
            command, cwd=HOUSE, check=False, env=environment, stdin=subprocess.DEVNULL
        ).returncode
        found = count(Path(report.name))
    totals.counts += found
    if exit_code == NO_TESTS_COLLECTED:
        totals.left_out.append(f"{name} (there are no such tests)")
    elif exit_code and not found["failed"]:
        totals.broken.append(name)
    print(f"{name}: {time.monotonic() - started:.0f} s", flush=True)


def count(report: Path) -> Counter:
    """What a report of pytest says, in its words."""
    if not report.stat().st_size:
        return Counter()
    suite = ElementTree.parse(report).getroot().find("testsuite")
    figures = {name: int(suite.get(name)) for name in ("tests", "failures", "errors", "skipped")}
    failed = figures["failures"] + figures["errors"]
    return Counter(
        passed=figures["tests"] - failed - figures["skipped"], failed=failed, skipped=figures["skipped"]
    )


def choose(wanted: set[str], totals: Totals) -> tuple[bool, bool]:
    """Get what PostgreSQL's and the browser's part need. Returns which of the two can run."""
    needs = {"postgresql": "postgresql", "browser": "chromium"}
    debian.install(
        [needs[part] for part in sorted(wanted & set(needs)) if needs[part] in debian.missing_packages()]
    )
    still_missing = debian.missing_packages()
    for part in ("sqlite", "postgresql", "browser"):
        if part not in wanted or needs.get(part) in still_missing:
            totals.left_out.append(part)
    return "postgresql" not in totals.left_out, "browser" not in totals.left_out


def main() -> int:
    """Run what was asked for, everything by default."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    wanted = set(sys.argv[1:]) or PARTS
    if unknown := wanted - PARTS:
        sys.exit(f"Unknown part: {', '.join(unknown)}. There are: {', '.join(sorted(PARTS))}.")
    totals = Totals()
    with_postgres, with_browser = choose(wanted, totals)
    subprocess.run([sys.executable, "scripts/translations.py", "compile"], cwd=HOUSE, check=True)
    with ExitStack() as stack:
        databases = {"sqlite": ""} if "sqlite" in wanted else {}
        if with_postgres:
            databases["postgresql"] = stack.enter_context(throwaway_cluster())
        for name, address, arguments in runs(databases or {"sqlite": ""}, browser=with_browser):
            if arguments is BROWSER or name.split(",")[0] in databases:
                run_pytest(name, address, arguments, totals)
    shutil.rmtree(HOUSE / "test-results", ignore_errors=True)
    print(f"\n{totals.last_line()}", flush=True)
    return totals.exit_code()


if __name__ == "__main__":
    sys.exit(main())
