"""Addresses of the furniture itself."""

from claimdesk.web import theme

app_name = "web"
urlpatterns = theme.urls
