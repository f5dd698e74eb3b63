"""Pictures of products: shown to who may see the product, added and removed."""

from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from claimdesk.catalog.actions.pictures import add_picture, remove_picture
from claimdesk.catalog.permissions import EDIT_PRODUCTS, VIEW_PRODUCTS
from claimdesk.catalog.queries.pictures import pictures
from claimdesk.catalog.queries.products import products
from claimdesk.office.forms.products import PictureForm
from claimdesk.office.products import product_url
from claimdesk.web.answers import done, invalid
from claimdesk.web.gates import office_page
from claimdesk.web.product_pictures import sent_picture
from claimdesk.web.requests import PageRequest


@office_page(VIEW_PRODUCTS)
@require_GET
def product_picture(request: PageRequest, pk: int) -> HttpResponseBase:
    return sent_picture(get_object_or_404(pictures(request.actor), pk=pk).file)


@office_page(VIEW_PRODUCTS)
@require_GET
def product_thumbnail(request: PageRequest, pk: int) -> HttpResponseBase:
    return sent_picture(get_object_or_404(pictures(request.actor), pk=pk).thumbnail)


@office_page(EDIT_PRODUCTS)
def product_picture_new(request: PageRequest, pk: int) -> HttpResponseBase:
    product = get_object_or_404(products(request.actor), pk=pk)
    form = PictureForm(request.POST or None, request.FILES or None)
    context = {"title": _("Add a picture"), "form": form, "product": product, "cancel": product_url(product)}
    if request.method != "POST":
        return render(request, "office/products/picture.html", context)
    if not form.is_valid():
        return invalid(request, "office/products/picture.html", context)
    add_picture(product, by=request.actor, **form.cleaned_data)
    return done(request, product_url(product), _("The picture was added."))


@office_page(EDIT_PRODUCTS)
@require_POST
def product_picture_removal(request: PageRequest, pk: int) -> HttpResponseBase:
    picture = get_object_or_404(pictures(request.actor).select_related("product"), pk=pk)
    remove_picture(picture, by=request.actor)
    return done(request, product_url(picture.product), _("The picture was removed."))


urls = [
    path("products/<int:pk>/pictures/", product_picture_new, name="product_picture_new"),
    path("products/pictures/<int:pk>/", product_picture, name="product_picture"),
    path("products/pictures/<int:pk>/small/", product_thumbnail, name="product_thumbnail"),
    path("products/pictures/<int:pk>/removal/", product_picture_removal, name="product_picture_removal"),
]
