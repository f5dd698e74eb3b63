"""A contact for an existing account, proved by three facts (A20-A25)."""

import hashlib

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from claimdesk.access.actions.registrations import register
from claimdesk.access.actions.verification import connect_with_right, verify_facts
from claimdesk.access.models import ConnectionRight
from claimdesk.access.queries.verification import right_of_session, town_of
from claimdesk.company.queries.registration import new_user_is_open
from claimdesk.kernel.client_address import client_address
from claimdesk.kernel.text import fold_number
from claimdesk.people.actions.attempts import VERIFICATION, take_attempt
from claimdesk.portal.registrations import RegistrationForm, begin, may_register
from claimdesk.web.answers import SeeOther, invalid
from claimdesk.web.gates import open_page
from claimdesk.web.middleware import CUSTOMER_IN_HAND
from claimdesk.web.person_fields import LineField
from claimdesk.web.requests import PageRequest

RIGHT = "connection_right"
_FACTS, _LOGIN = "portal/connect/facts.html", "portal/connect/login.html"


class FactsForm(forms.Form):
    """Three facts that stand on any invoice."""

    number = LineField(label=gettext_lazy("Account number"), max_length=40)
    postcode = LineField(
        label=gettext_lazy("Billing zip"),
        max_length=20,
        help_text=gettext_lazy("The postcode of the address that your invoices go to."),
    )
    invoice = LineField(
        label=gettext_lazy("Invoice number"), max_length=60, help_text=gettext_lazy("Of a recent invoice.")
    )


@never_cache
@open_page
def connect(request: PageRequest) -> HttpResponse:
    """Ask for the three facts; one error for any wrong one (A22)."""
    title = _("Create a new contact for your account")
    if not new_user_is_open():
        return render(request, "portal/registrations/closed.html", {"title": title})
    form = FactsForm(request.POST or None)
    context = {"title": title, "form": form}
    if request.method != "POST":
        return render(request, _FACTS, context)
    right = form.is_valid() and _verify(request, form)
    if not right:
        return invalid(request, _FACTS, context)
    request.session[RIGHT] = right.pk
    return SeeOther(reverse("portal:connect_login"))


def _verify(request: PageRequest, form: FactsForm) -> ConnectionRight | None:
    """Count the attempt, then look at the facts; what is wrong is not said."""
    facts, address = form.cleaned_data, client_address(request)
    actor = request.actor
    if not take_attempt(VERIFICATION, account=fold_number(facts["number"]), address=address, by=actor):
        form.add_error(None, _("Too many attempts. Try again in an hour, or write to us."))
        return None
    digest = session_digest(request)
    right = verify_facts(**facts, session_digest=digest, address=address, by=actor)
    if right is None:
        form.add_error(
            None,
            _(
                "These three do not belong together. Look at a recent invoice, or write to us if you have none."
            ),
        )
    return right


def session_digest(request: PageRequest) -> str:
    """Return a digest of this browser session, to bind a right to it (A25)."""
    if not request.session.session_key:
        request.session.create()
    return hashlib.sha256((request.session.session_key or "").encode()).hexdigest()


@never_cache
@sensitive_post_parameters("password")
@open_page
def connect_login(request: PageRequest) -> HttpResponse:
    """Show the account by name and town only (A21), and take a login; who is signed in only confirms."""
    right = right_of_session(request.session.get(RIGHT), session_digest(request))
    if right is None:
        return redirect("portal:connect")
    is_signed_in = request.actor.is_signed_in
    form = forms.Form(request.POST) if is_signed_in else RegistrationForm(request.POST or None)
    context = {
        "title": _("Create login"),
        "form": form,
        "customer": right.customer.name,
        "town": town_of(right.customer),
    }
    if request.method != "POST":
        return render(request, _LOGIN, context)
    return _use(request, right, form) or invalid(request, _LOGIN, context)


def _use(request: PageRequest, right: ConnectionRight, form: forms.Form) -> HttpResponse | None:
    actor = request.actor
    if actor.is_signed_in:
        connect_with_right(request.user, right=right, by=actor)
        request.session.pop(RIGHT, None)
        request.session[CUSTOMER_IN_HAND] = right.customer_id
        return SeeOther(reverse("portal:home"))
    if not form.is_valid() or not may_register(request, form):
        return None
    started = register(**form.cleaned_data, right=right, by=actor)
    request.session.pop(RIGHT, None)
    return begin(request, started)


urls = [
    path("connect/", connect, name="connect"),
    path("connect/login/", connect_login, name="connect_login"),
]
