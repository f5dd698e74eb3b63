"""Tables of aftersales, one file per noun."""

from claimdesk.aftersales.models.cause import ReclamationCause

__all__ = ["ReclamationCause"]
