"""Contacts from other people's files."""

from collections.abc import Iterator
from operator import itemgetter
from typing import Any

from django.utils.translation import gettext_lazy as _

from claimdesk.customers.imports.columns import CONTACT_COLUMNS
from claimdesk.customers.imports.exporting import exported_contacts
from claimdesk.customers.imports.looking_up import customers_by_number, folded_number
from claimdesk.customers.matching.reading import records_of
from claimdesk.customers.matching.writing import index_customers
from claimdesk.customers.models import Contact
from claimdesk.customers.permissions import IMPORT_CUSTOMERS
from claimdesk.customers.search.index import refile_contacts
from claimdesk.kernel.clock import now
from claimdesk.kernel.text import fold, fold_email
from claimdesk.ledger.imports import Batch, Column, PreparedRow, importer
from claimdesk.ledger.imports.bulk import allocate_keys, insert_rows, select_among
from claimdesk.ledger.models import Import

INSERTED = (
    "id", "name", "email", "customer", "name_folded", "source_digest", "phone", "title", "is_enabled",
)  # fmt: skip
BLANK = {"phone": "", "title": "", "enabled": True}
_others = itemgetter("phone", "title", "enabled")


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
        return f"{folded_number(customer)}\x1f{fold_email(email) if email else fold(name)[:160]}"

    def known(self, keys: list[str]) -> dict[str, str]:
        return {key: digest for key, (_pk, digest) in self._present(keys).items()}

    def prepare(self, values: dict[str, Any]) -> None:
        """Cleaned values are all that `write` needs."""

    def export(self) -> Iterator[list[str]]:
        return exported_contacts()

    def finish(self, run: Import) -> None:
        """Nothing is left to do."""

    def write(self, batch: Batch) -> None:
        customers = customers_by_number(row.key.partition("\x1f")[0] for row in batch.rows)
        present = self._present([row.key for row in batch.rows])
        new: list[tuple[int, PreparedRow]] = []
        known: list[tuple[int, PreparedRow]] = []
        for row in batch.rows:
            customer = customers.get(row.key.partition("\x1f")[0])
            if customer is None:
                batch.refuse(row, f"customer: there is no customer {row.values['customer']}")
            elif row.key in present:
                known.append((present[row.key][0], row))
            else:
                new.append((customer, row))
        changed = self._change(known, batch)
        refile_contacts(changed, new=self._insert(new, batch))
        batch.new += len(new)
        batch.changed += len(changed)
        reached = {customer for customer, row in new if row.values.get("email") or row.values.get("phone")}
        index_customers(records_of(sorted(reached | {contact.customer_id for contact in changed})))

    def _insert(self, rows: list[tuple[int, PreparedRow]], batch: Batch) -> list[tuple[int, str, str]]:
        """Insert new contacts; return key, name and e-mail address of each."""
        keys = allocate_keys(Contact, len(rows)) if rows else []
        made = [
            (key, row.values["name"], row.values.get("email", ""), customer, row)
            for key, (customer, row) in zip(keys, rows, strict=True)
        ]
        contacts = [
            (key, name, email, customer, fold(name)[:160], row.digest, *_others(BLANK | row.values))
            for key, name, email, customer, row in made
        ]
        insert_rows(Contact, INSERTED, contacts, same={"import_id": batch.run.pk, "created_at": now()})
        return [(key, name, email) for key, name, email, _customer, _row in made]

    def _change(self, rows: list[tuple[int, PreparedRow]], batch: Batch) -> list[Contact]:
        contacts = Contact.objects.in_bulk([key for key, _row in rows])
        for key, row in rows:
            contact = contacts[key]
            for name in ("name", "email", "phone", "title"):
                if name in row.values:
                    setattr(contact, name, row.values[name])
            contact.is_enabled = row.values.get("enabled", contact.is_enabled)
            contact.source_digest, contact.import_id = row.digest, batch.run.pk
            contact.save()
        return list(contacts.values())

    def _present(self, keys: list[str]) -> dict[str, tuple[int, str]]:
        """Return key and digest of the contacts on file."""
        customers = customers_by_number({key.partition("\x1f")[0] for key in keys})
        select = "SELECT customer_id, email, name_folded, id, source_digest FROM customers_contact WHERE"
        by_person = {
            (customer, email or name): (pk, digest)
            for customer, email, name, pk, digest in select_among(
                select, "customer_id", set(customers.values())
            )
        }
        found = {}
        for key in keys:
            number, _mark, person = key.partition("\x1f")
            contact = by_person.get((customers.get(number, 0), person))
            if contact:
                found[key] = contact
        return found
