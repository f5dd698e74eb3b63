"""Events of aftersales, in the past tense, one file per noun."""

from claimdesk.aftersales.events import causes

__all__ = ["causes"]
