"""Settings › Order process: the diagram, the matrix, versions, and a new one (O10, O11, O14)."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from claimdesk.kernel.actor import SYSTEM
from claimdesk.office.settings.process_forms import ProcessForm
from claimdesk.orders.actions.processes import activate_process, active_process_or_default, save_process
from claimdesk.orders.models import OrderProcess
from claimdesk.orders.permissions import EDIT_PROCESS
from claimdesk.orders.process import library
from claimdesk.orders.process.diagram import draw
from claimdesk.orders.process.problems import NotAProcess, Problem
from claimdesk.orders.queries.matrix import MOST, Standing, matrix
from claimdesk.orders.queries.processes import active_process, process_of, touched_by, versions
from claimdesk.web.addresses import page_address
from claimdesk.web.answers import done, invalid
from claimdesk.web.gates import office_page
from claimdesk.web.numbers import whole_number
from claimdesk.web.requests import PageRequest

MOST_VERSIONS = 50
EDIT = "office/settings/process/edit.html"


@office_page(EDIT_PROCESS)
@require_GET
def settings_process(request: PageRequest) -> HttpResponse:
    """Show the process that new orders follow, where all items stand, and the versions."""
    active = active_process_or_default(by=SYSTEM)
    standings = matrix(request.actor)
    context = {
        "title": _("Order process"),
        "active": active,
        "picture": _picture(active, standings),
        "standings": standings,
        "orders_url": page_address("office:orders"),
        "most": MOST,
        "versions": versions(request.actor)[:MOST_VERSIONS],
        "examples": library.names(),
    }
    return render(request, "office/settings/process/page.html", context)


@office_page(EDIT_PROCESS)
@require_GET
def settings_process_version(request: PageRequest, pk: int) -> HttpResponse:
    """Show a version, and which items on their way it would touch."""
    stored = get_object_or_404(versions(request.actor), pk=pk)
    active = active_process()
    context = {
        "title": _version_title(stored),
        "stored": stored,
        "is_active": active is not None and active.pk == stored.pk,
        "picture": _picture(stored),
        "touched": touched_by(stored),
    }
    return render(request, "office/settings/process/version.html", context)


@office_page(EDIT_PROCESS)
def settings_process_new(request: PageRequest) -> HttpResponse:
    """Write a new version, beginning with a version (`from`) or an example (`example`); it is not switched on."""
    form = ProcessForm(request.POST or None, request.FILES or None, initial={"text": _beginning(request)})
    context: dict[str, Any] = {
        "title": _("New version of the order process"),
        "form": form,
        "examples": library.names(),
    }
    if request.method != "POST":
        return render(request, EDIT, context)
    if not form.is_valid():
        return invalid(request, EDIT, context)
    text = form.cleaned_data["text"]
    try:
        stored = save_process(text, by=request.actor)
    except NotAProcess as error:
        fresh = ProcessForm(initial={"text": text})
        return invalid(request, EDIT, context | {"form": fresh, "faults": _faults(text, error.problems)})
    to = reverse("office:settings_process_version", args=[stored.pk])
    return done(request, to, _("Saved. It holds once you switch it on."))


@office_page(EDIT_PROCESS)
@require_POST
def settings_process_activation(request: PageRequest, pk: int) -> HttpResponse:
    """Switch a version on for the orders to come."""
    stored = activate_process(get_object_or_404(versions(request.actor), pk=pk), by=request.actor)
    message = _("Orders that are placed from now on follow %s.") % _version_title(stored)
    return done(request, reverse("office:settings_process"), message)


@office_page(EDIT_PROCESS)
@require_GET
def settings_process_file(request: PageRequest, pk: int) -> HttpResponse:
    """Hand out the file of a version."""
    stored = get_object_or_404(versions(request.actor), pk=pk)
    return _file(stored, "toml", stored.text, "application/toml")


@office_page(EDIT_PROCESS)
@require_GET
def settings_process_diagram(request: PageRequest, pk: int) -> HttpResponse:
    """Hand out the diagram of a version."""
    stored = get_object_or_404(versions(request.actor), pk=pk)
    return _file(stored, "svg", _picture(stored), "image/svg+xml")


def _picture(stored: OrderProcess, standings: list[Standing] | None = None) -> SafeString:
    """The diagram; `draw` escapes all that a seller wrote."""
    counts = None
    if standings is not None:
        counts = {each.state: f"{MOST}+" if each.is_capped else str(each.count) for each in standings}
    return mark_safe(draw(process_of(stored), language=get_language() or "en", counts=counts))


def _version_title(stored: OrderProcess) -> str:
    return _("%(name)s, version %(version)s") % {"name": stored.name, "version": stored.version}


def _beginning(request: PageRequest) -> str:
    """Return the text that a new version begins with: a version's, an example's, else the active one's."""
    if example := request.GET.get("example"):
        if example not in library.names():
            raise Http404
        return library.text_of(example)
    if pk := whole_number(request.GET.get("from")):
        return get_object_or_404(versions(request.actor), pk=pk).text
    return active_process_or_default(by=SYSTEM).text


def _faults(text: str, problems: list[Problem]) -> list[dict[str, Any]]:
    lines = text.splitlines()
    return [
        {
            "line": problem.line,
            "message": problem.message,
            "code": lines[problem.line - 1].strip() if 0 < problem.line <= len(lines) else "",
        }
        for problem in problems
    ]


def _file(stored: OrderProcess, ending: str, content: str, content_type: str) -> HttpResponse:
    name = f"{slugify(stored.name) or 'process'}-{stored.version}.{ending}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=f"{content_type}; charset=utf-8", headers=headers)


urls = [
    path("settings/process/", settings_process, name="settings_process"),
    path("settings/process/new/", settings_process_new, name="settings_process_new"),
    path("settings/process/<int:pk>/", settings_process_version, name="settings_process_version"),
    path(
        "settings/process/<int:pk>/activation/",
        settings_process_activation,
        name="settings_process_activation",
    ),
    path("settings/process/<int:pk>/file/", settings_process_file, name="settings_process_file"),
    path("settings/process/<int:pk>/diagram/", settings_process_diagram, name="settings_process_diagram"),
]
