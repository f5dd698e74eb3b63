"""Exports of lists: who took which rows out of the house, and when."""

from django.db import transaction

from claimdesk.kernel.actor import Actor
from claimdesk.kernel.refused import NotAllowed
from claimdesk.ledger.record import record
from claimdesk.people.events import ListExported
from claimdesk.people.models import User


@transaction.atomic
def note_export(page: str, *, kind: str, query: str, by: Actor) -> None:
    """Remember that a list was taken as a file; `query` says which rows.

    Records: ListExported.
    """
    if by.id is None:
        raise NotAllowed("sign in")
    record(ListExported(page=page, format=kind, query=query[:500]), about=User(pk=by.id), by=by)
