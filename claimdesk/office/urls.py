"""Addresses of the office: the nouns' own, one after another."""

from django.urls import URLPattern, URLResolver

from claimdesk.office import (
    contacts,
    customer_file,
    customer_page,
    customer_status,
    customers,
    imports,
    jobs,
    notifications,
)
from claimdesk.office.settings import urls as settings

app_name = "office"
urlpatterns: list[URLPattern | URLResolver] = [
    *customers.urls,
    *customer_page.urls,
    *customer_status.urls,
    *customer_file.urls,
    *contacts.urls,
    *imports.urls,
    *notifications.urls,
    *settings.urls,
    *jobs.urls,
]
