"""Addresses of the settings: the nouns' own, one after another."""

from claimdesk.office.settings import company

urls = [
    *company.urls,
]
