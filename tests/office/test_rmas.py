"""RMAs in the office: found, made, received by scanning, inspected, closed."""

from decimal import Decimal

import pytest
from django.urls import reverse

from claimdesk.aftersales.models import Rma, RmaMismatch
from claimdesk.customers.models import Customer
from claimdesk.customers.search import refile
from claimdesk.kernel.clock import today
from claimdesk.orders.models import Allotment
from tests import make

pytestmark = pytest.mark.django_db
PART = {"HX-Request": "true"}


@pytest.fixture
def office(client):
    """A client signed in as somebody of service."""
    client.force_login(make.staff("service"))
    return client


def issued(*serials: str) -> Rma:
    """An RMA that was issued for units with these serial numbers."""
    by = make.dealer()
    customer = Customer.objects.get(pk=by.customer_id)
    units = [make.unit(serial=serial, dealer=customer) for serial in serials]
    return make.rma(make.warranty_claim(by=by, serial=serials[0]), units)


def scan(office, rma: Rma, serial: str, **fields) -> str:
    """What the page answers to a scan."""
    address = reverse("office:rma_receiving", args=[rma.pk])
    return office.post(address, {"serial": serial} | fields, headers=PART).content.decode()


@pytest.mark.parametrize("by", ["number", "digits", "serial", "customer"])
def test_an_rma_is_found(office, by: str):  # M1
    found, other = issued("AB-1"), issued("ZZ-9")
    text = {
        "number": found.number,
        "digits": found.number.removeprefix("RMA-"),
        "serial": "ab 1",
        "customer": found.customer.number,
    }[by]
    refile([found.customer_id, other.customer_id])

    html = office.get(reverse("office:rmas"), {"q": text}).content.decode()

    assert found.number in html
    assert other.number not in html


def test_the_list_says_whose_it_is_from_what_and_until_when_and_goes_to_a_file(office):  # M1 M2
    rma = issued("AB-1")

    html = office.get(reverse("office:rmas")).content.decode()
    rows = b"".join(office.get(reverse("office:rmas"), {"format": "csv"}).streaming_content).decode()

    for text in (rma.number, rma.customer.name, rma.claim.number, "Issued", "Expires"):
        assert text in html
    assert all(text in rows for text in (rma.number, rma.claim.number, rma.expires_on.isoformat()))


def test_an_rma_is_made_of_a_warranty_claim_and_issued_at_once(office):  # M1 M2
    by = make.dealer()
    make.unit(serial="AB-1", dealer=Customer.objects.get(pk=by.customer_id))
    claim = make.warranty_claim(by=by, serial="AB-1")
    address = reverse("office:warranty_claim_rma", args=[claim.pk])
    fields = {"ship_to": "Works, Kiel", "expires_on": today().isoformat(), "is_issued": "on"}

    unknown = office.post(address, fields | {"serials": "AB-1\nNO-SUCH"})
    assert unknown.status_code == 422
    assert "There is no unit NO-SUCH." in unknown.content.decode()
    assert not Rma.objects.exists()
    office.post(address, fields | {"serials": " ab1 "})

    rma = Rma.objects.get()
    assert (rma.state, rma.claim, rma.lines.get().unit.serial) == ("issued", claim, "AB-1")


def test_an_rma_of_a_reclamation_takes_what_was_shipped_and_is_claimed(office):  # M1 R8
    order = make.order(quantities=(5,))
    line = order.lines.get()
    Allotment.objects.filter(line=line).update(shipped=Decimal(3))
    reclamation = make.reclamation(order, {line.pk: Decimal(5)})
    address = reverse("office:reclamation_rma", args=[reclamation.pk])
    fields = {"ship_to": "Kiel", "expires_on": today().isoformat(), f"take_{line.pk}": "on"}

    assert office.post(address, fields | {f"quantity_{line.pk}": "4"}).status_code == 422
    office.post(address, fields | {f"quantity_{line.pk}": "3"})

    rma = Rma.objects.get()
    assert (rma.state, rma.lines.get().quantity) == ("draft", 3)
    page = office.get(reverse("office:reclamation", args=[reclamation.pk])).content.decode()
    assert rma.number in page


def test_each_scan_says_what_came_of_it(office):  # M3
    rma = issued("AB-1", "AB-2")

    assert "received, damaged" in scan(office, rma, "ab1", is_damaged="on")
    assert "alert-danger" in (wrong := scan(office, rma, "ZZ-9"))
    assert "No unit bears this serial number." in wrong
    assert "alert-warning" in scan(office, rma, "AB-1")
    assert "received, good" in scan(office, rma, "AB-2")

    rma.refresh_from_db()
    came = {line.unit.serial: (line.good, line.damaged) for line in rma.lines.select_related("unit")}
    assert (rma.state, came) == ("received", {"AB-1": (0, 1), "AB-2": (1, 0)})
    assert RmaMismatch.objects.get().serial == "ZZ-9"


def test_without_script_a_scan_leads_back_to_the_field_and_a_wrong_one_says_so(office):  # M3
    rma = issued("AB-1")
    address = reverse("office:rma_receiving", args=[rma.pk])

    wrong = office.post(address, {"serial": "ZZ-9"})
    right = office.post(address, {"serial": "AB-1"})

    assert (wrong.status_code, "is not on this RMA" in wrong.content.decode()) == (422, True)
    assert (right.status_code, right["Location"]) == (303, address)


def test_what_came_is_inspected_and_the_rma_closed(office):  # M3
    rma = issued("AB-1")
    scan(office, rma, "AB-1")
    line = rma.lines.get()

    office.post(reverse("office:rma_line_inspection", args=[line.pk]), {"disposition": "scrap"})
    office.post(reverse("office:rma_closure", args=[rma.pk]))

    rma.refresh_from_db()
    line.refresh_from_db()
    assert (rma.state, line.disposition) == ("closed", "scrap")
