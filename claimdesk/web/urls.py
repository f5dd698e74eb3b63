"""Addresses of the furniture itself."""

from claimdesk.web import saved_views, theme

app_name = "web"
urlpatterns = [*theme.urls, *saved_views.urls]
