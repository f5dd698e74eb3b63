"""The filters of units that office and portal share."""

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy

from claimdesk.company.queries.company import company
from claimdesk.kernel.clock import today
from claimdesk.warranty.models import Unit
from claimdesk.warranty.queries.units import by_cover, of_product


class UnitFilters(django_filters.FilterSet):
    """By product, registration, state and warranty."""

    product = django_filters.CharFilter(label=gettext_lazy("Product number"), method="with_product")
    registered = django_filters.ChoiceFilter(
        label=gettext_lazy("Registration"),
        choices=[("yes", gettext_lazy("Registered")), ("no", gettext_lazy("Not registered"))],
        empty_label=gettext_lazy("All"),
        method="being_registered",
    )
    state = django_filters.ChoiceFilter(
        label=gettext_lazy("State"), choices=Unit.State.choices, empty_label=gettext_lazy("All")
    )
    cover = django_filters.ChoiceFilter(
        label=gettext_lazy("Warranty"),
        choices=[
            ("runs", gettext_lazy("Runs")),
            ("ended", gettext_lazy("Ended")),
            ("none", gettext_lazy("Without")),
        ],
        empty_label=gettext_lazy("All"),
        method="with_cover",
    )

    def with_product(self, rows: QuerySet[Unit], _name: str, value: str) -> QuerySet[Unit]:
        return of_product(rows, value)

    def being_registered(self, rows: QuerySet[Unit], _name: str, value: str) -> QuerySet[Unit]:
        return rows.filter(is_registered=value == "yes")

    def with_cover(self, rows: QuerySet[Unit], _name: str, value: str) -> QuerySet[Unit]:
        return by_cover(rows, value, on=today(company().time_zone))
