"""The three facts that prove an account: its number, the postcode of its billing address, a recent invoice."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import QuerySet

from claimdesk.access.models import ConnectionRight, InvoiceProof
from claimdesk.company.queries.company import company
from claimdesk.customers.models import Address, Alias, Customer
from claimdesk.kernel import tokens
from claimdesk.kernel.clock import now, today
from claimdesk.kernel.text import fold_number

# The first part of a ZIP+4 code; the rest says where in the street, which no customer remembers (A23).
_ZIP_LENGTH = 5
_ZIP_PLUS_FOUR_LENGTH = 9
_NOBODY = Customer(pk=0)


@dataclass(frozen=True, slots=True)
class Facts:
    """What the database says to three facts. `missing` names what the account has none of: never a pass."""

    customer: Customer | None
    is_proved: bool
    missing: str = ""


def check_facts(*, number: str, postcode: str, invoice: str) -> Facts:
    """Return whether all three are right, by the same queries whichever is wrong (A22).

    Old numbers work through aliases (A74); of merged customers the survivor is meant.
    """
    customer = _by_number(number)
    subject = customer or _NOBODY
    on_file = Address.objects.filter(customer_id=subject.pk, kind=Address.Kind.BILLING).first()
    postcode_on_file = _folded_postcode(on_file.postcode, on_file.country) if on_file else ""
    proofs = _recent_proofs(subject.pk)
    has_invoice = proofs.exists()
    invoice_is_right = proofs.filter(number_folded=fold_number(invoice) or "-").exists()
    asked = _folded_postcode(postcode, on_file.country if on_file else "")
    postcode_is_right = bool(postcode_on_file) and tokens.matches(asked, postcode_on_file)
    may_pass = customer is not None and customer.state != Customer.Status.INACTIVE
    missing = (
        "" if customer is None else "postcode" if not postcode_on_file else "" if has_invoice else "invoice"
    )
    return Facts(customer, may_pass and postcode_is_right and invoice_is_right, missing)


def right_of_session(key: int | None, session_digest: str) -> ConnectionRight | None:
    """Return the right to go on with that key, if it is this session's, unused and not too old (A25)."""
    if key is None:
        return None
    return (
        ConnectionRight.objects.select_related("customer")
        .filter(pk=key, session_digest=session_digest, used_at=None, expires_at__gt=now())
        .first()
    )


def town_of(customer: Customer) -> str:
    """Return the town of the billing address, which with the name is all that the form shows (A21)."""
    address = Address.objects.filter(customer=customer, kind=Address.Kind.BILLING).first()
    return address.town if address else ""


def _by_number(number: str) -> Customer | None:
    folded = fold_number(number)
    if not folded:
        return None
    customer = Customer.objects.select_related("merged_into").filter(number_folded=folded).first()
    alias = (
        Alias.objects.select_related("customer__merged_into")
        .filter(kind=Alias.Kind.NUMBER, folded=folded)
        .first()
    )
    customer = customer or (alias.customer if alias else None)
    while customer is not None and customer.merged_into is not None:
        customer = customer.merged_into
    return customer


def _recent_proofs(customer_id: int) -> QuerySet[InvoiceProof]:
    oldest = today() - timedelta(days=company().invoice_recent_days)
    return InvoiceProof.objects.filter(
        customer_id=customer_id, is_void=False, issued_on__range=(oldest, today())
    )


def _folded_postcode(postcode: str, country: str) -> str:
    folded = fold_number(postcode)
    digits = "".join(c for c in postcode if c.isdigit())
    if (
        country in ("", "US")
        and len(digits) == _ZIP_PLUS_FOUR_LENGTH
        and not any(c.isalpha() for c in postcode)
    ):
        return fold_number(digits[:_ZIP_LENGTH])
    return folded
