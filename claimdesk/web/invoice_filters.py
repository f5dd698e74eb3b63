"""The filters of invoices that office and portal share."""

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from claimdesk.orders.models import Invoice
from claimdesk.orders.queries.invoices import in_standing
from claimdesk.web.words import STANDINGS


class InvoiceFilters(django_filters.FilterSet):
    """By status and days."""

    standing = django_filters.ChoiceFilter(
        method="that_stand", choices=list(STANDINGS.items()), label=_("Status"), empty_label=_("All")
    )
    issued_from = django_filters.DateFilter(field_name="issued_on", lookup_expr="gte", label=_("From day"))
    issued_until = django_filters.DateFilter(field_name="issued_on", lookup_expr="lte", label=_("Until day"))

    def that_stand(self, rows: QuerySet[Invoice], name: str, value: str) -> QuerySet[Invoice]:
        return in_standing(rows, value)
