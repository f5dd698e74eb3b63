"""Customers from other people's files (A75)."""

from collections.abc import Iterator
from datetime import datetime
from operator import itemgetter
from typing import Any

from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from claimdesk.company.queries.company import company
from claimdesk.customers.imports.columns import ADDRESS_COLUMNS, CUSTOMER_COLUMNS
from claimdesk.customers.imports.exporting import exported_customers
from claimdesk.customers.imports.looking_up import folded_number, owners_of_addresses, owners_of_external_ids
from claimdesk.customers.matching.records import Place, Record
from claimdesk.customers.matching.writing import insert_entries, make_entries, reindex, tend
from claimdesk.customers.models import Address, Customer, CustomerGroup
from claimdesk.customers.permissions import IMPORT_CUSTOMERS
from claimdesk.customers.search.index import file_new_customers
from claimdesk.customers.search.words import cut, words_of_customer
from claimdesk.kernel.clock import now
from claimdesk.kernel.text import fold, fold_number
from claimdesk.ledger.imports import Batch, Column, PreparedRow, importer
from claimdesk.ledger.imports.bulk import allocate_keys, insert_rows, select_among
from claimdesk.ledger.models import Import
from claimdesk.people.models import User

ADDRESS_NAMES = tuple(column.name for column in ADDRESS_COLUMNS)
# The import owns what the ERP owns; status and notes of customers already here are the office's (edge 34).
ONLY_FOR_NEW = ("status", "notes", "number")
PLAIN = (
    "name", "email", "kind", "phone", "website", "tax_number", "terms", "price_group", "discount", "language",
    "currency", "external_id", "erp_number", "erp_name",
)  # fmt: skip
INSERTED = (
    "id", "number_folded", "source_digest", "representative", "number", "name_folded", "state", "notes", *PLAIN,
)  # fmt: skip
ADDRESS_INSERTED = ("customer", "postcode_folded", *ADDRESS_NAMES)
BILLING = {"kind": Address.Kind.BILLING.value, "label": "", "is_default": False}
Values = dict[str, Any]
BLANK: Values = {
    **{column.name: "" for column in CUSTOMER_COLUMNS},
    "kind": Customer.Kind.BUSINESS.value,
    "discount": 0,
}
_rest = itemgetter("notes", *PLAIN)
_place = itemgetter(*ADDRESS_NAMES)
_where = itemgetter("street", "postcode", "town", "country")


# What becomes of a row if its customer is new, all that can be made before the tables are asked: the last of INSERTED,
# those of ADDRESS_INSERTED or nothing, words of the search, keys of the matcher.
Ready = tuple[tuple[Any, ...], tuple[Any, ...], str, str]


@importer
class CustomerImporter:
    """Takes customers; a row is recognised by its number, unchanged by its digest."""

    kind = "customers"
    label = _("Customers")
    position = 1
    permission = IMPORT_CUSTOMERS
    columns: tuple[Column, ...] = CUSTOMER_COLUMNS
    key_columns = ("number",)

    def __init__(self) -> None:
        self.shared_domains = frozenset(company().shared_domains)

    def key_of(self, *values: str) -> str:
        return folded_number(values[0])

    def known(self, keys: list[str]) -> dict[str, str]:
        select = "SELECT number_folded, source_digest FROM customers_customer WHERE"
        return dict(select_among(select, "number_folded", keys))

    def prepare(self, values: Values) -> Ready:
        full = BLANK | values
        ((_id, keys),) = make_entries([_record(full)], self.shared_domains)
        return _columns(full), _address(full), _words(full), keys

    def write(self, batch: Batch) -> None:
        known = self.known([row.key for row in batch.rows])
        present = {row.number_folded: row for row in Customer.objects.filter(number_folded__in=known)}
        writer = _Writer(batch, present)
        new = [row for row in batch.rows if row.key not in present and writer.is_new_allowed(row)]
        writer.insert(new)
        for row in batch.rows:
            if row.key in present:
                writer.change(row, present[row.key])
        writer.finish()

    def export(self) -> Iterator[list[str]]:
        return exported_customers(self.columns)

    def finish(self, run: Import) -> None:
        if run.new or run.changed:
            tend()


