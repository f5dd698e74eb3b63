"""Views that take, send and remove files. Each asks anew who may see the subject (F3)."""

from collections.abc import Callable

from django.db import models
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from claimdesk.conversations.actions.files import remove_file
from claimdesk.conversations.files.attaching import attach
from claimdesk.conversations.files.kinds import KINDS
from claimdesk.conversations.files.storing import opened
from claimdesk.conversations.models import File
from claimdesk.conversations.queries.files import file_about
from claimdesk.conversations.queries.subjects import subject_row
from claimdesk.web.addresses import back
from claimdesk.web.answers import invalid, part
from claimdesk.web.files.fields import FilesForm
from claimdesk.web.files.panel import files_panel
from claimdesk.web.requests import PageRequest

View = Callable[..., HttpResponseBase]
SANDBOX = "default-src 'none'; sandbox; frame-ancestors 'none'"
_LIST = "web/files/_list.html"


@require_POST
def files(request: PageRequest) -> HttpResponse:
    """Attach the files that came to the subject that is named."""
    about = subject_row(request.POST.get("subject", ""), actor=request.actor)
    if about is None:
        raise Http404
    form = FilesForm(request.POST, request.FILES)
    if not form.is_valid():
        context = {
            "title": _("Files"),
            "form": form,
            "panel": files_panel(about, actor=request.actor, form=form),
        }
        return invalid(request, "web/files/errors.html", context)
    attached = attach(about, form.cleaned_data["upload"], by=request.actor)
    words = ngettext("%(n)d file attached.", "%(n)d files attached.", len(attached)) % {"n": len(attached)}
    return _list(request, about, words)


@require_safe
def file(request: PageRequest, pk: int) -> HttpResponseBase:
    """Send a file, to be kept and not to be shown."""
    found, _about = _file_or_404(request, pk)
    return _sent(found, found.kept_as, as_attachment=True, content_type=KINDS[found.mime].sent_as)


@require_safe
def file_picture(request: PageRequest, pk: int) -> HttpResponseBase:
    """Show a picture, which we drew ourselves."""
    found = _picture_or_404(request, pk)
    return _sent(found, found.kept_as, as_attachment=False, content_type=found.mime)


@require_safe
def file_thumbnail(request: PageRequest, pk: int) -> HttpResponseBase:
    """Show a picture in small."""
    found = _picture_or_404(request, pk)
    return _sent(found, found.thumbnail_kept_as, as_attachment=False, content_type="image/jpeg")


@require_POST
def file_removal(request: PageRequest, pk: int) -> HttpResponse:
    """Remove a file; that it was there stays in history."""
    found, about = _file_or_404(request, pk, is_ready=False)
    remove_file(found, about=about, by=request.actor)
    return _list(request, about, _("%(name)s is removed.") % {"name": found.name})


def urls_behind(gate: Callable[[View], View]) -> list[URLPattern]:
    """Return the addresses of files at a door, behind its gate."""
    return [
        path("files/", gate(files), name="files"),
        path("files/<int:pk>/", gate(file), name="file"),
        path("files/<int:pk>/picture/", gate(file_picture), name="file_picture"),
        path("files/<int:pk>/thumbnail/", gate(file_thumbnail), name="file_thumbnail"),
        path("files/<int:pk>/removal/", gate(file_removal), name="file_removal"),
    ]


def _file_or_404(request: PageRequest, pk: int, *, is_ready: bool = True) -> tuple[File, models.Model]:
    found = file_about(pk, actor=request.actor)
    if found is None or (is_ready and not found[0].is_ready):
        raise Http404
    return found


def _picture_or_404(request: PageRequest, pk: int) -> File:
    found, _about = _file_or_404(request, pk)
    if not found.is_picture:
        raise Http404
    return found


def _sent(found: File, kept_as: str, *, as_attachment: bool, content_type: str) -> HttpResponseBase:
    try:
        content = opened(kept_as)
    except FileNotFoundError as error:
        raise Http404 from error
    response = FileResponse(
        content, as_attachment=as_attachment, filename=found.name, content_type=content_type
    )
    response["Content-Security-Policy"] = SANDBOX
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "private, no-store"
    return response


def _list(request: PageRequest, about: models.Model, words: str) -> HttpResponse:
    panel = files_panel(about, actor=request.actor)
    return part(request, _LIST, {"panel": panel, "back": back(request)}, message=words, to=back(request))
