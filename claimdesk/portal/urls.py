"""Addresses of the portal: the nouns' own, one after another."""

from django.urls import URLPattern, URLResolver

from claimdesk.portal import (
    account,
    account_claims,
    acting,
    cart,
    connect,
    credentials,
    customer,
    files,
    home,
    invitations,
    notifications,
    onboarding,
    password_links,
    pictures,
    quick_order,
    reclamations,
    registrations,
    shop,
    team,
    waiting,
)

app_name = "portal"
urlpatterns: list[URLPattern | URLResolver] = [
    *home.urls,
    *quick_order.urls,
    *pictures.urls,
    *shop.urls,
    *cart.urls,
    *registrations.urls,
    *onboarding.urls,
    *connect.urls,
    *waiting.urls,
    *account_claims.urls,
    *password_links.urls,
    *account.urls,
    *credentials.urls,
    *notifications.urls,
    *customer.urls,
    *reclamations.urls,
    *team.urls,
    *invitations.urls,
    *acting.urls,
    *files.urls,
]
