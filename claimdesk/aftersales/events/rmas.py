"""Events of RMAs, in the past tense."""

from django.utils.translation import gettext_lazy as _

from claimdesk.aftersales.models import RmaLine
from claimdesk.kernel.dates import DayWords
from claimdesk.ledger.event_types import event

DISPOSITIONS = dict(RmaLine.Disposition.choices)


@event("rma.drafted", _("{actor} prepared {number}"))
class RmaDrafted:
    rma_id: int
    number: str
    about: str


@event(
    "rma.issued",
    _("{actor} issued {number}, until {expires_on}"),
    words={"expires_on": DayWords()},
)
class RmaIssued:
    rma_id: int
    number: str
    expires_on: str


@event("rma.sent", _("{actor} sent the goods of {number}"))
class RmaSent:
    rma_id: int
    number: str
    carrier: str
    tracking_number: str


@event("rma.received", _("{actor} received goods of {number}: {what}"))
class RmaReceived:
    rma_id: int
    number: str
    what: str


@event("rma.receipt_ended", _("{actor} expects nothing more of {number}"))
class RmaReceiptEnded:
    rma_id: int
    number: str


@event("rma.mismatched", _("{actor} found a serial number that {number} does not name: {serial}"))
class RmaMismatched:
    rma_id: int
    number: str
    serial: str


@event("rma.mismatch_settled", _("{actor} settled the mismatch of {serial} on {number}: {outcome}"))
class RmaMismatchSettled:
    rma_id: int
    number: str
    serial: str
    outcome: str


@event(
    "rma.inspected",
    _("{actor} inspected {what} of {number}: {disposition}"),
    words={"disposition": DISPOSITIONS},
)
class RmaInspected:
    rma_id: int
    number: str
    what: str
    disposition: str


@event("rma.closed", _("{actor} closed {number}"))
class RmaClosed:
    rma_id: int
    number: str


@event("rma.canceled", _("{actor} canceled {number}: {reason}"), personal=("reason",))
class RmaCanceled:
    rma_id: int
    number: str
    reason: str


@event("rma.expired", _("{number} expired"))
class RmaExpired:
    rma_id: int
    number: str
