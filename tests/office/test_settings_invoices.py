"""Settings › Company › Invoices and shipping."""

import pytest
from django.test import Client

from claimdesk.company.models import Company
from claimdesk.orders.queries.shipments import tracking_url
from tests import make

pytestmark = pytest.mark.django_db

PAGE = "/office/settings/company/invoices/"
WISHES = {
    "payment_days": "14",
    "freight_refund": "pro_rata",
    "payout_method": "on_account",
    "return_days": "60",
}


@pytest.fixture
def administrator(client: Client) -> Client:
    make.company()
    client.force_login(make.staff())
    return client


def test_carriers_are_named_with_their_links(administrator: Client):  # O16
    carriers = "Spedition Nord = https://nord.example/?id={number}\nOwn van"

    answer = administrator.post(PAGE, WISHES | {"carriers": carriers})

    assert answer.status_code == 303
    assert tracking_url("spedition nord", "7 8") == "https://nord.example/?id=7%208"
    assert tracking_url("Own van", "7") == ""
    assert Company.objects.get().freight_refund == "pro_rata"


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)//{number}", "http://plain.example/{number}", "https://x.example/"]
)
def test_a_link_that_is_none_is_refused(administrator: Client, link: str):  # O16
    answer = administrator.post(PAGE, WISHES | {"carriers": f"Nord = {link}"})

    assert answer.status_code == 422
    assert Company.objects.get().payment_days == 30
