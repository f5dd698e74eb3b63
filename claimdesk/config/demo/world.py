"""The demo world, made from nothing."""

import csv
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from django.db import transaction

from claimdesk.company.actions.writing import write_default_company
from claimdesk.company.models import Company
from claimdesk.config.demo.account_claims import account_claims
from claimdesk.config.demo.people import staff
from claimdesk.config.demo.reclamations import reclamations
from claimdesk.config.demo.register import (
    CONTACT_HEADER,
    CUSTOMER_HEADER,
    Firm,
    contact_rows,
    customer_rows,
    firms,
)
from claimdesk.config.demo.stories import denied_before, invoices, rivals_for_one_customer, sign_ins
from claimdesk.config.demo.trade import bring_catalogue, bring_orders, tell_orders
from claimdesk.customers.actions.duplicate_searches import ask_for_duplicate_search
from claimdesk.customers.models import Customer
from claimdesk.kernel.actor import SYSTEM, Actor
from claimdesk.kernel.clock import clock_at, now
from claimdesk.kernel.tables import open_table
from claimdesk.ledger.courier.work import deliver_and_ring, work_on_jobs
from claimdesk.ledger.imports import importer_of, suggested_mapping, take_table
from claimdesk.ledger.models import Import
from claimdesk.people.actions.writing import write_built_in_roles
from claimdesk.people.models import User

UNREAD = 9
Say = Callable[[str], None]


class NotEmpty(Exception):
    """The database holds something already."""


@dataclass(frozen=True)
class Size:
    """How big the world is to be."""

    customers: int = 2_000
    account_claims: int = 300
    orders: int = 5_000
    reclamations: int = 400


def make_world(size: Size, *, seed: int, as_of: date, say: Say) -> None:
    """Fill an empty database. The same seed and day give the same world, but for secrets.

    Raises: NotEmpty.
    """
    if Customer.objects.exists() or User.objects.exists():
        raise NotEmpty
    # The day's first moment: whenever today the world is made, nothing in it lies ahead.
    at = datetime.combine(as_of, time.min, UTC)
    write_built_in_roles()
    _seller()
    with clock_at(at - timedelta(days=400)):
        actors = staff()
        register = list(firms(size.customers, seed))
        say(f"{size.customers:,} customers ...")
        _bring("customers", CUSTOMER_HEADER, customer_rows(register, seed))
        _bring("contacts", CONTACT_HEADER, contact_rows(register, seed))
        _assign_representatives(actors["sales"].id)
        say("300 products ...")
        goods = bring_catalogue(register, seed, bring=_bring)
    say(f"{size.orders:,} orders ...")
    with clock_at(at):
        bring_orders(goods, register, size.orders, seed, at=at, bring=_bring)
    say(f"{size.account_claims:,} newcomers ...")
    with transaction.atomic():  # one commit: nobody else is here yet
        _tell_stories(register, size, seed, at=at, actors=actors)
    say("their mail ...")
    with clock_at(at), transaction.atomic():
        ask_for_duplicate_search(by=actors["admin"])
        for _outcome in (*deliver_and_ring(), *work_on_jobs()):
            pass
        _have_read()


def _tell_stories(
    register: list[Firm], size: Size, seed: int, *, at: datetime, actors: dict[str, Actor]
) -> None:
    active = [firm for firm in register if firm.status == "active"]
    invoices(register, seed, at=at)
    sign_ins(active, at=at, by=actors["admin"])
    denied_before(active[10:14], at=at, by=actors["sales"])
    rivals_for_one_customer(active[20], at=at)
    tell_orders(register, size.orders, seed, at=at - timedelta(hours=2), staff=actors)
    reclamations(size.reclamations, seed, at=at - timedelta(hours=1), by=actors["service"])
    until = at - timedelta(minutes=20)
    account_claims(register[30:], size.account_claims, seed, until=until, by=actors["sales"])


def _have_read() -> None:
    """Let everybody have read all but the latest notifications."""
    for user in User.objects.filter(notifications__isnull=False).distinct():
        latest = list(user.notifications.order_by("-pk").values_list("pk", flat=True)[:UNREAD])
        user.notifications.exclude(pk__in=latest).update(read_at=now())


def _seller() -> None:
    write_default_company()
    Company.objects.filter(pk=1).update(
        name="Hansen & Korte Tools",
        email="desk@claimdesk.test",
        phone="+49 431 555010",
        is_demo=True,
        languages=["en", "de"],
        time_zone="Europe/Berlin",
        waiting_words="Our sales desk answers on working days from 8 to 17. Phone +49 431 555010.",
        default_terms="14 days net",
        default_price_group="B",
        freight=890,
        freight_free_from=50_000,
        freight_tax_rate=1_900,
        customers_may_claim=True,
        claim_window_days=60,
    )


def _bring(kind: str, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Let an importer take rows, as from a file."""
    importer = importer_of(kind)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{kind}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(header)
            writer.writerows(rows)
        run = Import.objects.create(kind=kind, file_name=f"{kind}.csv", started_by_name="Vera Brandt")
        table = open_table(path)
        take_table(importer, table, suggested_mapping(importer, table.header), run, by=SYSTEM)


def _assign_representatives(sales: int | None) -> None:
    Customer.objects.filter(pk__in=Customer.objects.values("pk").order_by("pk")[:400]).update(
        representative_id=sales
    )
