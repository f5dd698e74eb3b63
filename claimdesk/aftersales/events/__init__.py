"""Events of aftersales, in the past tense, one file per noun."""

from claimdesk.aftersales.events import causes, reclamations

__all__ = ["causes", "reclamations"]
