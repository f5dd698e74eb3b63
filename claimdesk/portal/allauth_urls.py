"""Addresses that allauth looks up by its own names, without a namespace."""

from claimdesk.portal import passkeys, password_links, second_factor, sign_in

urlpatterns = [
    *sign_in.allauth_urls,
    *second_factor.allauth_urls,
    *passkeys.allauth_urls,
    *password_links.allauth_urls,
]
