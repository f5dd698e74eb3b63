"""How much due work one worker does a second, beside what the database alone allows: `python -m bench.courier`.

The limit is the two guarded UPDATEs that each piece of work needs (claim and settle), each in a transaction of
its own, without anything around them. On PostgreSQL: `python scripts/postgres.py run -- python -m bench.courier`.
"""

import argparse
import os
import tempfile
import time
from collections.abc import Callable

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "claimdesk.config.settings")
os.environ.setdefault("CLAIMDESK_DATA_DIR", tempfile.mkdtemp(prefix="claimdesk-bench-"))

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402

from claimdesk.kernel.actor import SYSTEM  # noqa: E402
from claimdesk.ledger.courier.expansion import expand  # noqa: E402
from claimdesk.ledger.courier.work import deliver_and_ring  # noqa: E402
from claimdesk.ledger.models import Delivery, Event  # noqa: E402
from claimdesk.ledger.record import record  # noqa: E402
from claimdesk.people.actions.writing import write_user  # noqa: E402
from claimdesk.people.events import UserEnabled  # noqa: E402


def nothing(event: Event) -> None:
    """The lightest reaction there can be."""


REACTIONS = {"user.enabled": (nothing,)}


def timed(what: str, number: int, deed: Callable[[], object]) -> None:
    """Print how many a second."""
    began = time.perf_counter()
    deed()
    print(f"{what:44} {number / (time.perf_counter() - began):8.0f} /s")


def record_all(number: int) -> None:
    """Record events, each in its own transaction."""
    person = write_user(username="bench", email="bench@example.com", name="Bench")
    for _ in range(number):
        with transaction.atomic():
            record(UserEnabled(user_id=person.pk, user=person.name), about=person, by=SYSTEM)


def expand_all() -> None:
    """Expand all events."""
    while expand():
        pass


def limit(number: int) -> None:
    """Claim and settle with nothing around."""
    statements = (
        "UPDATE ledger_delivery SET lease = 'x', attempts = attempts + 1 WHERE id = %s AND state = 'due'",
        "UPDATE ledger_delivery SET lease = '' WHERE id = %s AND lease = 'x'",
    )
    for key in Delivery.objects.values_list("pk", flat=True)[:number]:
        for statement in statements:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement, [key])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--number", type=int, default=3000)
    number = parser.parse_args().number
    call_command("migrate", verbosity=0)
    settings.LEDGER_REACTIONS = "bench.courier.REACTIONS"
    print(f"{connection.vendor}, {number} events")
    timed("events recorded", number, lambda: record_all(number))
    timed("events expanded", number, expand_all)
    timed("limit: two guarded UPDATEs a delivery", number, lambda: limit(number))
    timed("deliveries done by one worker", number, lambda: sum(1 for _ in deliver_and_ring()))


if __name__ == "__main__":
    main()
