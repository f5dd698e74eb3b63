"""Pictures of products, as the shop shows them."""

from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import path
from django.views.decorators.http import require_GET

from claimdesk.catalog.permissions import SHOP
from claimdesk.catalog.queries.pictures import pictures
from claimdesk.web.gates import portal_page
from claimdesk.web.product_pictures import sent_picture
from claimdesk.web.requests import PageRequest


@portal_page(SHOP)
@require_GET
def picture(request: PageRequest, pk: int) -> HttpResponseBase:
    return sent_picture(get_object_or_404(pictures(request.actor), pk=pk).file)


@portal_page(SHOP)
@require_GET
def thumbnail(request: PageRequest, pk: int) -> HttpResponseBase:
    return sent_picture(get_object_or_404(pictures(request.actor), pk=pk).thumbnail)


urls = [
    path("shop/pictures/<int:pk>/", picture, name="picture"),
    path("shop/pictures/<int:pk>/small/", thumbnail, name="thumbnail"),
]
