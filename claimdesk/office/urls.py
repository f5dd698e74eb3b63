"""Addresses of the office: the nouns' own, one after another."""

from django.urls import URLPattern, URLResolver

from claimdesk.office import imports

app_name = "office"
urlpatterns: list[URLPattern | URLResolver] = [*imports.urls]
