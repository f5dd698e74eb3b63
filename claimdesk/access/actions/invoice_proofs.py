"""The proofs of A20, kept up with the invoices that are written here; they record nothing."""

from datetime import date

from claimdesk.access.models import InvoiceProof
from claimdesk.customers.models import Customer
from claimdesk.kernel.text import fold_number


def write_invoice_proof(
    customer: Customer | int, *, number: str, issued_on: date, is_void: bool = False
) -> InvoiceProof:
    """Let an invoice prove that somebody belongs to a customer, or, once it is void, no longer (A20)."""
    key = customer if isinstance(customer, int) else customer.pk
    proof, _made = InvoiceProof.objects.update_or_create(
        customer_id=key,
        number_folded=fold_number(number) or number,
        defaults={"number": number, "issued_on": issued_on, "is_void": is_void},
    )
    return proof
