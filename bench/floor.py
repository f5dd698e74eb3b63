"""The floor: a bare Django project with one view, one query and 25 rows through a template, on our own server.

It stands on the database of the benchmark: `python -m bench.floor PORT` serves it as `claimdesk web` serves us.
"""

import os
import sys

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

from claimdesk.config.configuration import database_settings, read_configuration

SECRET_KEY = "bench"
ALLOWED_HOSTS = ["127.0.0.1"]
ROOT_URLCONF = "bench.floor"
INSTALLED_APPS: list[str] = ["django.contrib.auth", "django.contrib.contenttypes"]
MIDDLEWARE: list[str] = []
DATABASES = {"default": database_settings(read_configuration().database_url)}
TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates"}]
TEMPLATE = (
    "<table>{% for number, name, email in rows %}"
    "<tr><td>{{ number }}</td><td>{{ name }}</td><td>{{ email }}</td></tr>{% endfor %}</table>"
)


def rows(request: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute("SELECT number, name, email FROM customers_customer ORDER BY id DESC LIMIT 25")
        page = engines["django"].from_string(TEMPLATE).render({"rows": cursor.fetchall()})
    return HttpResponse(page)


urlpatterns = [path("", rows)]

if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.floor"
    # Not at the top: it wants the settings, which this module is.
    from claimdesk.config.web_server import cores, serve_pages

    serve_pages("127.0.0.1", int(sys.argv[1]), workers=cores(), once_answering=lambda: None)
