"""Events of units, registrations, transfers and policies, in the past tense."""

from django.utils.translation import gettext_lazy as _

from claimdesk.kernel.dates import DayWords
from claimdesk.ledger.event_types import event
from claimdesk.warranty.wording import FIELDS


@event("unit.created", _("{actor} made the unit {serial}, {product}"))
class UnitCreated:
    serial: str
    product: str


@event("unit.changed", _("{actor} changed the unit {serial}: {fields}"), words={"fields": FIELDS})
class UnitChanged:
    serial: str
    fields: str
    before: dict[str, object]
    after: dict[str, object]


@event("unit.assigned", _("{actor} assigned the unit {serial} to {dealer}"))
class UnitAssigned:
    serial: str
    dealer: str
    before: str


@event("unit.replaced", _("{actor} replaced the unit {serial} by {successor}"))
class UnitReplaced:
    serial: str
    successor: str
    replaced_on: str


@event(
    "unit.registered",
    _("{actor} registered the unit {serial}, delivered on {delivered_on}"),
    words={"delivered_on": DayWords()},
)
class UnitRegistered:
    registration_id: int
    serial: str
    delivered_on: str


@event(
    "unit.registration_corrected",
    _("{actor} corrected the registration of the unit {serial}: {fields}"),
    words={"fields": FIELDS},
)
class RegistrationCorrected:
    registration_id: int
    serial: str
    fields: str
    reason: str
    before: dict[str, object]
    after: dict[str, object]


@event("unit.registration_withdrawn", _("{actor} withdrew the registration of the unit {serial}: {reason}"))
class RegistrationWithdrawn:
    registration_id: int
    serial: str
    reason: str


@event("transfer.asked", _("{actor} asked to hand the unit {serial} on to {dealer}"))
class TransferAsked:
    transfer_id: int
    serial: str
    dealer: str


@event("transfer.accepted", _("{actor} accepted the unit {serial} from {dealer}"))
class TransferAccepted:
    transfer_id: int
    serial: str
    dealer: str


@event("transfer.refused", _("{actor} refused the unit {serial} from {dealer}"))
class TransferRefused:
    transfer_id: int
    serial: str
    dealer: str


@event("transfer.withdrawn", _("{actor} took back the wish to hand on the unit {serial}"))
class TransferWithdrawn:
    transfer_id: int
    serial: str


@event("policy.created", _("{actor} made the warranty policy {name}"))
class PolicyCreated:
    name: str


@event("policy.changed", _("{actor} changed the warranty policy {name}: {fields}"), words={"fields": FIELDS})
class PolicyChanged:
    name: str
    fields: str
    before: dict[str, object]
    after: dict[str, object]


@event("policy.ended", _("{actor} ended the warranty policy {name}"))
class PolicyEnded:
    name: str
