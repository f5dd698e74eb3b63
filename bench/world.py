"""A world for measuring: customers and contacts by the importers, users, account claims, mail and events in bulk."""

import random
from datetime import timedelta
from pathlib import Path

from django.core.management import call_command
from django.db import connection

from bench.register_files import CONTACT_HEADER, CUSTOMER_HEADER, contact_rows, customer_rows, write_csv
from claimdesk.access.models import AccountClaim
from claimdesk.company.actions.writing import write_default_company
from claimdesk.conversations.models import OutgoingMail
from claimdesk.customers.models import Customer
from claimdesk.kernel.actor import SYSTEM
from claimdesk.kernel.clock import now
from claimdesk.kernel.tables import open_table
from claimdesk.kernel.text import fold
from claimdesk.ledger.imports import importer_of, suggested_mapping, take_table
from claimdesk.ledger.models import Event, Import
from claimdesk.people.actions.writing import write_built_in_roles, write_user
from claimdesk.people.models import StaffRole, User

AT_ONCE = 2_000
STATES = ("pending", "approved", "denied")


def fill(folder: Path, customers: int, claims: int) -> User:
    """Fill an empty database; return an administrator. There are as many contacts, users and mails as claims."""
    call_command("migrate", verbosity=0)
    write_default_company()
    write_built_in_roles()
    administrator = write_user(
        username="bench", email="bench@example.com", name="Bench", is_staff=True, email_verified_at=now()
    )
    administrator.roles.add(StaffRole.objects.get(key="administrator"))
    take("customers", write_csv(folder / "customers.csv", CUSTOMER_HEADER, customer_rows(customers)))
    take("contacts", write_csv(folder / "contacts.csv", CONTACT_HEADER, contact_rows(customers, claims)))
    _claims(customers, claims)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return administrator


def take(kind: str, path: Path) -> None:
    """Let the importer of `kind` take a file."""
    importer, table = importer_of(kind), open_table(path)
    run = Import.objects.create(kind=kind, file_name=path.name)
    take_table(importer, table, suggested_mapping(importer, table.header), run, by=SYSTEM)


def _claims(customers: int, claims: int) -> None:
    chance = random.Random(2)
    keys = list(Customer.objects.values_list("pk", flat=True)[:customers])
    at = now()
    for start in range(0, claims, AT_ONCE):
        numbers = range(start, min(start + AT_ONCE, claims))
        users = User.objects.bulk_create([_user(n) for n in numbers])
        made = [
            AccountClaim(
                user=user,
                customer_id=chance.choice(keys),
                state=STATES[n % 3],
                mailbox=user.email,
                probability=chance.random(),
                requested={"organization": f"Firm {n}"},
                created_at=at - timedelta(minutes=n),
                changed_at=at - timedelta(minutes=n),
                decided_at=None if n % 3 == 0 else at,
            )
            for n, user in zip(numbers, users, strict=True)
        ]
        AccountClaim.objects.bulk_create(made)
        OutgoingMail.objects.bulk_create([_mail(n) for n in numbers])
        Event.objects.bulk_create([_event(user, n) for n, user in zip(numbers, users, strict=True)])


def _user(n: int) -> User:
    name = f"Person {n} Example"
    return User(
        username=f"person{n}",
        username_folded=f"person{n}",
        email=f"person{n}@example.com",
        name=name,
        name_folded=fold(name),
        email_verified_at=now(),
        created_at=now() - timedelta(minutes=n),
    )


def _mail(n: int) -> OutgoingMail:
    return OutgoingMail(
        key="verify_email",
        once=f"bench/{n}",
        to=f"person{n}@example.com",
        subject="Your code",
        text="123456",
        message_id=f"<{n}@bench>",
        state="kept",
        created_at=now() - timedelta(minutes=n),
    )


def _event(user: User, n: int) -> Event:
    return Event(
        kind="user.enabled",
        subject=f"user/{user.pk}",
        user_id=user.pk,
        actor_kind="system",
        door="bench",
        data={"user_id": user.pk},
        names={"actor": "Claimdesk", "user": user.name},
        expanded_at=now(),
    )
