"""The order process changed: versions saved and switched on (O10, O11)."""

import hashlib

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from claimdesk.kernel.actor import SYSTEM, Actor
from claimdesk.kernel.clock import now
from claimdesk.kernel.refused import Refused
from claimdesk.ledger.record import record
from claimdesk.orders.events.processes import OrderProcessActivated, OrderProcessSaved
from claimdesk.orders.models import OrderProcess
from claimdesk.orders.permissions import EDIT_PROCESS
from claimdesk.orders.process import library
from claimdesk.orders.process.problems import NotAProcess
from claimdesk.orders.process.reading import read_process
from claimdesk.orders.process.validation import problems_of
from claimdesk.orders.queries.processes import active_process, forget_versions, touched_by


@transaction.atomic
def save_process(text: str, *, by: Actor) -> OrderProcess:
    """Keep `text` as a new version of the order process; it is not switched on. The same text is kept once.

    Refuses: `already_changed`, when somebody else took the number meanwhile.
    Raises: NotAProcess, with every fault and its line, where it cannot be read or makes no sense (O10).
    Records: OrderProcessSaved.
    """
    by.require(EDIT_PROCESS)
    process = read_process(text)
    if problems := problems_of(process):
        raise NotAProcess(problems)
    digest = hashlib.sha256(text.encode()).hexdigest()
    if known := OrderProcess.objects.filter(name=process.name, digest=digest).order_by("-version").first():
        return known
    last = OrderProcess.objects.filter(name=process.name).aggregate(Max("version"))["version__max"] or 0
    new = OrderProcess(name=process.name, version=last + 1, text=text, digest=digest, created_by_name=by.name)
    OrderProcess.objects.bulk_create([new], ignore_conflicts=True)
    stored = OrderProcess.objects.get(name=new.name, version=new.version)
    if stored.digest != digest:
        raise Refused("already_changed", _("Somebody else saved a version just now; save yours again."))
    if stored.created_at == new.created_at:  # it is ours, not a rival's of the same text
        forget_versions()
        fact = OrderProcessSaved(name=stored.name, version=stored.version, digest=digest)
        record(fact, about=stored, by=by)
    return stored


@transaction.atomic
def activate_process(stored: OrderProcess, *, by: Actor) -> OrderProcess:
    """Have orders that are placed from now on follow this version; those there are keep theirs (O11).

    Refuses: `already_active`.
    Records: OrderProcessActivated.
    """
    by.require(EDIT_PROCESS)
    active = active_process()
    if active and active.pk == stored.pk:
        raise Refused("already_active", _("This version is switched on already."))
    items = touched_by(stored).items
    stored.activated_at = now()
    stored.save(update_fields=["activated_at"])
    forget_versions()
    fact = OrderProcessActivated(name=stored.name, version=stored.version, items=items)
    record(fact, about=stored, by=by)
    return stored


@transaction.atomic
def active_process_or_default(*, by: Actor = SYSTEM) -> OrderProcess:
    """Return the version that new orders follow; the first time the one that comes along is saved and switched on.

    Records: OrderProcessSaved and OrderProcessActivated, the first time.
    """
    if active := active_process():
        return active
    stored = save_process(library.text_of(library.DEFAULT), by=SYSTEM)
    return active_process() or activate_process(stored, by=SYSTEM)
