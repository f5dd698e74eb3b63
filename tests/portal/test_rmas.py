"""RMAs as the customer sees them: those issued to the account, the slip, the word that goods are on their way."""

from datetime import timedelta
from io import BytesIO
from time import process_time

import pytest
from django.urls import reverse

from claimdesk.aftersales.actions.rmas.issuing import cancel_rma, draft_rma_of_claim
from claimdesk.aftersales.actions.rmas.receipts import receive_unit
from claimdesk.conversations.models import OutgoingMail
from claimdesk.customers.models import Customer
from claimdesk.kernel.clock import clock_at, now
from claimdesk.people.models import Notification, User
from tests import make
from tests.work import work_off

pytestmark = pytest.mark.django_db


@pytest.fixture
def by():
    """Somebody of service at a customer."""
    return make.dealer()


@pytest.fixture
def portal(client, by):
    """His browser."""
    client.force_login(User.objects.get(pk=by.id))
    return client


def claimed(by, *serials: str):
    """A claim, and units of the customer with these serial numbers."""
    customer = Customer.objects.get(pk=by.customer_id)
    units = [make.unit(serial=serial, dealer=customer) for serial in serials]
    return make.warranty_claim(by=by, serial=serials[0]), units


def mails(key: str) -> list[OutgoingMail]:
    """The mails of that kind, after the worker has done its work."""
    work_off()
    return list(OutgoingMail.objects.filter(key=key))


def test_the_customer_sees_what_was_issued_to_him_and_no_draft(portal, by):  # M1 W1
    rma = make.rma(*claimed(by, "AB-1"))
    draft = draft_rma_of_claim(rma.claim, units=claimed(by, "AB-2")[1], by=make.STAFF)
    foreign = make.rma(*claimed(make.dealer(), "AB-3"))

    html = portal.get(reverse("portal:rmas")).content.decode()

    assert rma.number in html
    assert draft.number not in html
    assert foreign.number not in html
    for hidden in (draft, foreign):
        for name in ("rma", "rma_slip", "rma_sending"):
            assert portal.get(reverse(f"portal:{name}", args=[hidden.pk])).status_code == 404


def test_the_slip_is_made_within_a_second_in_the_readers_format(portal, by):  # M2 K4
    rma = make.rma(*claimed(by, *[f"AB-{n}" for n in range(30)]))
    User.objects.filter(pk=by.id).update(date_format="d.m.Y")
    portal.get(reverse("portal:rma", args=[rma.pk]))

    began = process_time()
    answer = portal.get(reverse("portal:rma_slip", args=[rma.pk]))
    took = process_time() - began

    assert answer["Content-Type"] == "application/pdf"
    assert BytesIO(answer.content).read(5) == b"%PDF-"
    assert took < 1
    page = portal.get(reverse("portal:rma", args=[rma.pk])).content.decode()
    assert f"{rma.expires_on:%d.%m.%Y}" in page


def test_the_customer_tells_carrier_and_tracking_number(portal, by):  # M1
    rma = make.rma(*claimed(by, "AB-1"))

    portal.post(reverse("portal:rma_sending", args=[rma.pk]), {"carrier": "DHL", "tracking_number": "JD 1"})

    rma.refresh_from_db()
    assert (rma.state, rma.carrier, rma.tracking_number) == ("in_transit", "DHL", "JD 1")
    assert "AWB=JD%201" in portal.get(reverse("portal:rma", args=[rma.pk])).content.decode()


def test_nothing_travels_with_the_slip_of_an_rma_that_was_canceled(portal, by):  # M2 M4
    rma = make.rma(*claimed(by, "AB-1"))
    slip = reverse("portal:rma_slip", args=[rma.pk])

    cancel_rma(rma, reason="not needed", by=make.STAFF)

    assert portal.get(slip).status_code == 409
    for page in (reverse("portal:rma", args=[rma.pk]), reverse("portal:rmas")):
        assert slip not in portal.get(page).content.decode()


def test_who_claimed_is_mailed_the_way_to_the_slip_and_told_under_the_bell(by):  # M2
    rma = make.rma(*claimed(by, "AB-1"))

    (mail,) = mails("rma_issued")

    assert mail.to == User.objects.get(pk=by.id).email
    assert reverse("portal:rma", args=[rma.pk]) in mail.text
    assert "AB-1" in mail.text
    assert Notification.objects.filter(user_id=by.id).count() == 1


def test_of_many_scans_the_last_one_mails_what_came(by):  # M3
    rma = make.rma(*claimed(by, "AB-1", "AB-2"))
    receive_unit(rma, serial="AB-1", by=make.STAFF)
    receive_unit(rma, serial="AB-2", is_damaged=True, by=make.STAFF)

    (mail,) = mails("rma_received")

    assert "AB-1" in mail.text
    assert "AB-2" in mail.text


def test_that_it_expired_is_mailed_to_the_service_address_and_not_to_the_customer(by):  # M4
    make.company(service_email="service@northwind.example")
    rma = make.rma(*claimed(by, "AB-1"))

    with clock_at(now() + timedelta(days=40)):
        work_off()

    (mail,) = mails("rma_expired")
    assert mail.to == "service@northwind.example"
    assert rma.number in mail.subject
