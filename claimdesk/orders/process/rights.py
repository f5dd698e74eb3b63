"""Which permission a command asks of whom triggers its event: the process says what is done, not who may do it."""

from claimdesk.kernel.actor import Actor
from claimdesk.orders.permissions import EDIT_INVOICES, REFUND
from claimdesk.orders.process.definition import ProcessEvent

NEEDED = {"refund": REFUND, "invoice": EDIT_INVOICES}


def may_have_done(event: ProcessEvent, actor: Actor) -> bool:
    """Tell whether the actor holds the permission for what the event's command does, if it has one."""
    return not event.command or actor.may(NEEDED[event.command])


def require_to_have_done(event: ProcessEvent, by: Actor) -> None:
    """Raise NotAllowed unless `by` holds the permission for what the event's command does."""
    if event.command:
        by.require(NEEDED[event.command])
