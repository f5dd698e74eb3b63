"""What Prometheus is told, read from the database when it asks: the same from every process."""

from collections.abc import Iterable

from django.db.models import Count
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric

from claimdesk import __version__
from claimdesk.conversations.models import OutgoingMail
from claimdesk.ledger.queries.work import backlogs, workers_alive


def metrics_text() -> bytes:
    """Return the metrics in Prometheus' text format."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_House())
    return generate_latest(registry)


class _House:
    """Collects the figures."""

    def collect(self) -> Iterable[Metric]:
        """Give one family of figures after the other."""
        version = GaugeMetricFamily("claimdesk_info", "Version that answers.", labels=["version"])
        version.add_metric([__version__], 1)
        yield version
        yield GaugeMetricFamily("claimdesk_workers", "Workers seen lately.", value=workers_alive())
        yield from _work()
        mails = GaugeMetricFamily("claimdesk_mails", "Outgoing mails by state.", labels=["state"])
        counts = dict(OutgoingMail.objects.values_list("state").annotate(n=Count("pk")))
        for state in OutgoingMail.State.values:
            mails.add_metric([state], counts.get(state, 0))
        yield mails


def _work() -> Iterable[Metric]:
    due = GaugeMetricFamily("claimdesk_due", "Work that is due now, by kind.", labels=["kind"])
    oldest = GaugeMetricFamily(
        "claimdesk_oldest_due_age_seconds", "How long the oldest due work has been waiting.", labels=["kind"]
    )
    given_up = GaugeMetricFamily(
        "claimdesk_given_up", "Work given up after too many attempts.", labels=["kind"]
    )
    for kind, backlog in backlogs().items():
        due.add_metric([kind], backlog.due)
        oldest.add_metric([kind], backlog.age_seconds)
        given_up.add_metric([kind], backlog.given_up)
    return due, oldest, given_up
