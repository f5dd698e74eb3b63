"""Labour from other people's files: operations and their dated times, and rates by the hour (W5).

A row with a number is an operation; one without is a rate: a customer's, a price group's, or everybody's.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from claimdesk.company.queries.company import company
from claimdesk.customers.imports.looking_up import customers_by_number, folded_number
from claimdesk.kernel.differences import set_differences
from claimdesk.kernel.money import to_decimal
from claimdesk.ledger.imports import Batch, Column, PreparedRow, RowRefused, importer
from claimdesk.ledger.models import Import
from claimdesk.warranty.imports.parts import folded
from claimdesk.warranty.imports.rate_columns import LABOUR_COLUMNS, amount_of
from claimdesk.warranty.models import LabourRate, Operation, OperationTime
from claimdesk.warranty.permissions import EDIT_POLICIES

CHUNK = 2_000
RateKey = tuple[int | None, str, str, date]


@importer
class LabourImporter:
    """Takes operations, recognised by number and day, and rates, recognised by whose they are, currency and day."""

    kind = "labour"
    label = _("Labour")
    position = 21
    permission = EDIT_POLICIES
    columns: tuple[Column, ...] = LABOUR_COLUMNS
    key_columns = ("number", "customer", "price_group", "currency", "from_on")

    def __init__(self) -> None:
        self.currency = company().currency

    def key_of(self, *values: str) -> str:
        number, customer, group, currency, day = (value.strip() for value in values)
        if number:
            return f"o\x1f{folded(number)}\x1f{day[:10]}"
        owner = folded_number(customer) if customer else ""
        return f"r\x1f{owner}\x1f{group}\x1f{currency.upper() or self.currency}\x1f{day[:10]}"

    def known(self, keys: list[str]) -> dict[str, str]:
        """None by digest: what a row changes is told by looking at what is on file."""
        return {}

    def prepare(self, values: dict[str, Any]) -> tuple[str, int | None]:
        """Return the currency and the rate in minor units."""
        currency = values.get("currency") or self.currency
        rate = amount_of(values, "rate", currency)
        if values.get("number"):
            if rate is not None:
                raise RowRefused("rate: stands in a row without a number, for rates are of no operation")
            if values.get("minutes") is not None and values.get("from_on") is None:
                raise RowRefused("from_on: a time says from when it holds")
            return currency, None
        if rate is None or values.get("from_on") is None:
            raise RowRefused("rate: a row without a number tells a rate and from when it holds")
        if values.get("customer") and values.get("price_group"):
            raise RowRefused("price_group: a rate is a customer's or a group's, not both")
        return currency, rate

    def write(self, batch: Batch) -> None:
        _Writer(batch).write()

    def finish(self, run: Import) -> None:
        """Nothing is left to do."""

    def export(self) -> Iterator[list[str]]:
        for operation in Operation.objects.order_by("pk").prefetch_related("times").iterator(CHUNK):
            begin, withdrawn = [operation.number, operation.name], "no" if operation.is_active else "yes"
            times = sorted(operation.times.all(), key=lambda time: time.from_on)
            for time in times:
                yield [*begin, str(time.minutes), "", "", "", "", time.from_on.isoformat(), withdrawn]
            if not times:
                yield [*begin, "", "", "", "", "", "", withdrawn]
        for rate in LabourRate.objects.order_by("pk").select_related("customer").iterator(CHUNK):
            owner, amount = (
                rate.customer.number if rate.customer else "",
                to_decimal(rate.amount, rate.currency),
            )
            day = rate.from_on.isoformat()
            yield ["", "", "", owner, rate.price_group, str(amount), rate.currency, day, "no"]


class _Writer:
    """One chunk on its way into the tables."""

    def __init__(self, batch: Batch) -> None:
        self.batch = batch
        numbers = {folded(row.values["number"]) for row in batch.rows if row.values.get("number")}
        rows = Operation.objects.filter(number_folded__in=numbers)
        self.operations = {row.number_folded: row for row in rows}
        times = OperationTime.objects.filter(operation__in=self.operations.values())
        self.times = {(time.operation_id, time.from_on): time for time in times}
        self.customers = customers_by_number(
            folded_number(row.values["customer"]) for row in batch.rows if row.values.get("customer")
        )
        days = {row.values["from_on"] for row in batch.rows if not row.values.get("number")}
        rates = LabourRate.objects.filter(from_on__in=days)
        self.rates: dict[RateKey, LabourRate] = {
            (rate.customer_id, rate.price_group, rate.currency, rate.from_on): rate for rate in rates
        }

    def write(self) -> None:
        for row in self.batch.rows:
            try:
                outcome = self._operation(row) if row.values.get("number") else self._rate(row)
            except RowRefused as refusal:
                self.batch.refuse(row, str(refusal))
                continue
            setattr(self.batch, outcome, getattr(self.batch, outcome) + 1)

    def _operation(self, row: PreparedRow) -> str:
        values, number = row.values, folded(row.values["number"])
        if not number:
            raise RowRefused("number: has neither letter nor digit")
        fields: dict[str, Any] = {"name": values["name"]} if values.get("name") else {}
        if "withdrawn" in values:
            fields["is_active"] = not values["withdrawn"]
        operation = self.operations.get(number)
        is_new = operation is None
        if operation is None:
            if not fields.get("name"):
                raise RowRefused("name: a new operation has one")
            operation = self.operations[number] = Operation(number=values["number"])
        _before, after = set_differences(operation, fields)
        if after:
            operation.import_id = self.batch.run.pk
            operation.save()
        timed = self._time(operation, values)
        return "new" if is_new or timed == "new" else "changed" if after or timed == "changed" else "same"

    def _time(self, operation: Operation, values: dict[str, Any]) -> str:
        minutes = values.get("minutes")
        if minutes is None:
            return "same"
        key = (operation.pk, values["from_on"])
        time = self.times.get(key)
        if time is not None and time.minutes == minutes:
            return "same"
        is_new = time is None
        time = self.times[key] = time or OperationTime(operation=operation, from_on=values["from_on"])
        time.minutes = minutes
        time.save()
        return "new" if is_new else "changed"

    def _rate(self, row: PreparedRow) -> str:
        values, customer = row.values, None
        if values.get("customer"):
            customer = self.customers.get(folded_number(values["customer"]))
            if customer is None:
                raise RowRefused(f"customer: there is no customer {values['customer']}")
        currency, amount = row.extra
        group, day = values.get("price_group", ""), values["from_on"]
        rate = self.rates.get((customer, group, currency, day))
        if rate is not None and rate.amount == amount:
            return "same"
        is_new = rate is None
        rate = rate or LabourRate(customer_id=customer, price_group=group, currency=currency, from_on=day)
        rate.amount = amount
        rate.save()
        self.rates[(customer, group, currency, day)] = rate
        return "new" if is_new else "changed"
