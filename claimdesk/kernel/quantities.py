"""Quantities: three decimals, kept as whole thousandths, so that sums and bounds are exact on either database.

SQLite counts decimals in floating point: there 0.1 + 0.2 is more than 0.3, and the last piece could not be sold.
"""

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models.expressions import Combinable, CombinedExpression, register_combinable_fields
from django.db.models.lookups import Exact, GreaterThan, GreaterThanOrEqual, LessThan, LessThanOrEqual

DECIMALS = 3
LARGEST = Decimal(999_999_999)
ONE_THOUSAND = 1000

if TYPE_CHECKING:
    _Field = models.Field[Decimal | int, Decimal]
else:
    _Field = models.Field


class QuantityField(_Field):
    """A quantity: a Decimal of at most three decimals here, whole thousandths in the database.

    Sums and differences of columns are quantities again. What is added in an expression is wrapped, as the database
    would take a bare number for thousandths: `F("held") + quantity_value(n)`. Writing or comparing one raises TypeError.
    """

    description = "Quantity"

    def get_internal_type(self) -> str:
        return "BigIntegerField"

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Decimal | None:
        return None if value is None else _from_thousandths(int(value))

    def to_python(self, value: Any) -> Decimal | None:
        return value if value is None or isinstance(value, Decimal) else Decimal(str(value))

    def get_prep_value(self, value: Any) -> Any:
        value = super().get_prep_value(value)
        return thousandths(value) if isinstance(value, (Decimal, int, str)) else value

    def get_placeholder(self, value: Any, _compiler: Any, _connection: Any) -> str:
        """Django asks this of every value and expression before it writes it."""
        refuse_bare_numbers(value)
        return "%s"

    def value_to_string(self, obj: models.Model) -> str:
        return str(self.value_from_object(obj))


def refuse_bare_numbers(term: Any) -> None:
    """Raise TypeError where an expression holds a number that is no quantity, or more than sums and differences."""
    if isinstance(term, models.Value):
        is_quantity = isinstance(getattr(term, "_output_field_or_none", None), QuantityField)
        if isinstance(term.value, (int, float, Decimal)) and not is_quantity:
            raise TypeError(
                f"the database would take {term.value!r} for thousandths: quantity_value() wraps it"
            )
        return
    if isinstance(term, CombinedExpression) and term.connector not in (Combinable.ADD, Combinable.SUB):
        raise TypeError(f"{term.connector} of thousandths is none: add and subtract quantities only")
    if isinstance(term, models.When):  # its condition is about other things
        refuse_bare_numbers(term.result)
    elif hasattr(term, "get_source_expressions"):
        for part in term.get_source_expressions():
            refuse_bare_numbers(part)


class _WithQuantity:
    """A comparison of a quantity: with another, or with an expression of quantities."""

    rhs: Any

    def get_prep_lookup(self) -> Any:
        refuse_bare_numbers(self.rhs)
        return super().get_prep_lookup()  # type: ignore[misc]


for _comparison in (Exact, GreaterThan, GreaterThanOrEqual, LessThan, LessThanOrEqual):
    QuantityField.register_lookup(type(_comparison.__name__, (_WithQuantity, _comparison), {}))

for _sign in (Combinable.ADD, Combinable.SUB):
    register_combinable_fields(QuantityField, _sign, QuantityField, QuantityField)


def quantity_value(quantity: Decimal | int) -> models.Value:
    """Return a quantity as a term of an expression over quantity columns."""
    return models.Value(quantity, output_field=QuantityField())


def thousandths(quantity: Decimal | int | str) -> int:
    """Return the quantity in whole thousandths.

    Raises: ValueError for more than three decimals.
    """
    exact = Decimal(quantity) * ONE_THOUSAND
    if exact != exact.to_integral_value():
        raise ValueError(f"{quantity} has more than {DECIMALS} decimals")
    return int(exact)


def parse_quantity(text: str) -> Decimal:
    """Return a quantity as people type it: `2`, `2.5`, `2,5`; it may be zero or negative, which rules decide.

    Raises: ValueError for what is no number, has more than three decimals, or is too large.
    """
    plain = text.strip().replace("\u00a0", "").replace(" ", "").replace("'", "")
    if plain.count(",") == 1 and "." not in plain:
        plain = plain.replace(",", ".")
    try:
        quantity = Decimal(plain)
    except InvalidOperation:
        raise ValueError(f"{text!r} is no quantity") from None
    if not quantity.is_finite() or abs(quantity) > LARGEST:
        raise ValueError(f"{text!r} is no quantity that can be ordered")
    return _from_thousandths(thousandths(quantity))


def shown_quantity(quantity: Decimal) -> str:
    """Return a quantity without idle zeros: 12, 2.5."""
    text = f"{quantity:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _from_thousandths(number: int) -> Decimal:
    whole, rest = divmod(number, ONE_THOUSAND)
    return Decimal(number).scaleb(-DECIMALS) if rest else Decimal(whole)
