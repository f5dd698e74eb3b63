"""Addresses of the order process: a version that is not switched on."""

from claimdesk.customers.models import Customer
from claimdesk.orders.actions.processes import save_process
from claimdesk.orders.process import library
from claimdesk.people.models import User
from tests import make

Arguments = dict[str, int | str]


def of_process(customer: Customer, people: dict[str, User]) -> dict[str, Arguments]:
    """Addresses of a version beside the active one."""
    make.order_process()
    stored = save_process(library.text_of("returns"), by=make.STAFF)
    pages = ("version", "activation", "file", "diagram")
    return {f"office:settings_process_{page}": {"pk": stored.pk} for page in pages}
