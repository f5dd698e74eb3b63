"""Import: bring a file, map its columns, look, take it (A75)."""

from pathlib import Path
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from claimdesk.catalog.permissions import IMPORT_CATALOG
from claimdesk.customers.permissions import IMPORT_CUSTOMERS
from claimdesk.customers.queries.import_preview import likely_on_file
from claimdesk.kernel.tables import Mapping, MappingError, Table, Unusable, open_table
from claimdesk.ledger.actions.imports import bring_import, map_import, start_import
from claimdesk.ledger.imports import Importer, importer_of
from claimdesk.ledger.imports.storing import local_copy
from claimdesk.ledger.models import Import
from claimdesk.ledger.queries.imports import allowed_kinds, imports, job_of, preview
from claimdesk.orders.permissions import IMPORT_INVOICES, IMPORT_ORDERS
from claimdesk.warranty.permissions import EDIT_POLICIES, IMPORT_UNITS
from claimdesk.web.answers import done, invalid
from claimdesk.web.form_fields import field_of
from claimdesk.web.gates import office_page
from claimdesk.web.requests import PageRequest
from claimdesk.web.sent_forms import SentForm

SHOWN = 50
IMPORTING = (
    IMPORT_CUSTOMERS,
    IMPORT_CATALOG,
    IMPORT_ORDERS,
    IMPORT_INVOICES,
    IMPORT_UNITS,
    EDIT_POLICIES,
)


