"""What staff choose for a customer in the ERP, and what the ERP calls it (A67, A79)."""

from django.db import transaction
from django.utils.translation import gettext as _

from claimdesk.customers.actions.writing import locked
from claimdesk.customers.events import ErpWishChanged
from claimdesk.customers.models import Customer
from claimdesk.customers.permissions import EDIT_CUSTOMERS
from claimdesk.kernel.actor import Actor
from claimdesk.kernel.clock import now
from claimdesk.kernel.refused import Refused
from claimdesk.kernel.text import tidy
from claimdesk.ledger.record import record


@transaction.atomic
def change_erp_wish(
    customer: Customer, *, wish: str, erp_number: str = "", erp_name: str = "", by: Actor
) -> Customer:
    """Choose what becomes of the customer in the ERP: linked to what is there, created, or later.

    Refuses: `erp_number_required` to link, `erp_number_taken`, `customer_merged`.
    Records: ErpWishChanged, if anything changed.
    """
    by.require(EDIT_CUSTOMERS)
    row = locked(customer, by=by)
    after = {"erp_wish": Customer.ErpWish(wish), "erp_number": tidy(erp_number), "erp_name": tidy(erp_name)}
    before = {name: getattr(row, name) for name in after}
    if before == after:
        return row
    if wish == Customer.ErpWish.LINK and not after["erp_number"]:
        raise Refused("erp_number_required", _("To link, give the number that the ERP has for it."))
    taken = Customer.objects.filter(erp_number=after["erp_number"], merged_into=None).exclude(pk=row.pk)
    if after["erp_number"] and taken.exists():
        raise Refused("erp_number_taken", _("Another customer is already linked to this number."))
    for name, value in after.items():
        setattr(row, name, value)
    row.updated_at = now()
    row.save(update_fields=[*after, "updated_at"])
    record(ErpWishChanged(str(wish), after["erp_number"], after["erp_name"], before=before), about=row, by=by)
    return row
