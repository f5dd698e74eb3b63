"""What follows from what: for each kind of event, the reactions that the worker delivers.

A reaction takes the event and returns a line on its outcome, or None. It may be repeated and must then do
nothing twice. A timer's handler takes the timer.
"""

from collections.abc import Callable

from claimdesk.access.actions.writing import ESCALATION, REMINDER
from claimdesk.config.timers import account_claim_waits
from claimdesk.conversations.actions.writing import SENDING
from claimdesk.ledger.models import Event, Timer
from claimdesk.mail import sending

Reaction = Callable[[Event], str | None]
TimerHandler = Callable[[Timer], str | None]

REACTIONS: dict[str, tuple[Reaction, ...]] = {}

TIMERS: dict[str, TimerHandler] = {
    REMINDER: account_claim_waits,
    ESCALATION: account_claim_waits,
    SENDING: sending.send_outgoing_mail,
}
