"""Pictures of products. What stands at such an address never changes, so a phone asks for it once."""

from django.core.files.storage import default_storage
from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import path
from django.views.decorators.http import require_GET

from claimdesk.catalog.permissions import SHOP
from claimdesk.catalog.queries.pictures import pictures
from claimdesk.web.gates import portal_page
from claimdesk.web.requests import PageRequest

HEADERS = {
    "Cache-Control": "private, max-age=31536000, immutable",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'",
}


@portal_page(SHOP)
@require_GET
def picture(request: PageRequest, pk: int) -> HttpResponseBase:
    return _sent(get_object_or_404(pictures(request.actor), pk=pk).file)


@portal_page(SHOP)
@require_GET
def thumbnail(request: PageRequest, pk: int) -> HttpResponseBase:
    return _sent(get_object_or_404(pictures(request.actor), pk=pk).thumbnail)


def _sent(file: FieldFile) -> HttpResponseBase:
    if not file or not default_storage.exists(file.name or ""):
        raise Http404
    return FileResponse(file.open(), headers=HEADERS)


urls = [
    path("shop/pictures/<int:pk>/", picture, name="picture"),
    path("shop/pictures/<int:pk>/small/", thumbnail, name="thumbnail"),
]
