"""Months added to days."""

from calendar import monthrange
from datetime import date

LAST_YEAR = date.max.year


def add_months(day: date, months: int) -> date:
    """Return the day of the same number so many months later; the last day of a month leads to a last day.

    So 15 January and a month are 15 February, 31 January and a month are 28 (29) February, and a year from
    28 February 2023 is 29 February 2024. What lies past the end of the calendar is its last day.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    month += 1
    if year > LAST_YEAR:
        return date.max
    last = _last_of(year, month)
    is_last = day.day == _last_of(day.year, day.month)
    return date(year, month, last if is_last else min(day.day, last))


def _last_of(year: int, month: int) -> int:
    return monthrange(year, month)[1]
