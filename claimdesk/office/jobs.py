"""Jobs: how far what somebody asked for has come, and the file that it made."""

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from claimdesk.ledger.models import Job
from claimdesk.ledger.queries.jobs import file_of, jobs, standing_of
from claimdesk.web.answers import is_part, unless_unchanged
from claimdesk.web.gates import office_page
from claimdesk.web.requests import PageRequest


def _job(request: PageRequest, pk: int) -> Job:
    return get_object_or_404(jobs(request.actor), pk=pk)


@office_page()
@require_GET
def job_page(request: PageRequest, pk: int) -> HttpResponse:
    job = _job(request, pk)
    context = {"title": _("Job"), "job": job, "standing": standing_of(job), "file": file_of(job)}
    if is_part(request) and request.GET.get("part"):
        return unless_unchanged(request, render(request, "office/jobs/_job.html", context))
    return render(request, "office/jobs/page.html", context)


@office_page()
@require_GET
def job_file(request: PageRequest, pk: int) -> HttpResponseBase:
    made = file_of(_job(request, pk))
    if made is None or not default_storage.exists(made[0]):
        raise Http404
    return FileResponse(default_storage.open(made[0]), as_attachment=True, filename=made[1])


urls = [
    path("jobs/<int:pk>/", job_page, name="job"),
    path("jobs/<int:pk>/file/", job_file, name="job_file"),
]
