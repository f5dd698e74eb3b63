"""How many reclamations were opened for which cause, month by month (R1)."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count
from django.db.models.functions import TruncMonth
from django.utils import timezone

from claimdesk.aftersales.models import ReclamationCause
from claimdesk.aftersales.queries.causes import causes
from claimdesk.aftersales.queries.reclamations import reclamations
from claimdesk.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class CauseOverTime:
    """A cause with how many reclamations were opened for it in each month, the earliest first."""

    cause: ReclamationCause
    counts: list[int]

    @property
    def total(self) -> int:
        return sum(self.counts)


def months_between(first: date, last: date) -> list[date]:
    """Return the first days of the months that the days from `first` to `last` lie in."""
    found = [first.replace(day=1)]
    while (following := (found[-1] + timedelta(days=32)).replace(day=1)) <= last:
        found.append(following)
    return found


def causes_over_time(actor: Actor, first: date, last: date) -> list[CauseOverTime]:
    """Return the causes that reclamations of these days have, the most frequent first. Two questions in all."""
    begins = timezone.make_aware(datetime.combine(first, time.min))
    ends = timezone.make_aware(datetime.combine(last + timedelta(days=1), time.min))
    rows = reclamations(actor).filter(opened_at__gte=begins, opened_at__lt=ends).order_by()
    counted: dict[int, dict[date, int]] = defaultdict(dict)
    monthly = rows.annotate(month=TruncMonth("opened_at")).values_list("cause_id", "month")
    for cause_id, month, count in monthly.annotate(count=Count("pk")):
        counted[cause_id][timezone.localtime(month).date()] = count
    months = months_between(first, last)
    found = [
        CauseOverTime(cause, [counted[cause.pk].get(month, 0) for month in months])
        for cause in causes()
        if cause.pk in counted
    ]
    return sorted(found, key=lambda each: -each.total)
