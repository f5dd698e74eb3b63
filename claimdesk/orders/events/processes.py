"""What happened to the order process, in the past tense."""

from django.utils.translation import gettext_lazy as _

from claimdesk.ledger.event_types import event


@event("order_process.saved", _("{actor} saved version {version} of the order process {name}"))
class OrderProcessSaved:
    name: str
    version: int
    digest: str


@event(
    "order_process.activated",
    _("{actor} switched on version {version} of the order process {name}"),
    version=1,
)
class OrderProcessActivated:
    """`items` counts those on their way that keep to their older version."""

    name: str
    version: int
    items: int
