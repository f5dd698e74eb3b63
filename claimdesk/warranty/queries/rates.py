"""What parts and labour count on a day (W5)."""

from collections.abc import Collection
from datetime import date
from typing import NamedTuple, TypeVar

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from claimdesk.customers.models import Customer
from claimdesk.customers.search.prefix import beginning_with
from claimdesk.kernel.text import fold, fold_number
from claimdesk.warranty.models import LabourRate, Operation, OperationTime, Part, PartPrice

MOST_FOUND = 20
Row = TypeVar("Row", Part, Operation)


class PartOffer(NamedTuple):
    """A part and what it counts apiece on the day, in minor units; None where no price holds."""

    id: int
    number: str
    name: str
    amount: int | None


class OperationOffer(NamedTuple):
    """An operation and the minutes it may take on the day; None where no time holds."""

    id: int
    number: str
    name: str
    minutes: int | None


def numbers_of(texts: Collection[str]) -> dict[str, str]:
    """Return numbers as typed by their folded keys."""
    return {fold_number(text) or fold(text): text for text in texts if text.strip()}


def part_offers(numbers: Collection[str], *, on: date, currency: str) -> dict[str, PartOffer]:
    """Return the parts with these numbers by their folded keys, in one statement."""
    rows = _priced_parts(on, currency).filter(number_folded__in=numbers_of(numbers))
    return {row[0]: PartOffer(*row[1:]) for row in rows.values_list("number_folded", *_PART)}


def operation_offers(numbers: Collection[str], *, on: date) -> dict[str, OperationOffer]:
    """Return the operations with these numbers by their folded keys, in one statement."""
    rows = _timed_operations(on).filter(number_folded__in=numbers_of(numbers))
    return {row[0]: OperationOffer(*row[1:]) for row in rows.values_list("number_folded", *_OPERATION)}


def find_parts(text: str, *, on: date, currency: str) -> list[PartOffer]:
    """Return up to twenty parts whose number begins so or whose name has all the words, those of the number first."""
    rows = _priced_parts(on, currency)
    return [PartOffer(*row) for row in _found(rows, text).values_list(*_PART)[:MOST_FOUND]]


def find_operations(
    text: str, *, on: date, categories: Collection[int] | None = None
) -> list[OperationOffer]:
    """Return up to twenty operations, as `find_parts`; with `categories` those that are done on such products."""
    rows = _timed_operations(on)
    if categories is not None:
        rows = rows.filter(Q(category=None) | Q(category_id__in=categories))
    return [OperationOffer(*row) for row in _found(rows, text).values_list(*_OPERATION)[:MOST_FOUND]]


def labour_rate(customer: Customer, *, on: date, currency: str) -> int | None:
    """Return what an hour of the dealer's work counts on the day, in minor units: his own, his group's, everybody's."""
    meant = Q(customer=customer) | Q(customer=None, price_group="")
    if customer.price_group:
        meant |= Q(customer=None, price_group=customer.price_group)
    held = LabourRate.objects.filter(meant, currency=currency, from_on__lte=on)
    nearest = held.order_by(F("customer").asc(nulls_last=True), "-price_group", "-from_on")
    return nearest.values_list("amount", flat=True).first()


_PART = ("pk", "number", "name", "amount")
_OPERATION = ("pk", "number", "name", "minutes")


def _priced_parts(on: date, currency: str) -> QuerySet[Part]:
    held = PartPrice.objects.filter(part=OuterRef("pk"), currency=currency, from_on__lte=on)
    amount = Subquery(held.order_by("-from_on").values("amount")[:1])
    return Part.objects.filter(is_active=True).annotate(amount=amount)


def _timed_operations(on: date) -> QuerySet[Operation]:
    held = OperationTime.objects.filter(operation=OuterRef("pk"), from_on__lte=on)
    minutes = Subquery(held.order_by("-from_on").values("minutes")[:1])
    return Operation.objects.filter(is_active=True).annotate(minutes=minutes)


def _found(rows: QuerySet[Row], text: str) -> QuerySet[Row]:
    words = fold(text).split()
    if not words:
        return rows.none()
    named = Q()
    for word in words[:6]:
        named &= Q(name_folded__contains=word)
    number = fold_number(text)
    hit = beginning_with("number_folded", number) if number else named
    return rows.filter(hit | named).order_by("number_folded", "pk")
