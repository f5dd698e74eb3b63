"""Tables of aftersales, one file per noun."""

from claimdesk.aftersales.models.cause import ReclamationCause
from claimdesk.aftersales.models.reclamation import Reclamation, ReclamationLine, ReclamationOrder

__all__ = ["Reclamation", "ReclamationCause", "ReclamationLine", "ReclamationOrder"]
