"""Units from other people's files (U8): what cannot be is refused with its reason, what is known stays."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from claimdesk.catalog.models import Product
from claimdesk.company.queries.company import company
from claimdesk.customers.imports.looking_up import customers_by_number, folded_number
from claimdesk.customers.models import Address, Customer
from claimdesk.kernel.clock import now, today
from claimdesk.kernel.text import fold
from claimdesk.ledger.imports import Batch, Column, PreparedRow, RowRefused, importer
from claimdesk.ledger.imports.bulk import select_among
from claimdesk.ledger.models import Import
from claimdesk.warranty.actions.writing import write_cover, write_custody
from claimdesk.warranty.coverage import cover_ends_on, coverages
from claimdesk.warranty.imports.columns import UNIT_COLUMNS
from claimdesk.warranty.models import Custody, Unit
from claimdesk.warranty.permissions import IMPORT_UNITS
from claimdesk.warranty.queries.coverage import facts_of_unreplaced, policies_for
from claimdesk.warranty.serials import fold_serial

Values = dict[str, Any]
DAYS = ("manufactured_on", "shipped_on", "invoiced_on")
PLAIN = ("serial", "external_id", *DAYS)
BATCH, CHUNK = 500, 2_000


@importer
class UnitImporter:
    """Takes units; a row is recognised by its serial number, in whichever spelling."""

    kind = "units"
    label = _("Units")
    position = 15
    permission = IMPORT_UNITS
    columns: tuple[Column, ...] = UNIT_COLUMNS
    key_columns = ("serial",)

    def key_of(self, *values: str) -> str:
        return fold_serial(values[0])

    def known(self, keys: list[str]) -> dict[str, str]:
        select = "SELECT serial_folded, source_digest FROM warranty_unit WHERE"
        return dict(select_among(select, "serial_folded", keys))

    def prepare(self, values: Values) -> None:
        if not fold_serial(values["serial"]):
            raise RowRefused("serial: has letters or digits")
        made = values.get("manufactured_on")
        for name in ("shipped_on", "invoiced_on"):
            if made and values.get(name) and values[name] < made:
                raise RowRefused(f"{name}: is before it was made")

    def write(self, batch: Batch) -> None:
        _Writer(batch).write()

    def export(self) -> Iterator[list[str]]:
        rows = Unit.objects.order_by("pk").values_list(
            "serial", "product__number", "dealer__number", "region", *DAYS, "external_id"
        )
        for row in rows.iterator(CHUNK):
            yield [_cell(value) for value in row]

    def finish(self, run: Import) -> None:
        """Nothing is left to do."""


class _Writer:
    """One chunk on its way into the tables."""

    def __init__(self, batch: Batch) -> None:
        self.batch = batch
        self.today = today(company().time_zone)
        values = [row.values for row in batch.rows]
        numbers = {fold(each["product"])[:120] for each in values}
        found = Product.objects.filter(number_folded__in=numbers).select_related("category__parent__parent")
        self.products = {product.number_folded: product for product in found}
        self.dealers = customers_by_number(
            folded_number(each["dealer"]) for each in values if each.get("dealer")
        )
        self.customers = Customer.objects.in_bulk(set(self.dealers.values()))
        billing = Address.objects.filter(customer_id__in=self.customers, kind=Address.Kind.BILLING)
        self.countries = dict(billing.values_list("customer_id", "country"))
        present = Unit.objects.filter(serial_folded__in=[row.key for row in batch.rows])
        self.present = {unit.serial_folded: unit for unit in present.select_related("dealer")}
        ids = {each.get("external_id", "") for each in values} - {""}
        self.owners = dict(
            Unit.objects.filter(external_id__in=ids).values_list("external_id", "serial_folded")
        )

    def write(self) -> None:
        new: list[Unit] = []
        changed: list[Unit] = []
        handed: list[Unit] = []
        for row in self.batch.rows:
            unit = self.present.get(row.key)
            if unit is not None and unit.source_digest == row.digest:
                self.batch.same += 1
                continue
            try:
                target = unit or Unit()
                before = target.dealer_id
                self._fill(target, row)
            except RowRefused as refusal:
                self.batch.refuse(row, str(refusal))
                continue
            (changed if unit else new).append(target)
            if unit and target.dealer_id != before:
                handed.append(target)
        self._insert(new)
        for unit in changed:
            unit.save()
        for unit in handed:
            _hand_over(unit, self.today)
        if changed:
            write_cover([unit.pk for unit in changed])
        self.batch.new += len(new)
        self.batch.changed += len(changed)

    def _fill(self, unit: Unit, row: PreparedRow) -> None:
        """Write what the row says. Raises RowRefused, and leaves the unit as it was, for what cannot be."""
        values = row.values
        product, dealer = self._product(values), self._dealer(unit, values)
        self._refuse_days(unit, values)
        external = values.get("external_id", "")
        if external and self.owners.setdefault(external, row.key) != row.key:
            raise RowRefused(f"external_id: {external} stands at another unit")
        unit.product = product
        if dealer is not None:
            unit.dealer = dealer
        for name in PLAIN:
            if name in values:
                setattr(unit, name, values[name])
        own = self.countries.get(unit.dealer_id or 0, "")
        unit.region = values.get("region") or unit.region or own
        unit.source_digest, unit.import_id, unit.updated_at = row.digest, self.batch.run.pk, now()
        unit.fold()

    def _product(self, values: Values) -> Product:
        product = self.products.get(fold(values["product"])[:120])
        if product is None:
            raise RowRefused(f"product: there is no product {values['product']}")
        return product

    def _dealer(self, unit: Unit, values: Values) -> Customer | None:
        """Return the dealer that the row names; one that a unit has already it keeps (U8)."""
        number = values.get("dealer", "")
        if not number:
            return None
        dealer = self.customers.get(self.dealers.get(folded_number(number), 0))
        if dealer is None:
            raise RowRefused(f"dealer: there is no customer {number}")
        if unit.dealer is not None and unit.dealer_id != dealer.pk:
            raise RowRefused(f"dealer: the unit is assigned to {unit.dealer.number} already")
        if unit.pk and unit.dealer_id is None and unit.state == Unit.State.INACTIVE:
            raise RowRefused("dealer: the unit is inactive")
        return dealer

    def _refuse_days(self, unit: Unit, values: Values) -> None:
        days = {name: values.get(name, getattr(unit, name)) for name in DAYS}
        made = days["manufactured_on"]
        if made is None:
            return
        if made > self.today:
            raise RowRefused("manufactured_on: has not come yet")
        if any(day and day < made for day in (days["shipped_on"], days["invoiced_on"], unit.delivered_on)):
            raise RowRefused("manufactured_on: is after it was shipped, invoiced or delivered")

    def _insert(self, new: list[Unit]) -> None:
        """Insert units with their custody and the end of their cover."""
        facts = [facts_of_unreplaced(unit) for unit in new]
        policies = policies_for(facts)
        for unit, fact in zip(new, facts, strict=True):
            unit.cover_ends_on = cover_ends_on(coverages(fact, policies))
        Unit.objects.bulk_create(new, batch_size=BATCH)
        Custody.objects.bulk_create([self._first_custody(unit) for unit in new], batch_size=BATCH)

    def _first_custody(self, unit: Unit) -> Custody:
        since = unit.shipped_on or unit.manufactured_on or self.today
        role = Custody.Role.DEALER if unit.dealer else Custody.Role.FACTORY
        name = unit.dealer.name if unit.dealer else ""
        return Custody(unit=unit, role=role, customer=unit.dealer, holder_name=name, from_on=since)


def _hand_over(unit: Unit, on: date) -> None:
    """Note that a unit without dealer came to one; who is its owner already stays so."""
    held = Custody.objects.filter(unit=unit, until_on=None, role=Custody.Role.OWNER)
    if unit.dealer is not None and not held.exists():
        write_custody(
            unit, role=Custody.Role.DEALER, customer=unit.dealer, holder_name=unit.dealer.name, on=on
        )


def _cell(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value or "")
