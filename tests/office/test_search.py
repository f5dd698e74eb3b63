"""Search over everything in the office: what one may see, and nothing else."""

import pytest
from django.test import Client

from tests import make

pytestmark = pytest.mark.django_db


def hits(person, text: str) -> str:
    browser = Client()
    browser.force_login(person)
    return browser.get("/office/search/", {"q": text}).content.decode()


@pytest.fixture
def sold():
    """An order with an invoice and a reclamation, and the paths to their pages."""
    order = make.order(make.customer(name="Fischer Wood"), po_number="PO-778")
    invoice, reclamation = make.invoice(order=order), make.reclamation(order)
    return order, {
        order.number: f"/office/orders/{order.pk}/",
        invoice.number: f"/office/invoices/{invoice.pk}/",
        reclamation.number: f"/office/reclamations/{reclamation.pk}/",
    }


def test_orders_invoices_and_reclamations_are_found_by_their_numbers(sold):  # O1 O3 R2
    _order, paths = sold
    sales = make.staff("sales")

    assert {number: path in hits(sales, number) for number, path in paths.items()} == dict.fromkeys(
        paths, True
    )


def test_staff_find_nothing_of_customers_that_are_not_theirs(sold):  # A53
    order, paths = sold
    limited = make.staff("sales", only_own_customers=True)

    for text in (*paths, order.po_number, "Fischer"):
        assert not any(path in hits(limited, text) for path in paths.values())


def test_what_is_switched_off_is_not_found(sold):  # R10
    _order, paths = sold
    make.company(reclamations_on=False)

    assert not any(
        "reclamations" in path and path in hits(make.staff("sales"), "R-") for path in paths.values()
    )