class _Writer:
    """One chunk on its way into the tables."""

    def __init__(self, batch: Batch, present: dict[str, Customer]) -> None:
        self.batch = batch
        self.now: datetime = now()
        self.owners = owners_of_addresses(row.values.get("email", "") for row in batch.rows)
        self.externals = owners_of_external_ids(row.values.get("external_id", "") for row in batch.rows)
        self.representatives = self._representatives()
        self.groups: list[tuple[int, list[str]]] = []
        self.changed: list[int] = []

    def is_new_allowed(self, row: PreparedRow) -> bool:
        if not row.values.get("email") and row.values.get("status") == Customer.Status.ACTIVE:
            self.batch.refuse(row, "status: Active needs an e-mail address; take Admin for customers without")
            return False
        return self._is_free(row, own=None)

    def insert(self, rows: list[PreparedRow]) -> None:
        """Insert new customers, with all that hangs on them."""
        keys = allocate_keys(Customer, len(rows)) if rows else []
        made: list[tuple[int, PreparedRow, Ready]] = [
            (key, row, row.extra) for key, row in zip(keys, rows, strict=True)
        ]
        customers = [
            (key, row.key, row.digest, self._representative(row), *columns)
            for key, row, (columns, *_others) in made
        ]
        insert_rows(Customer, INSERTED, customers, same=self._same_for_all())
        addresses = [(key, *address) for key, _row, (_columns, address, *_others) in made if address]
        insert_rows(Address, ADDRESS_INSERTED, addresses, same=BILLING)
        insert_entries([(key, hashed) for key, _row, (*_others, hashed) in made])
        file_new_customers((key, words) for key, _row, (_columns, _address, words, *_others) in made)
        self.groups += [(key, row.values["groups"]) for key, row, _ready in made if row.values.get("groups")]
        self.batch.new += len(rows)

    def _same_for_all(self) -> dict[str, Any]:
        at = dict.fromkeys(("state_changed_at", "created_at", "updated_at"), self.now)
        origin, wish = Customer.Origin.IMPORT.value, Customer.ErpWish.LATER.value
        return {"origin": origin, "import_id": self.batch.run.pk, "erp_wish": wish, **at}

    def change(self, row: PreparedRow, customer: Customer) -> None:
        if customer.source_digest == row.digest:
            return
        if customer.merged_into_id:
            self.batch.refuse(row, "number: this customer was merged into another")
            return
        email = row.values.get("email", customer.email)
        if customer.state == Customer.Status.ACTIVE and not email:
            self.batch.refuse(row, "email: an Active customer keeps its e-mail address")
            return
        if not self._is_free(row, own=customer.pk):
            return
        for name in PLAIN:
            if name in row.values:
                setattr(customer, name, row.values[name])
        if "representative" in row.values:
            customer.representative_id = self._representative(row)
        customer.source_digest, customer.updated_at = row.digest, self.now
        customer.import_id = self.batch.run.pk
        customer.save()
        if _has_address(row.values):
            fields = {name: row.values[name] for name in ADDRESS_NAMES if name in row.values}
            Address.objects.update_or_create(customer=customer, kind=Address.Kind.BILLING, defaults=fields)
        if "groups" in row.values:
            customer.groups.clear()
            self.groups.append((customer.pk, row.values["groups"]))
        self.changed.append(customer.pk)
        self.batch.changed += 1

    def finish(self) -> None:
        self._write_groups()
        if self.changed:
            reindex(self.changed)

    def _is_free(self, row: PreparedRow, *, own: int | None) -> bool:
        """Claim the row's e-mail address and external id, or refuse the row."""
        for name, owners in (("email", self.owners), ("external_id", self.externals)):
            value = row.values.get(name, "")
            if value and owners.setdefault(value, own or -row.line) not in (own, -row.line):
                self.batch.refuse(row, f"{name}: {value} stands at another customer")
                return False
        if row.values.get("representative") and self._representative(row) is None:
            self.batch.refuse(row, f"representative: {row.values['representative']} is no one of staff")
            return False
        return True

    def _representative(self, row: PreparedRow) -> int | None:
        if not self.representatives:
            return None
        return self.representatives.get(row.values.get("representative", "").casefold())

    def _representatives(self) -> dict[str, int]:
        names = {row.values.get("representative", "").casefold() for row in self.batch.rows} - {""}
        if not names:
            return {}
        found: dict[str, int] = {}
        for column in ("username", "email"):
            people = User.objects.filter(is_staff=True).annotate(lower=Lower(column)).filter(lower__in=names)
            found |= dict(people.values_list("lower", "pk"))
        return found

    def _write_groups(self) -> None:
        names = {name for _key, words in self.groups for name in words}
        if not names:
            return
        CustomerGroup.objects.bulk_create([CustomerGroup(name=name) for name in names], ignore_conflicts=True)
        groups = dict(CustomerGroup.objects.filter(name__in=names).values_list("name", "pk"))
        through = Customer.groups.through
        through.objects.bulk_create(
            [
                through(customer_id=key, customergroup_id=groups[name])
                for key, words in self.groups
                for name in dict.fromkeys(words)
            ]
        )


def _columns(values: Values) -> tuple[Any, ...]:
    state = values["status"] or Customer.Status.NEW.value
    return (values["number"], fold(values["name"])[:240], state, *_rest(values))


def _address(values: Values) -> tuple[Any, ...]:
    address = _place(values)
    return (fold_number(values["postcode"]), *address) if any(address) else ()


def _words(values: Values) -> str:
    numbers = (folded_number(values["number"]), fold_number(values["erp_number"]))
    places = ((fold_number(values["postcode"]), values["town"]),)
    found = words_of_customer(name=values["name"], email=values["email"], numbers=numbers, places=places)
    return " ".join(cut(found))


def _record(values: Values) -> Record:
    street, postcode, town, country = _where(values)
    email, phone = values["email"], values["phone"]
    has_place = street or postcode or town or country
    return Record(
        names=(values["name"],),
        emails=(email,) if email else (),
        phones=(phone,) if phone else (),
        tax_number=values["tax_number"],
        website=values["website"],
        places=(Place(street, postcode, town, country),) if has_place else (),
    )


def _has_address(values: Values) -> bool:
    return any(values.get(name) for name in ADDRESS_NAMES)
