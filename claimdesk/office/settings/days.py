"""Filters by day that an index on the instant can follow."""

from datetime import datetime, time, timedelta
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils import timezone


class SinceDay(django_filters.DateFilter):
    """Rows from the beginning of a day on, in the reader's time zone."""

    def filter(self, qs: QuerySet[Any], value: Any) -> QuerySet[Any]:
        return qs.filter(**{f"{self.field_name}__gte": _midnight(value)}) if value else qs


class UntilDay(django_filters.DateFilter):
    """Rows up to the end of a day, in the reader's time zone."""

    def filter(self, qs: QuerySet[Any], value: Any) -> QuerySet[Any]:
        if not value:
            return qs
        return qs.filter(**{f"{self.field_name}__lt": _midnight(value + timedelta(days=1))})


def _midnight(day: Any) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
