"""Every office list over HTTP: first page, last page, sorts, searches and filters, beside the floor."""

import http.client
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django

django.setup()

from django.test import Client  # noqa: E402

from bench.throw_away import FLOOR_PORT, PORT  # noqa: E402
from bench.world import fill  # noqa: E402

PAGES = (
    "customers/", "customers/?before=end", "customers/?sort=-created", "customers/?sort=number&before=end",
    "customers/?status=admin", "customers/?status=inactive&before=end", "customers/?email=no",
    "customers/?origin=staff", "customers/?q=C0000123", "customers/?q=gmbh", "customers/?q=maschinen",
    "customers/?q=ver", "customers/?q=xyzzy", "account-claims/", "account-claims/?before=end",
    "account-claims/?status=pending", "account-claims/?status=denied&before=end",
    "account-claims/?awaiting=applicant", "account-claims/?sort=name",
    "account-claims/?sort=organization&before=end", "account-claims/?q=person+123",
    "account-claims/?q=maschinen", "users/", "users/?before=end", "users/?q=person123", "users/?state=disabled",
    "users/?kind=staff", "contacts/", "contacts/?before=end", "contacts/?q=anna", "contacts/?enabled=no",
    "contacts/?sign_in=yes", "duplicates/", "settings/audit/", "settings/audit/?before=end",
    "settings/audit/?q=person123", "settings/emails/sent/", "settings/emails/sent/?before=end",
    "settings/emails/sent/?q=person123", "settings/staff/", "",
)  # fmt: skip


@contextmanager
def served(command: list[str], port: int) -> Iterator[None]:
    """Keep a server up."""
    server = subprocess.Popen([sys.executable, "-m", *command], stdout=subprocess.DEVNULL)
    try:
        for _ in range(600):
            try:
                ask(http.client.HTTPConnection("127.0.0.1", port), "/healthz", "")
                break
            except OSError:
                time.sleep(0.1)
        yield
    finally:
        server.terminate()
        server.wait(timeout=20)


def ask(connection: http.client.HTTPConnection, address: str, cookie: str) -> tuple[float, int, int]:
    """Return milliseconds, status and bytes of an answer."""
    began = time.perf_counter()
    connection.request("GET", address, headers={"Cookie": cookie, "Accept-Encoding": "gzip"})
    answer = connection.getresponse()
    size = len(answer.read())
    return (time.perf_counter() - began) * 1000, answer.status, size


def measure(port: int, address: str, cookie: str, times: int) -> str:
    """Ask alone, then from eight threads at once."""
    alone = http.client.HTTPConnection("127.0.0.1", port)
    answers = [ask(alone, address, cookie) for _ in range(times + 4)][4:]
    spans = sorted(span for span, _, _ in answers)
    began = time.perf_counter()
    threads = [
        threading.Thread(target=_ask_often, args=(port, address, cookie, times // 4)) for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    rate = 8 * (times // 4) / (time.perf_counter() - began)
    p50, p99 = spans[len(spans) // 2], spans[len(spans) * 99 // 100]
    _span, status, size = answers[-1]
    return f"{p50:8.1f} {p99:8.1f} {rate:8.0f} {size / 1000:8.1f} {status:5}"


def _ask_often(port: int, address: str, cookie: str, times: int) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port)
    for _ in range(times):
        ask(connection, address, cookie)


def run(folder: Path, customers: int, claims: int, times: int) -> None:
    """Fill, serve, measure, print."""
    began = time.perf_counter()
    administrator = fill(folder, customers, claims)
    print(
        f"{customers:,} customers, {claims:,} account claims; filled in {time.perf_counter() - began:.0f} s"
    )
    browser = Client()
    browser.force_login(administrator)
    cookie = "; ".join(f"{name}={morsel.value}" for name, morsel in browser.cookies.items())
    print(f"{'':44} {'p50 ms':>8} {'p99 ms':>8} {'8: /s':>8} {'kB':>8}")
    with served(["bench.floor", str(FLOOR_PORT)], FLOOR_PORT):
        print(f"{'floor':44} {measure(FLOOR_PORT, '/', '', times)}", flush=True)
    with served(["claimdesk", "web", "--port", str(PORT)], PORT):
        for page in PAGES:
            print(f"{'/office/' + page:44} {measure(PORT, '/office/' + page, cookie, times)}", flush=True)
    print(f"load of the machine meanwhile: {os.getloadavg()[1]:.1f}")
