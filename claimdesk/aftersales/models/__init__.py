"""Tables of aftersales, one file per noun."""

from claimdesk.aftersales.models.cause import ReclamationCause
from claimdesk.aftersales.models.reclamation import Reclamation, ReclamationLine, ReclamationOrder
from claimdesk.aftersales.models.rma import Rma, RmaLine, RmaMismatch
from claimdesk.aftersales.models.warranty_claim import ClaimEntry, ClaimJob, ClaimLine, WarrantyClaim

__all__ = [
    "ClaimEntry",
    "ClaimJob",
    "ClaimLine",
    "Reclamation",
    "ReclamationCause",
    "ReclamationLine",
    "ReclamationOrder",
    "Rma",
    "RmaLine",
    "RmaMismatch",
    "WarrantyClaim",
]
