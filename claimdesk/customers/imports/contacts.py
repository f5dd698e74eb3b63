"""Contacts from other people's files."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from claimdesk.customers.imports.columns import CONTACT_COLUMNS
from claimdesk.customers.imports.exporting import exported_contacts
from claimdesk.customers.imports.looking_up import customers_by_number, folded_number
from claimdesk.customers.matching.writing import reindex
from claimdesk.customers.models import Contact
from claimdesk.customers.permissions import IMPORT_CUSTOMERS
from claimdesk.kernel.text import fold, fold_email
from claimdesk.ledger.imports import Batch, Column, importer
from claimdesk.ledger.models import Import


@importer
class ContactImporter:
    """Takes contacts; a row is recognised by its customer and the e-mail address, without one by the name."""

    kind = "contacts"
    label = _("Contacts")
    position = 3
    permission = IMPORT_CUSTOMERS
    columns: tuple[Column, ...] = CONTACT_COLUMNS
    key_columns = ("customer", "name", "email")

    def key_of(self, *values: str) -> str:
        customer, name, email = values
        return f"{folded_number(customer)}\x1f{fold_email(email) if email else fold(name)}"

    def known(self, keys: list[str]) -> dict[str, str]:
        return {key: contact.source_digest for key, contact in self._present(keys).items()}

    def prepare(self, values: dict[str, Any]) -> None:
        """Cleaned values are all that `write` needs."""

    def export(self) -> Iterator[list[str]]:
        return exported_contacts()

    def finish(self, run: Import) -> None:
        """Nothing is left to do."""

    def write(self, batch: Batch) -> None:
        customers = customers_by_number(row.key.partition("\x1f")[0] for row in batch.rows)
        present = self._present([row.key for row in batch.rows])
        made: list[Contact] = []
        for row in batch.rows:
            customer = customers.get(row.key.partition("\x1f")[0])
            if customer is None:
                batch.refuse(row, f"customer: there is no customer {row.values['customer']}")
                continue
            contact = present.get(row.key) or Contact(customer_id=customer)
            for name in ("name", "email", "phone", "title"):
                if name in row.values:
                    setattr(contact, name, row.values[name])
            contact.is_enabled = row.values.get("enabled", contact.is_enabled)
            contact.source_digest, contact.import_id = row.digest, batch.run.pk
            if contact.pk:
                contact.save()
                batch.changed += 1
            else:
                contact.fold()
                made.append(contact)
        Contact.objects.bulk_create(made)
        batch.new += len(made)
        reindex({*customers.values()})

    def _present(self, keys: list[str]) -> dict[str, Contact]:
        customers = customers_by_number({key.partition("\x1f")[0] for key in keys})
        by_customer: dict[int, list[Contact]] = {}
        for contact in Contact.objects.filter(customer_id__in=customers.values()):
            by_customer.setdefault(contact.customer_id, []).append(contact)
        found = {}
        for key in keys:
            number, _mark, person = key.partition("\x1f")
            for contact in by_customer.get(customers.get(number, 0), ()):
                if person in (contact.email, "" if contact.email else fold(contact.name)):
                    found[key] = contact
        return found
