"""record(): the one way in which anything is remembered."""

from collections.abc import Iterable
from typing import Any

from django.db import models, transaction

from claimdesk.kernel.actor import Actor
from claimdesk.ledger.courier.waking import nudge
from claimdesk.ledger.event_types import split, type_of
from claimdesk.ledger.models import Event, subject_key


def record(
    fact: Any,
    *,
    about: models.Model,
    by: Actor,
    customer: models.Model | int | None = None,
    user: models.Model | int | None = None,
    import_id: int | None = None,
) -> Event:
    """Insert the event of `fact`, in the transaction that made it true.

    Takes: `about`, the subject's row; `customer` and `user`, whose timelines show it too (by default what the
    subject itself refers to, or is).
    Raises: RuntimeError outside a transaction.
    """
    event = _event(fact, about, by, customer, user, import_id)
    nudge()
    event.save(force_insert=True)
    return event


def record_many(facts: Iterable[tuple[Any, models.Model]], *, by: Actor) -> list[Event]:
    """Insert one event for each fact and its subject, in one statement: what one deed did to many subjects.

    Raises: RuntimeError outside a transaction.
    """
    events = [_event(fact, about, by, None, None, None) for fact, about in facts]
    if events:
        nudge()
    return Event.objects.bulk_create(events)


def _event(
    fact: Any,
    about: models.Model,
    by: Actor,
    customer: models.Model | int | None,
    user: models.Model | int | None,
    import_id: int | None,
) -> Event:
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("record() belongs into the transaction of its action")
    event_type = type_of(fact)
    data, names = split(fact)
    names["actor"] = by.name
    if by.acting_for:
        names["acting_for"] = by.acting_for
    return Event(
        kind=event_type.kind,
        version=event_type.version,
        subject=subject_key(about),
        customer_id=_key(customer) if customer is not None else _reference(about, "customer"),
        user_id=_key(user) if user is not None else _reference(about, "user"),
        actor_kind=by.kind,
        actor_id=by.id,
        door=by.door,
        import_id=import_id,
        data=data,
        names=names,
    )


def _key(row: models.Model | int) -> int:
    return row if isinstance(row, int) else int(row.pk)


def _reference(about: models.Model, name: str) -> int | None:
    if about.__class__.__name__.lower() == name:
        return int(about.pk)
    return getattr(about, f"{name}_id", None)
