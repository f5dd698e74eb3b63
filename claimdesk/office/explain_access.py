"""Explain access (A51): one page for "why can't he see it?" and "why is there no claim?"."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claimdesk.access.permissions import EXPLAIN_ACCESS
from claimdesk.access.queries.explain import explain_access
from claimdesk.access.queries.users import users
from claimdesk.customers.models import Customer
from claimdesk.customers.queries.customers import customers
from claimdesk.customers.search import find_customers
from claimdesk.kernel.actor import Actor
from claimdesk.kernel.text import fold_number
from claimdesk.people.models import User
from claimdesk.people.queries.users import user_called
from claimdesk.web.gates import office_page
from claimdesk.web.requests import PageRequest


class ExplainForm(forms.Form):
    """Whom and which customer the question is about, as one would name them."""

    user = forms.CharField(label=gettext_lazy("Username or e-mail"), max_length=254)
    customer = forms.CharField(label=gettext_lazy("Customer number or name"), max_length=200)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor

    def clean_user(self) -> User:
        found = user_called(self.cleaned_data["user"])
        if found is None or not users(self.actor).filter(pk=found.pk).exists():
            raise forms.ValidationError(_("Nobody has this username or e-mail address."))
        return found

    def clean_customer(self) -> Customer:
        text, mine = self.cleaned_data["customer"], customers(self.actor)
        found = mine.filter(number_folded=fold_number(text)).first()
        hits = [] if found else find_customers(mine, text)
        if found is None and hits:
            found = mine.get(pk=hits[0])
        if found is None:
            raise forms.ValidationError(_("No customer has this number or name."))
        return found


@office_page(EXPLAIN_ACCESS)
def explain_access_page(request: PageRequest) -> HttpResponse:
    is_asked = "user" in request.GET or "customer" in request.GET
    form = ExplainForm(request.GET if is_asked else None, actor=request.actor)
    context = {"title": _("Explain access"), "form": form, "explanation": None}
    if is_asked and form.is_valid():
        context["explanation"] = explain_access(form.cleaned_data["user"], form.cleaned_data["customer"])
    return render(
        request, "office/explain_access.html", context, status=422 if is_asked and form.errors else 200
    )


urls = [path("explain-access/", explain_access_page, name="explain_access")]
