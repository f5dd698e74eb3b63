"""Begin to act for a customer, or for one of its people (A84)."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils.translation import gettext as _

from claimdesk.access.actions.acting import start_acting
from claimdesk.access.permissions import ACT_FOR_CUSTOMERS
from claimdesk.access.queries.members import members
from claimdesk.customers.queries.customers import customers
from claimdesk.office.customers import customer_url
from claimdesk.office.forms.users import ActingForm
from claimdesk.office.users import FORM
from claimdesk.people.models import User
from claimdesk.web.answers import done, invalid
from claimdesk.web.gates import office_page
from claimdesk.web.middleware import ACTING
from claimdesk.web.numbers import whole_number
from claimdesk.web.requests import PageRequest


@office_page(ACT_FOR_CUSTOMERS)
def acting_start(request: PageRequest, pk: int) -> HttpResponse:
    """Ask why, then lead into the portal; `?person=` names one of the customer's people."""
    customer = get_object_or_404(customers(request.actor), pk=pk)
    person = _person(request, customer)
    form = ActingForm(request.POST or None)
    context: dict[str, Any] = {
        "title": _("Act for %s") % (person.name if person else customer.name),
        "form": form,
    }
    context |= {"cancel": customer_url(customer), "button": _("Act for customer"), "acting_for": customer}
    if request.method != "POST":
        return render(request, FORM, context)
    if not form.is_valid():
        return invalid(request, FORM, context)
    session = start_acting(customer, person=person, reason=form.cleaned_data["reason"], by=request.actor)
    request.session[ACTING] = session.pk
    return done(request, reverse("portal:home"))


def _person(request: PageRequest, customer: Any) -> User | None:
    wanted = request.GET.get("person", "")
    return get_object_or_404(members(customer), user_id=whole_number(wanted)).user if wanted else None


urls = [path("customers/<int:pk>/acting/", acting_start, name="acting_start")]
