"""Deeds over HTTP by the shipped server, beside the floor: approving a claim, registering, being matched.

Passwords are not hashed here (see `bench.settings_without_hashing`); SQLite writes to disk at every commit.
"""

import http.client
import os
import time
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlencode

os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings_without_hashing"

from django.test import Client

from bench.lists import measure, served
from bench.register_files import CUSTOMER_HEADER, customer_rows
from bench.throw_away import FLOOR_PORT, PORT
from bench.world import fill
from claimdesk.access.models import AccountClaim, Registration
from claimdesk.access.queries.registrations import code_of
from claimdesk.customers.models import Customer
from claimdesk.people.models import AttemptCounter, User

TYPED = ("tax_number", "street", "postcode", "town", "country", "phone", "website")
FOUND = (http.client.OK, http.client.NO_CONTENT, http.client.FOUND, http.client.SEE_OTHER)


class Browser:
    """Keeps cookies and the last page, and sends the token with what it posts."""

    def __init__(self, cookies: dict[str, str] | None = None) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", PORT)
        self.cookies = dict(cookies or {})
        self.page = b""

    def ask(self, method: str, address: str, form: dict[str, str] | None = None, **headers: str) -> float:
        """Return the milliseconds until the answer was read."""
        said = {
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "X-CSRFToken": self.cookies.get("csrftoken", ""),
            "Content-Type": "application/x-www-form-urlencoded",
        }
        began = time.perf_counter()
        self.connection.request(method, address, urlencode(form or {}), said | headers)
        answer = self.connection.getresponse()
        self.page = answer.read()
        span = (time.perf_counter() - began) * 1000
        if answer.status not in FOUND:
            raise RuntimeError(f"{method} {address}: {answer.status}")
        for line in answer.headers.get_all("Set-Cookie") or []:
            self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(line).items()}
        return span


def line(what: str, spans: list[float]) -> None:
    """Print p50 and p99 of a deed."""
    spans = sorted(spans)
    print(f"{what:44} {spans[len(spans) // 2]:8.1f} {spans[len(spans) * 99 // 100]:8.1f}", flush=True)


def approvals(administrator: User, times: int) -> list[float]:
    """Approve as many pending claims at Active customers, as the key does in the list."""
    client = Client()
    client.force_login(administrator)
    office = Browser({name: morsel.value for name, morsel in client.cookies.items()})
    office.ask("GET", "/office/account-claims/")
    pending = AccountClaim.objects.filter(
        state=AccountClaim.State.PENDING, customer__state=Customer.Status.ACTIVE
    )
    keys = list(pending.order_by("pk").values_list("pk", flat=True)[: times + 4])
    header = {"HX-Request": "true"}
    return [office.ask("POST", f"/office/account-claims/{key}/approval/", **header) for key in keys][4:]


def registrations(customers: int, times: int) -> dict[str, list[float]]:
    """Register as many people, who say the names of customers on file, from the form to the match."""
    spans: dict[str, list[float]] = {"register": [], "verify by code": [], "onboarding with matching": []}
    firms = customer_rows(min(customers, 100 * times))
    for n, firm in enumerate(firms):
        if n % 100 or n >= 100 * times:
            continue
        AttemptCounter.objects.all().delete()  # all come from one address
        for what, span in zip(
            spans, _register(n, dict(zip(CUSTOMER_HEADER, firm, strict=True))), strict=True
        ):
            spans[what].append(span)
    return spans


def _register(n: int, firm: dict[str, str]) -> tuple[float, float, float]:
    browser = Browser()
    browser.ask("GET", "/register/")
    email = f"newcomer{n}@example.org"
    who = {
        "name": f"New Comer {n}",
        "email": email,
        "username": f"newcomer{n}",
        "password": "correct horse battery",
    }
    registered = browser.ask("POST", "/register/", who)
    code = code_of(Registration.objects.get(email=email))
    verified = browser.ask("POST", "/register/code/", {"code": code})
    browser.ask("GET", "/onboarding/")
    answers = {"kind": "business", "organization": firm["name"]} | {name: firm[name] for name in TYPED}
    return registered, verified, browser.ask("POST", "/onboarding/", answers)


def run(folder: Path, customers: int, claims: int, times: int) -> None:
    """Fill, serve, measure, print."""
    administrator = fill(folder, customers, claims)
    print(f"{customers:,} customers, {claims:,} account claims")
    print(f"{'':44} {'p50 ms':>8} {'p99 ms':>8}")
    with served(["bench.floor", str(FLOOR_PORT)], FLOOR_PORT):
        print(f"{'floor':44} {measure(FLOOR_PORT, '/', '', times)}", flush=True)
    with served(["claimdesk", "web", "--port", str(PORT)], PORT):
        line("approve an account claim", approvals(administrator, times))
        for what, spans in registrations(customers, times).items():
            line(what, spans)
    print(f"load of the machine meanwhile: {os.getloadavg()[1]:.1f}")
