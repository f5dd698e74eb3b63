"""Shipments of an order: send, correct, note that one arrived (O16)."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils.translation import gettext as _

from claimdesk.company.queries.company import company
from claimdesk.kernel.clock import today
from claimdesk.office.forms.money import DeliveryForm, ShipmentForm, TrackingForm
from claimdesk.office.order_money import asked, order_at
from claimdesk.orders.actions.shipments import change_shipment, deliver_shipment, send_shipment
from claimdesk.orders.models import Shipment
from claimdesk.orders.permissions import EDIT_SHIPMENTS
from claimdesk.orders.queries.items import person_of
from claimdesk.orders.queries.shipments import ready_to_ship, shipments
from claimdesk.web.addresses import address_of
from claimdesk.web.answers import done
from claimdesk.web.gates import office_page
from claimdesk.web.requests import PageRequest


@office_page(EDIT_SHIPMENTS)
def order_shipment(request: PageRequest, pk: int) -> HttpResponse:
    """Choose what is shipped; a POST moves its items on."""
    order = order_at(request, pk)
    data = request.POST if request.method == "POST" else None
    ready = ready_to_ship(order, person_of(request.actor))
    form = ShipmentForm(data, most=ready, initial={"shipped_on": today(company().time_zone)})
    title = _("Ship order %(number)s") % {"number": order.number}
    if answer := asked(request, order, form, title=title, button=_("Ship")):
        return answer
    fields = {name: form.cleaned_data[name] for name in ("carrier", "tracking_number", "shipped_on")}
    shipment = send_shipment(order, lines=form.quantities, by=request.actor, **fields)
    said = _("Shipment %(number)s is on its way.") % {"number": shipment.number}
    return done(request, address_of("office:order", order.pk), said)


@office_page(EDIT_SHIPMENTS)
def shipment_edit(request: PageRequest, pk: int) -> HttpResponse:
    """Correct carrier and tracking number."""
    shipment = _shipment(request, pk)
    data = request.POST if request.method == "POST" else None
    initial = {"carrier": shipment.carrier, "tracking_number": shipment.tracking_number}
    form = TrackingForm(data, initial=initial)
    title = _("Tracking of shipment %(number)s") % {"number": shipment.number}
    if answer := asked(request, shipment.order, form, title=title, button=_("Save")):
        return answer
    change_shipment(shipment, by=request.actor, **form.cleaned_data)
    return done(request, address_of("office:order", shipment.order_id), _("Saved."))


@office_page(EDIT_SHIPMENTS)
def shipment_delivery(request: PageRequest, pk: int) -> HttpResponse:
    """Ask for the day; a POST notes that the shipment arrived."""
    shipment = _shipment(request, pk)
    data = request.POST if request.method == "POST" else None
    form = DeliveryForm(data, initial={"delivered_on": today(company().time_zone)})
    title = _("Shipment %(number)s has arrived") % {"number": shipment.number}
    if answer := asked(request, shipment.order, form, title=title, button=_("Delivered")):
        return answer
    deliver_shipment(shipment, delivered_on=form.cleaned_data["delivered_on"], by=request.actor)
    return done(request, address_of("office:order", shipment.order_id), _("Noted."))


def _shipment(request: PageRequest, pk: int) -> Shipment:
    return get_object_or_404(shipments(request.actor), pk=pk)


urls = [
    path("orders/<int:pk>/shipments/", order_shipment, name="order_shipment"),
    path("shipments/<int:pk>/edit/", shipment_edit, name="shipment_edit"),
    path("shipments/<int:pk>/delivery/", shipment_delivery, name="shipment_delivery"),
]
