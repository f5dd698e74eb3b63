"""How the house is: for load balancers, container managers and Prometheus."""

import ipaddress

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import path
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from claimdesk.config.database_state import pending_migrations
from claimdesk.config.metrics import metrics_text
from claimdesk.ledger.queries.work import backlogs, workers_alive
from claimdesk.web.gates import public_page

FORWARDING = ("HTTP_FORWARDED", "HTTP_VIA", "HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_HOST", "HTTP_X_REAL_IP")
LATE_AFTER_SECONDS = 300


@public_page
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """Say that this process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


@public_page
@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """Say whether this process can serve pages: 503 if the database is away or lacks migrations.

    A worker that is not seen or late is told but takes no web process out of service: pages work without it.
    """
    try:
        pending = pending_migrations()
        state = {"database": "ok", "migrations": f"{len(pending)} pending" if pending else "ok"}
        if not pending:
            state |= _work_state()
    except DatabaseError:
        connection.close()
        state, pending = {"database": "unreachable"}, []
    is_ready = state["database"] == "ok" and not pending
    return JsonResponse({"ready": is_ready, **state}, status=200 if is_ready else 503)


@public_page
@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """Answer Prometheus, if it asks from this machine itself or knows the token; else there is no such page."""
    if not _may_read_metrics(request):
        raise Http404
    return HttpResponse(metrics_text(), content_type=CONTENT_TYPE_LATEST)


def _work_state() -> dict[str, str]:
    age = max(backlog.age_seconds for backlog in backlogs().values())
    return {
        "worker": "ok" if workers_alive() else "not seen",
        "queue": "ok" if age < LATE_AFTER_SECONDS else f"{age:.0f} s late",
    }


def _may_read_metrics(request: HttpRequest) -> bool:
    token = settings.CONFIGURATION.metrics_token
    if token:
        return constant_time_compare(request.headers.get("Authorization", ""), f"Bearer {token}")
    # A proxy on this machine makes everybody look local, but says for whom it asks.
    if any(name in request.META for name in FORWARDING):
        return False
    try:
        return ipaddress.ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False


urls = [
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("metrics", metrics, name="metrics"),
]
