"""Claimdesk: the account desk between a company that sells to businesses and its business customers."""

__version__ = "0.1.0"
