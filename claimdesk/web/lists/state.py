"""What one request asks of a list page, read from its address."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import QueryDict
from django_filters import FilterSet

from claimdesk.kernel.text import tidy
from claimdesk.web.lists.page import Column, ListPage
from claimdesk.web.lists.paging import Order
from claimdesk.web.requests import PageRequest

OF_THE_PAGE = ("after", "before", "format")
LONGEST_SEARCH = 200


@dataclass(frozen=True)
class State:
    """A request's search, filters, sort and columns for a list page."""

    request: PageRequest
    page: ListPage
    parameters: QueryDict

    @classmethod
    def of(cls, request: PageRequest, page: ListPage, query: str | None = None) -> "State":
        """Read the state from the address, or from `query` where a form carries it along."""
        return cls(request, page, request.GET if query is None else QueryDict(query))

    @cached_property
    def search(self) -> str:
        return tidy(self.parameters.get("q", ""))[:LONGEST_SEARCH] if self.page.search else ""

    @cached_property
    def filterset(self) -> FilterSet | None:
        if self.page.filters is None:
            return None
        filterset = self.page.filters(self.parameters, queryset=self.scoped, request=self.request)
        filterset.form.auto_id = "filter_%s"  # a form in a dialog above the list has fields of the same name
        return filterset

    @cached_property
    def scoped(self) -> QuerySet[Any]:
        return self.page.rows(self.request.actor)

    @cached_property
    def filtered(self) -> QuerySet[Any]:
        return self.filterset.qs if self.filterset is not None else self.scoped

    @cached_property
    def filters_in_use(self) -> list[str]:
        """Return the names of the filters that narrow the rows."""
        if self.filterset is None:
            return []
        self.filterset.form.is_valid()
        values = self.filterset.form.cleaned_data
        return [
            name
            for name in self.filterset.filters
            if values.get(name) not in (None, "", [], ())
            and not (hasattr(values[name], "exists") and name not in self.parameters)
        ]

    @property
    def is_narrowed(self) -> bool:
        return bool(self.search or self.filters_in_use)

    @cached_property
    def asked_sort(self) -> str:
        """Return the sort that the address names, if the page has it."""
        word = self.parameters.get("sort", "")
        column = self.page.column(word.removeprefix("-"))
        return word if column is not None and column.sort else ""

    @cached_property
    def sort(self) -> str:
        return self.asked_sort or self.page.sort

    @cached_property
    def order(self) -> Order:
        name = self.sort.removeprefix("-")
        column = self.page.column(name)
        path = column.sort if column is not None and column.sort else name
        return Order(path, descending=self.sort.startswith("-"))

    @cached_property
    def named_columns(self) -> set[str]:
        """Return the columns that the address names, as far as the page has them."""
        words = ",".join(self.parameters.getlist("columns")).split(",")
        return {column.name for column in self.page.columns if column.name in words}

    @property
    def asked_columns(self) -> str:
        """Return the columns that the address names, as one word for it."""
        return ",".join(column.name for column in self.columns) if self.named_columns else ""

    @cached_property
    def columns(self) -> list[Column]:
        """Return the columns that are asked for, in the page's order; the heading always stays."""
        if not self.named_columns:
            return [column for column in self.page.columns if column.shown]
        return [column for column in self.page.columns if column.name in self.named_columns or column.heading]

    def query(self, **changes: str | None) -> str:
        """Return the address's query with `changes`; None drops a parameter, and so does any change the place."""
        parameters = self.parameters.copy()
        for name in OF_THE_PAGE:
            parameters.pop(name, None)
        for name, value in changes.items():
            parameters.pop(name, None)
            if value:
                parameters[name] = value
        for name in [name for name in parameters if not any(parameters.getlist(name))]:
            del parameters[name]
        return parameters.urlencode(safe=",")

    def others(self, *names: str) -> list[tuple[str, str]]:
        """Return the parameters but `names` and the place, for a form that goes on with them."""
        left_out = {*names, *OF_THE_PAGE}
        return [
            (name, value)
            for name, values in self.parameters.lists()
            for value in values
            if value and name not in left_out
        ]

    @property
    def kept(self) -> list[tuple[str, str]]:
        """Return the parameters that choose the list itself."""
        return [(name, str(self.parameters[name])) for name in self.page.kept if self.parameters.get(name)]

    @property
    def url_of_the_list(self) -> str:
        """Return the address of the list without search and filters."""
        return f"{self.request.path}?{urlencode(self.kept)}" if self.kept else self.request.path

    def url(self, **changes: str | None) -> str:
        """Return this page's address with `changes`."""
        query = self.query(**changes)
        return f"{self.request.path}?{query}" if query else self.request.path
