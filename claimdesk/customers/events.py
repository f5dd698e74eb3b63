"""Events of customers, in the past tense."""

from django.utils.translation import gettext_lazy as _

from claimdesk.ledger.event_types import event


@event("customer.created", _("{actor} made the customer {number}, {name}"))
class CustomerCreated:
    number: str
    name: str
    status: str
    origin: str


@event("customer.changed", _("{actor} changed {fields}"))
class CustomerChanged:
    fields: str
    before: dict[str, object]
    after: dict[str, object]