class BringForm(forms.Form):
    """A file and what its rows are."""

    kind = forms.ChoiceField(label=gettext_lazy("The rows are"), choices=[])
    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy(
            "CSV of any size, or Excel with up to 200,000 rows; the first line names the columns."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx,.xls,.ods"}),
    )
    mapping = forms.FileField(
        label=gettext_lazy("Mapping file"),
        help_text=gettext_lazy("If you have one (TOML); else the columns are mapped on the next page."),
        required=False,
    )

    def __init__(self, *args: Any, kinds: list[type[Importer]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field_of(self, "kind", forms.ChoiceField).choices = [(kind.kind, kind.label) for kind in kinds]


class MappingForm(SentForm):
    """For each of our columns, which of theirs it is, or what always stands there."""

    def __init__(self, data: Any, *, importer: Importer, table: Table, mapping: Mapping) -> None:
        super().__init__(data)
        self.importer, self.mapping = importer, mapping
        theirs = [("", "–"), *((name, name) for name in table.header if name)]
        for column in importer.columns:
            source = forms.ChoiceField(
                choices=theirs, required=False, initial=mapping.columns.get(column.name, "")
            )
            source.widget.attrs["aria-label"] = _("Their column for %(name)s") % {"name": column.label}
            constant = forms.CharField(required=False, initial=mapping.constants.get(column.name, ""))
            constant.widget.attrs["aria-label"] = _("Where empty, %(name)s is") % {"name": column.label}
            self.fields[f"from_{column.name}"], self.fields[f"else_{column.name}"] = source, constant

    def lines(self) -> list[dict[str, Any]]:
        """Return a line of the table for each of our columns."""
        return [
            {
                "column": column,
                "source": self[f"from_{column.name}"],
                "constant": self[f"else_{column.name}"],
                "lookups": len(self.mapping.lookups.get(column.name, {})),
            }
            for column in self.importer.columns
        ]

    def as_data(self) -> dict[str, Any]:
        """Return the mapping as a mapping file says it; lookups and skips stay as they were."""
        chosen = {name: value for name, value in self.cleaned_data.items() if value}
        kept = self.mapping.as_data()
        return kept | {
            "columns": {name[5:]: value for name, value in chosen.items() if name.startswith("from_")},
            "constants": {name[5:]: value for name, value in chosen.items() if name.startswith("else_")},
        }


def run_url(run: Import) -> str:
    return reverse("office:import_run", args=[run.pk])


def _run(request: PageRequest, pk: int) -> Import:
    return get_object_or_404(imports(request.actor), pk=pk)


@office_page(*IMPORTING)
def import_page(request: PageRequest) -> HttpResponse:
    kinds = allowed_kinds(request.actor)
    if not kinds:
        raise PermissionDenied(_("Who sees only the customers he or she represents cannot import."))
    form = BringForm(request.POST or None, request.FILES or None, kinds=kinds)
    labels = {kind.kind: kind.label for kind in kinds}
    runs = [(run, labels.get(run.kind, run.kind)) for run in imports(request.actor)[:SHOWN]]
    context = {"title": _("Import"), "form": form, "runs": runs, "kinds": kinds}
    if request.method != "POST":
        return render(request, "office/imports/list.html", context)
    if not form.is_valid():
        return invalid(request, "office/imports/list.html", context)
    file, mapping = form.cleaned_data["file"], form.cleaned_data["mapping"]
    try:
        chosen = Mapping.from_text(mapping.read(200_000)).as_data() if mapping else None
        run = bring_import(form.cleaned_data["kind"], file, mapping=chosen, by=request.actor)
    except (Unusable, MappingError) as error:
        form.add_error("file" if isinstance(error, Unusable) else "mapping", str(error))
        return invalid(request, "office/imports/list.html", context)
    return done(request, run_url(run))


@office_page(*IMPORTING)
@require_GET
def import_run(request: PageRequest, pk: int) -> HttpResponse:
    run = _run(request, pk)
    context: dict[str, Any] = {
        "title": run.file_name,
        "run": run,
        "job": job_of(run),
    }
    if run.state != Import.State.RUNNING and run.file and default_storage.exists(run.file):
        importer = importer_of(run.kind)
        with local_copy(run.file) as file:
            context |= _look(request, run, importer, open_table(file))
    template = "office/imports/_run.html" if request.GET.get("part") else "office/imports/run.html"
    return render(request, template, context)


def _look(request: PageRequest, run: Import, importer: Importer, table: Table) -> dict[str, Any]:
    """Return the mapping form and the first rows as they would be taken."""
    mapping = Mapping.from_data(run.mapping)
    form = MappingForm(None, importer=importer, table=table, mapping=mapping)
    try:
        rows = preview(importer, table, mapping)
    except MappingError as error:
        return {"form": form, "mapping_error": str(error)}
    names = [column for column in importer.columns if any(column.name in row.values for row in rows)]
    shown: list[dict[str, Any]] = [
        {"row": row, "cells": [row.values.get(c.name, "") for c in names]} for row in rows
    ]
    if run.kind == "customers":
        for line in shown:
            line["alike"] = likely_on_file(request.actor, line["row"])
    return {"form": form, "names": names, "rows": shown}


@office_page(*IMPORTING)
@require_POST
def import_mapping(request: PageRequest, pk: int) -> HttpResponse:
    run = _run(request, pk)
    with local_copy(run.file) as file:
        table = open_table(file)
        mapping = Mapping.from_data(run.mapping)
        form = MappingForm(request.POST, importer=importer_of(run.kind), table=table, mapping=mapping)
        context = {"title": run.file_name, "run": run, "form": form}
        if not form.is_valid():
            return invalid(request, "office/imports/run.html", context)
    try:
        map_import(run, form.as_data(), by=request.actor)
    except MappingError as error:
        return invalid(request, "office/imports/run.html", context | {"mapping_error": str(error)})
    return done(request, run_url(run), _("Columns mapped. Below is what would be taken."))


@office_page(*IMPORTING)
@require_POST
def import_start(request: PageRequest, pk: int) -> HttpResponse:
    run = _run(request, pk)
    start_import(run, is_dry_run="dry_run" in request.POST, by=request.actor)
    return done(request, run_url(run))


@office_page(*IMPORTING)
@require_GET
def import_rejects(request: PageRequest, pk: int) -> FileResponse:
    run = _run(request, pk)
    if not run.rejects or not default_storage.exists(run.rejects):
        raise Http404
    name = f"{Path(run.file_name).stem}-refused.csv"
    return FileResponse(
        default_storage.open(run.rejects), as_attachment=True, filename=name, content_type="text/csv"
    )


urls = [
    path("import/", import_page, name="import"),
    path("import/<int:pk>/", import_run, name="import_run"),
    path("import/<int:pk>/mapping/", import_mapping, name="import_mapping"),
    path("import/<int:pk>/start/", import_start, name="import_start"),
    path("import/<int:pk>/refused/", import_rejects, name="import_rejects"),
]
