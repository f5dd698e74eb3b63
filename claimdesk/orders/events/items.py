"""What happened to items of orders, in the past tense."""

from django.utils.translation import gettext_lazy as _

from claimdesk.ledger.event_types import event
from claimdesk.orders.wording import EVENT_LABELS, STATE_LABELS


@event(
    "order.items_moved",
    _("{actor}: {event}. {what}: {source} → {target}"),
    words={"event": EVENT_LABELS, "source": STATE_LABELS, "target": STATE_LABELS},
)
class OrderItemsMoved:
    """`items` lists key, quantity and, of a part that was split off, the key of the item that it was a part of."""

    event: str
    source: str
    target: str
    what: str
    items: list[tuple[int, str, int | None]]
