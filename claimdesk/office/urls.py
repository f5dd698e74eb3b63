"""Addresses of the office: the nouns' own, one after another."""

from django.urls import URLPattern, URLResolver

from claimdesk.office import (
    account_claim_decisions,
    account_claims,
    account_claims_bulk,
    acting,
    contacts,
    customer_file,
    customer_page,
    customer_status,
    customers,
    dashboard,
    duplicates,
    explain_access,
    files,
    imports,
    jobs,
    memberships,
    notifications,
    product_categories,
    product_pictures,
    products,
    reclamation_deeds,
    reclamation_opening,
    reclamations,
    reports,
    search,
    users,
)
from claimdesk.office.settings import urls as settings

app_name = "office"
urlpatterns: list[URLPattern | URLResolver] = [
    *dashboard.urls,
    *account_claims.urls,
    *account_claim_decisions.urls,
    *account_claims_bulk.urls,
    *explain_access.urls,
    *customers.urls,
    *customer_page.urls,
    *customer_status.urls,
    *customer_file.urls,
    *contacts.urls,
    *duplicates.urls,
    *reclamation_opening.urls,  # before a reclamation, whose key would take its name
    *reclamations.urls,
    *reclamation_deeds.urls,
    *search.urls,
    *imports.urls,
    *notifications.urls,
    *settings.urls,
    *jobs.urls,
    *products.urls,
    *product_categories.urls,
    *product_pictures.urls,
    *reports.urls,
    *users.urls,
    *memberships.urls,
    *acting.urls,
    *files.urls,
]
