"""Service › Registrations: the list, and what registrations ask besides (U4)."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claimdesk.company.actions.settings import change_company
from claimdesk.company.permissions import EDIT_SETTINGS
from claimdesk.company.queries.company import company
from claimdesk.customers.queries.customers import keys_of_customers
from claimdesk.office.cells.units import dealer_cell, serial_cell
from claimdesk.office.forms.units import QuestionsForm
from claimdesk.office.settings.days import SinceDay, UntilDay
from claimdesk.warranty.models import Registration
from claimdesk.warranty.permissions import VIEW_UNITS
from claimdesk.warranty.queries.registrations import registrations, search_registrations
from claimdesk.web.addresses import address_of
from claimdesk.web.answers import done, invalid
from claimdesk.web.gates import office_page
from claimdesk.web.lists import Column, Empty, ListPage, Preset, render_list
from claimdesk.web.lists.cells import state_cell
from claimdesk.web.requests import PageRequest

QUESTIONS = "office/unit_registrations/questions.html"


class RegistrationFilters(django_filters.FilterSet):
    """Filters of Registrations."""

    state = django_filters.ChoiceFilter(
        label=gettext_lazy("State"), choices=Registration.State.choices, empty_label=gettext_lazy("All")
    )
    dealer = django_filters.CharFilter(label=gettext_lazy("Dealer (number or name)"), method="with_dealer")
    since = SinceDay(field_name="registered_at", label=gettext_lazy("From"))
    until = UntilDay(field_name="registered_at", label=gettext_lazy("Until"))

    def with_dealer(self, rows: QuerySet[Registration], _name: str, value: str) -> QuerySet[Registration]:
        return rows.filter(dealer_id__in=keys_of_customers(value))


PAGE = ListPage(
    name="unit_registrations",
    title=gettext_lazy("Registrations"),
    rows=registrations,
    columns=(
        Column("serial", gettext_lazy("Serial number"), value="unit.serial", cell=serial_cell, heading=True),
        Column("product", gettext_lazy("Product"), value="unit.product.name"),
        Column("owner", gettext_lazy("End customer"), value="owner_name"),
        Column("delivered", gettext_lazy("Delivered on"), value="delivered_on"),
        Column("dealer", gettext_lazy("Dealer"), value="dealer.number", cell=dealer_cell),
        Column("state", gettext_lazy("State"), value="get_state_display", cell=state_cell, export="state"),
        Column("registered", gettext_lazy("Registered"), value="registered_at", sort="registered_at"),
        Column("registered_by", gettext_lazy("Registered by"), value="registered_by_name", shown=False),
        Column("reason", gettext_lazy("Reason"), shown=False),
    ),
    sort="-registered",
    filters=RegistrationFilters,
    search=search_registrations,
    search_hint=gettext_lazy("Serial number or dealer"),
    presets=(
        Preset(gettext_lazy("All"), ""),
        Preset(gettext_lazy("In force"), "state=in_force"),
    ),
    row_url=lambda row: address_of("office:unit", row.unit_id),
    template="office/unit_registrations/list.html",
    empty=Empty(
        gettext_lazy("No registrations yet"),
        gettext_lazy("When a dealer tells that a unit was delivered, it stands here."),
        icon="certificate",
    ),
)


@office_page(VIEW_UNITS)
def registrations_page(request: PageRequest) -> HttpResponseBase:
    return render_list(request, PAGE, may_ask=request.actor.may(EDIT_SETTINGS))


@office_page(EDIT_SETTINGS)
def registration_questions(request: PageRequest) -> HttpResponse:
    """Change what registrations ask besides; what was answered stays."""
    asked = company().registration_questions
    lines = [f"{each['question']}{' *' if each['is_required'] else ''}" for each in asked]
    form = QuestionsForm(
        request.POST if request.method == "POST" else None, initial={"questions": "\n".join(lines)}
    )
    cancel = reverse("office:unit_registrations")
    context: dict[str, Any] = {"title": _("What a registration asks besides"), "form": form, "cancel": cancel}
    if request.method != "POST":
        return render(request, QUESTIONS, context)
    if "questions" not in request.POST or not form.is_valid():
        return invalid(request, QUESTIONS, context)
    change_company(registration_questions=form.cleaned_data["questions"], by=request.actor)
    return done(request, cancel, _("Saved."))


urls = [
    path("registrations/", registrations_page, name="unit_registrations"),
    path("registrations/questions/", registration_questions, name="registration_questions"),
]
