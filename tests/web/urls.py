"""Pages that show the furniture, for tests of it: a list, a form, the plain frame."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import include, path, reverse

from claimdesk.customers.models import Customer
from claimdesk.customers.queries.customers import customers
from claimdesk.kernel.refused import Refused
from claimdesk.web.answers import done, invalid
from claimdesk.web.gates import office_page, public_page
from claimdesk.web.lists import ListPage, chosen_rows, render_list
from tests.web.pages import customer_page


class NameForm(forms.Form):
    name = forms.CharField(label="Organization name", help_text="As on your invoices.")
    kind = forms.ChoiceField(
        label="Kind", choices=[("b", "Business"), ("i", "Individual")], widget=forms.RadioSelect
    )
    phone = forms.CharField(label="Phone", required=False)


def page_of_customers() -> ListPage:
    return customer_page(
        row_url=lambda row: reverse("office:customer", args=[row.pk]), row_dialog=True, live_seconds=1
    )


@office_page()
def customer_list(request: HttpRequest) -> HttpResponseBase:
    return render_list(request, page_of_customers())


@office_page()
def customer(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(customers(request.actor), pk=pk)  # type: ignore[attr-defined]
    form = NameForm(request.POST or None)
    context = {"title": row.name, "question": "Sure?", "form": form, "button_class": "btn-primary"}
    if request.method != "POST":
        return render(request, "web/confirm.html", context)
    if not form.is_valid():
        return invalid(request, "web/confirm.html", context)
    if form.cleaned_data["name"] == "taken":
        raise Refused("taken", "Somebody was faster.")
    Customer.objects.filter(pk=pk).update(name=form.cleaned_data["name"])
    return done(request, reverse("office:customers"), "Renamed.")


@office_page()
def retirement(request: HttpRequest) -> HttpResponse:
    count = chosen_rows(request, page_of_customers()).count()
    return done(request, reverse("office:customers"), f"{count} retired.")


@office_page("secrets.read")
def secret(request: HttpRequest) -> HttpResponse:
    return render(request, "web/office.html", {"title": "Secret"})


@public_page
def plain(request: HttpRequest) -> HttpResponse:
    return render(request, "web/plain.html", {"title": "Hello"})


@public_page
def portal(request: HttpRequest) -> HttpResponse:
    return render(request, "web/portal.html", {"title": "Welcome"})


office = [
    path("customers/", customer_list, name="customers"),
    path("customers/<int:pk>/", customer, name="customer"),
    path("retirement/", retirement),
    path("secret/", secret, name="secret"),
]
urlpatterns = [
    path("office/", include((office, "office"))),
    path("plain/", plain),
    path("", include("claimdesk.web.urls")),
    path("", include(([path("", portal, name="home")], "portal"))),
]
handler404 = "claimdesk.web.errors.not_found"
