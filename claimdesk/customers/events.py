"""Events of customers, in the past tense."""

from django.utils.translation import gettext_lazy as _

from claimdesk.customers.wording import ADDRESS_KINDS, ERP_WISHES, FIELDS, STATUSES
from claimdesk.ledger.event_types import event


@event("customer.created", _("{actor} made the customer {number}, {name}"), words={"status": STATUSES})
class CustomerCreated:
    number: str
    name: str
    status: str
    origin: str


@event("customer.changed", _("{actor} changed {fields}"), words={"fields": FIELDS})
class CustomerChanged:
    fields: str
    before: dict[str, object]
    after: dict[str, object]


@event(
    "customer.erp_wish_changed",
    _("{actor} chose “{wish}” for the ERP ({erp_number} {erp_name})"),
    words={"wish": ERP_WISHES},
)
class ErpWishChanged:
    wish: str
    erp_number: str
    erp_name: str
    before: dict[str, object]


@event("address.added", _("{actor} added the {kind} address {address}"), words={"kind": ADDRESS_KINDS})
class AddressAdded:
    address_id: int
    kind: str
    address: str


@event(
    "address.changed",
    _("{actor} changed the {kind} address: {fields}"),
    words={"kind": ADDRESS_KINDS, "fields": FIELDS},
)
class AddressChanged:
    address_id: int
    kind: str
    fields: str
    before: dict[str, object]
    after: dict[str, object]


@event("address.removed", _("{actor} removed the {kind} address {address}"), words={"kind": ADDRESS_KINDS})
class AddressRemoved:
    address_id: int
    kind: str
    address: str


@event("domain.confirmed", _("{actor} confirmed the e-mail domain {domain}"))
class DomainConfirmed:
    domain: str


@event("domain.withdrawn", _("{actor} withdrew the e-mail domain {domain}"))
class DomainWithdrawn:
    domain: str


@event("contact.added", _("{actor} added the contact {contact}"), personal=("contact",))
class ContactAdded:
    contact_id: int
    contact: str


@event(
    "contact.changed",
    _("{actor} changed the contact {contact}: {fields}"),
    personal=("contact", "before", "after"),
    words={"fields": FIELDS},
)
class ContactChanged:
    contact_id: int
    contact: str
    fields: str
    before: dict[str, object]
    after: dict[str, object]


@event("contact.enabled", _("{actor} enabled the contact {contact}"), personal=("contact",))
class ContactEnabled:
    contact_id: int
    contact: str


@event("contact.disabled", _("{actor} disabled the contact {contact}"), personal=("contact",))
class ContactDisabled:
    contact_id: int
    contact: str


@event("contact.removed", _("{actor} removed the contact {contact}"), personal=("contact",))
class ContactRemoved:
    contact_id: int
    contact: str


@event("duplicate_pair.asked", _("{actor} had duplicates looked for"))
class DuplicateSearchAsked:
    pass


@event("duplicate_pair.found", _("{pairs} pairs alike among {customers} customers"))
class DuplicatesFound:
    pairs: int
    customers: int


@event("duplicate_pair.dismissed", _("{actor} said that {first} and {second} are not one"))
class DuplicateDismissed:
    first: str
    second: str
