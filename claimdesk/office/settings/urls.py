"""Addresses of the settings: the nouns' own, one after another."""

from claimdesk.office.settings import audit, company, emails, process, reclamations, sent, staff

urls = [
    *company.urls,
    *sent.urls,  # before the e-mails, whose keys would take its name
    *emails.urls,
    *audit.urls,
    *reclamations.urls,
    *process.urls,
    *staff.urls,
]
