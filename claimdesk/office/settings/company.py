"""Settings › Company: the seller's own settings, one section a tab."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from claimdesk.access.queries.auto_approval import MOST, who_would_get_in
from claimdesk.catalog.queries.price_list import priced_products
from claimdesk.company.actions.settings import change_company, choose_workflow
from claimdesk.company.models import Company
from claimdesk.company.permissions import EDIT_SETTINGS
from claimdesk.company.queries.company import company
from claimdesk.company.workflows import WORKFLOWS
from claimdesk.office.settings.company_forms import (
    AccountClaimsForm,
    CustomerDataForm,
    PortalForm,
    RegistrationForm,
    SectionForm,
    SellerForm,
)
from claimdesk.office.settings.invoices import InvoicesForm
from claimdesk.office.settings.orders import OrdersForm
from claimdesk.web.answers import done, invalid
from claimdesk.web.gates import office_page
from claimdesk.web.requests import PageRequest


@dataclass(frozen=True, slots=True)
class Section:
    """A tab of the settings."""

    slug: str
    title: Any
    form: type[SectionForm]
    template: str

    @property
    def url(self) -> str:
        if self.slug == SECTIONS[0].slug:
            return reverse("office:settings_company")
        return reverse("office:settings_company_section", args=[self.slug])


SECTIONS = (
    Section("registration", gettext_lazy("User Registration"), RegistrationForm, "registration.html"),
    Section("customer-data", gettext_lazy("Customer Data"), CustomerDataForm, "customer_data.html"),
    Section("account-claims", gettext_lazy("Account claims"), AccountClaimsForm, "account_claims.html"),
    Section("seller", gettext_lazy("Your company"), SellerForm, "seller.html"),
    Section("orders", gettext_lazy("Orders and money"), OrdersForm, "orders.html"),
    Section("invoices", gettext_lazy("Invoices and shipping"), InvoicesForm, "invoices.html"),
    Section("portal", gettext_lazy("Portal and staff"), PortalForm, "portal.html"),
)


@office_page(EDIT_SETTINGS)
def settings_company(request: PageRequest, slug: str = SECTIONS[0].slug) -> HttpResponse:
    """Show a section; a POST saves it."""
    section = next((each for each in SECTIONS if each.slug == slug), None)
    if section is None:
        raise Http404
    seller = company()
    form = section.form(request.POST if request.method == "POST" else None, seller=seller)
    context = _context(section, seller, form)
    template = f"office/settings/company/{section.template}"
    if request.method != "POST":
        return render(request, template, context)
    if form.is_valid() and not request.POST.get("is_asked") and (question := _question(request, form)):
        return _ask(request, section, form, question)
    if not form.is_valid() or not _saved(request, form):
        return invalid(request, template, context)
    return done(request, section.url, _("Saved."))


@office_page(EDIT_SETTINGS)
@require_POST
def settings_workflow(request: PageRequest) -> HttpResponse:
    """Choose one of the four workflows, which sets how new accounts begin (A71)."""
    workflow = request.POST.get("workflow", "")
    if workflow not in Company.Workflow.values:
        section = next(each for each in SECTIONS if each.form is CustomerDataForm)
        seller = company()
        context = _context(section, seller, section.form(None, seller=seller))
        context["workflow_error"] = _("Choose one of the four workflows.")
        return invalid(request, f"office/settings/company/{section.template}", context)
    choose_workflow(workflow, by=request.actor)
    to = reverse("office:settings_company_section", args=["customer-data"])
    return done(request, to, _("The workflow is chosen; the two settings that it sets are marked below."))


def _saved(request: PageRequest, form: SectionForm) -> bool:
    """Save what the form says; what the action refuses stands on the form."""
    try:
        change_company(**form.cleaned_data, by=request.actor)
    except ValidationError as problem:
        for name, messages in problem.message_dict.items():
            form.add_error(name if name in form.fields else None, messages)
        return False
    return True


def _question(request: PageRequest, form: SectionForm) -> dict[str, Any]:
    """Return what has to be asked before this is saved, if anything has."""
    if isinstance(form, RegistrationForm) and form.lets_more_in:
        return _auto_approve_question(request, form)
    if isinstance(form, OrdersForm) and form.changes_how_prices_are_read:
        return _prices_question(form)
    return {}


def _ask(request: PageRequest, section: Section, form: SectionForm, question: dict[str, Any]) -> HttpResponse:
    for field in form.fields.values():
        field.widget = forms.HiddenInput()
    context = {"form": form, "section": section, **question}
    return render(request, f"office/settings/company/{question['template']}", context)


def _auto_approve_question(request: PageRequest, form: RegistrationForm) -> dict[str, Any]:
    """Return whom of those who wait this evidence would have let in (A54)."""
    evidence = form.cleaned_data["auto_approve_evidence"]
    is_on = form.seller.auto_approve
    looked_at = who_would_get_in(evidence, actor=request.actor)
    return {
        "template": "auto_approve.html",
        "title": _("Ask for less evidence?") if is_on else _("Switch Auto Approve Users on?"),
        "is_on": is_on,
        "evidence": Company.Evidence(evidence).label,
        "is_name_alone": evidence == Company.Evidence.NAME_ALONE,
        "looked_at": looked_at,
        "gets_in": sum(each.gets_in for each in looked_at),
        "is_cut": len(looked_at) == MOST,
    }


def _prices_question(form: OrdersForm) -> dict[str, Any]:
    """Return what another currency, or another reading of prices, does to the products on sale (O8)."""
    currency, seller = form.cleaned_data["currency"], form.seller
    has_other_currency = currency != seller.currency
    found = priced_products(currency)
    return {
        "template": "prices_read.html",
        "title": _("Read prices otherwise?"),
        "currency": currency if has_other_currency else "",
        "price_mode": form.cleaned_data["price_mode"],
        "has_other_mode": form.cleaned_data["price_mode"] != seller.price_mode,
        "on_sale": found.on_sale,
        "without_price": found.on_sale - found.with_price if has_other_currency else 0,
    }


def _context(section: Section, seller: Company, form: SectionForm) -> dict[str, Any]:
    tabs = [{"label": each.title, "url": each.url, "current": each is section} for each in SECTIONS]
    context: dict[str, Any] = {
        "title": _("Company"),
        "page_title": f"{section.title} · " + _("Company"),
        "section": section,
        "seller": seller,
        "form": form,
        "tabs": tabs,
        "tabs_label": _("Sections of the settings"),
    }
    if form.__class__ is CustomerDataForm:
        context["workflows"] = [
            {"chosen": each, "current": each.workflow == seller.workflow, "holds": each.is_what(seller)}
            for each in WORKFLOWS
        ]
    return context


urls = [
    path("settings/company/", settings_company, name="settings_company"),
    path("settings/company/workflow/", settings_workflow, name="settings_workflow"),
    path("settings/company/<slug:slug>/", settings_company, name="settings_company_section"),
]
