from pathlib import Path

import pytest

from claimdesk.access.models import InvoiceProof
from tests import make
from tests.customers.test_import_customers import counts, take

pytestmark = pytest.mark.django_db


def test_invoices_become_proofs_and_a_void_one_is_marked(tmp_path: Path):  # A20 A23
    make.customer(number="VINET")
    text = "number,customer,date,void\n10248,VINET,2026-07-16,\n10249,vinet,2026-07-17,yes\n10250,NONE,2026-07-17,\n"

    result = take(tmp_path, text, kind="invoices")
    again = take(tmp_path, text, kind="invoices")

    assert counts(result) == (3, 2, 0, 0, 1)
    assert counts(again) == (3, 0, 0, 2, 1)
    assert [(p.number, p.is_void) for p in InvoiceProof.objects.order_by("number")] == [
        ("10248", False),
        ("10249", True),
    ]


def test_an_invoice_needs_a_day_that_can_be_read_one_way(tmp_path: Path):  # A23
    make.customer(number="VINET")

    result = take(tmp_path, "number,customer,date\n1,VINET,03/04/2026\n0,VINET,2026-01-01\n", kind="invoices")

    assert counts(result) == (2, 0, 0, 0, 2)
