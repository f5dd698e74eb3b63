"""Signs of life: leases extended, progress written, the worker's own row kept fresh."""

import logging
import os
import secrets
import socket
import threading
from contextlib import suppress
from datetime import timedelta

from django.conf import settings
from django.db import DatabaseError, connection

from claimdesk.kernel.clock import now
from claimdesk.ledger.courier.holding import in_hand
from claimdesk.ledger.models import Worker

logger = logging.getLogger("claimdesk.worker")

BEAT_SECONDS = 1.0
SEEN_EVERY = timedelta(seconds=10)
FORGOTTEN_AFTER = timedelta(days=1)


class Heartbeat(threading.Thread):
    """Beats once a second on a connection of its own, until told to end."""

    def __init__(self) -> None:
        super().__init__(name="heartbeat", daemon=True)
        self.ended = threading.Event()
        self.worker = f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(3)}"
        self.lease_due_at = self.seen_due_at = now()

    def run(self) -> None:
        """Beat; a database that is away now may be back at the next beat."""
        while not self.ended.is_set():
            try:
                self.beat()
            except DatabaseError as error:
                logger.warning("no heartbeat: %s", error)
                connection.close()
            self.ended.wait(BEAT_SECONDS)
        with suppress(DatabaseError):
            Worker.objects.filter(name=self.worker).delete()
        connection.close()

    def beat(self) -> None:
        """Write what is due to be written."""
        at = now()
        is_lease_due = at >= self.lease_due_at
        for holding in in_hand():
            if is_lease_due or holding.has_news:
                holding.write()
        if is_lease_due:
            self.lease_due_at = at + timedelta(seconds=settings.LEDGER_LEASE_SECONDS / 4)
        if at >= self.seen_due_at:
            Worker.objects.filter(seen_at__lt=at - FORGOTTEN_AFTER).delete()
            Worker.objects.update_or_create(name=self.worker, defaults={"seen_at": at})
            self.seen_due_at = at + SEEN_EVERY

    def end(self) -> None:
        """Beat no more."""
        self.ended.set()
        self.join(timeout=2)
