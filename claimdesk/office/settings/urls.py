"""Addresses of the settings: the nouns' own, one after another."""

from claimdesk.office.settings import (
    audit,
    company,
    emails,
    policies,
    process,
    reclamations,
    sent,
    staff,
    warranty,
)

urls = [
    *company.urls,
    *sent.urls,  # before the e-mails, whose keys would take its name
    *emails.urls,
    *audit.urls,
    *reclamations.urls,
    *process.urls,
    *warranty.urls,
    *policies.urls,
    *staff.urls,
]
