"""Addresses of all doors."""

from django.urls import include, path

from claimdesk.config import health

urlpatterns = [
    *health.urls,
    path("office/", include("claimdesk.office.urls")),
    path("", include("claimdesk.web.urls")),
    path("", include("claimdesk.portal.allauth_urls")),
    path("", include("claimdesk.portal.urls")),
]
handler400 = "claimdesk.web.errors.bad_request"
handler403 = "claimdesk.web.errors.forbidden"
handler404 = "claimdesk.web.errors.not_found"
handler500 = "claimdesk.web.errors.server_error"
