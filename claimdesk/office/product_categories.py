"""Categories of products: the shelves of the shop."""

from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from claimdesk.catalog.actions.categories import change_category, create_category, remove_category
from claimdesk.catalog.permissions import EDIT_PRODUCTS, VIEW_PRODUCTS
from claimdesk.catalog.queries.products import categories, categories_with_counts, category_choices
from claimdesk.office.forms.products import CategoryForm
from claimdesk.web.answers import done, invalid
from claimdesk.web.gates import office_page
from claimdesk.web.requests import PageRequest

FORM = "office/products/category.html"


@office_page(VIEW_PRODUCTS)
def product_categories(request: PageRequest) -> HttpResponseBase:
    found = {row.pk: row for row in categories_with_counts(request.actor)}
    shelves = [{"row": found[key], "path": names} for key, names in category_choices(request.actor)]
    context = {
        "title": _("Categories"),
        "shelves": shelves,
        "may_edit": request.actor.may(EDIT_PRODUCTS),
    }
    return render(request, "office/products/categories.html", context)


@office_page(EDIT_PRODUCTS)
def product_category_new(request: PageRequest) -> HttpResponseBase:
    form = CategoryForm(request.POST or None, actor=request.actor)
    back = reverse("office:product_categories")
    context = {"title": _("New category"), "form": form, "cancel": back}
    if request.method != "POST":
        return render(request, FORM, context)
    if not form.is_valid():
        return invalid(request, FORM, context)
    category = create_category(by=request.actor, **form.cleaned_data)
    return done(request, back, _("%s was made.") % category.name)


@office_page(EDIT_PRODUCTS)
def product_category(request: PageRequest, pk: int) -> HttpResponseBase:
    category = get_object_or_404(categories(request.actor), pk=pk)
    form = CategoryForm(request.POST or None, actor=request.actor, category=category)
    back = reverse("office:product_categories")
    context = {"title": _("Edit category"), "form": form, "category": category, "cancel": back}
    if request.method != "POST":
        return render(request, FORM, context)
    if not form.is_valid():
        return invalid(request, FORM, context)
    change_category(category, by=request.actor, **form.cleaned_data)
    return done(request, back, _("Saved."))


@office_page(EDIT_PRODUCTS)
@require_POST
def product_category_removal(request: PageRequest, pk: int) -> HttpResponseBase:
    category = get_object_or_404(categories(request.actor), pk=pk)
    remove_category(category, by=request.actor)
    return done(request, reverse("office:product_categories"), _("%s was removed.") % category.name)


urls = [
    path("products/categories/", product_categories, name="product_categories"),
    path("products/categories/new/", product_category_new, name="product_category_new"),
    path("products/categories/<int:pk>/", product_category, name="product_category"),
    path("products/categories/<int:pk>/removal/", product_category_removal, name="product_category_removal"),
]
