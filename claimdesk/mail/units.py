"""Mails about units that are handed on from dealer to dealer (U6)."""

from claimdesk.access.queries.members import account_user
from claimdesk.customers.models import Customer
from claimdesk.ledger.models import Event
from claimdesk.mail.compose import outcome, post
from claimdesk.mail.links import absolute
from claimdesk.warranty.models import Transfer
from claimdesk.warranty.queries.transfers import transfer_with_id


def transfer_asked(event: Event) -> str:
    """Ask the dealer who shall take the unit over; a wish that was taken back meanwhile asks nobody."""
    transfer = transfer_with_id(event.data["transfer_id"])
    if transfer is None or transfer.state != Transfer.State.ASKED:
        return "decided by now"
    words = {"note": transfer.note, "link": absolute("portal:unit_transfers")}
    return _tell("unit_transfer_asked", event, transfer, transfer.to_customer, transfer.from_customer, words)


def transfer_accepted(event: Event) -> str:
    """Tell the dealer who had the unit."""
    transfer = transfer_with_id(event.data["transfer_id"])
    if transfer is None or transfer.from_customer is None:
        return "nobody had it"
    words = {"link": absolute("portal:units")}
    return _tell(
        "unit_transfer_accepted", event, transfer, transfer.from_customer, transfer.to_customer, words
    )


def _tell(
    key: str, event: Event, transfer: Transfer, to: Customer, other: Customer | None, words: dict[str, str]
) -> str:
    user = account_user(to)
    context = {
        "user": user.name if user else to.name,
        "customer": to.name,
        "serial": transfer.unit.serial,
        "product": transfer.unit.product.name,
        "dealer": other.name if other else "–",
        **words,
    }
    address = user.email if user else to.email
    return outcome(post(key, event=event, to=address, user=user, customer=to, context=context))
