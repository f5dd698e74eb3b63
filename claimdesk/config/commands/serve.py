"""`claimdesk serve` and `claimdesk web`: the web server with and without a worker beside it."""

import os
import sys

import click
from django.conf import settings
from django.db import connection

from claimdesk.config.database_state import require_ready_database
from claimdesk.config.demo_sign_ins import demo_sign_ins
from claimdesk.config.static_files import gather_static_files
from claimdesk.config.warm_up import warm_up
from claimdesk.config.web_server import cores, serve_pages
from claimdesk.config.worker_process import WorkerProcess

host = click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen at.")
port = click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
workers = click.option(
    "--workers",
    type=click.IntRange(1),
    default=None,
    help="Processes that answer; as many as cores by default.",
)


@click.command()
@host
@port
@workers
def serve(host: str, port: int, workers: int | None) -> None:
    """Serve pages and do the work that is due: all that one machine needs."""
    worker = WorkerProcess()
    try:
        _serve(host, port, workers, worker)
    finally:
        worker.stop()


@click.command()
@host
@port
@workers
def web(host: str, port: int, workers: int | None) -> None:
    """Serve pages alone; `claimdesk worker` does the work that is due, here or elsewhere."""
    _serve(host, port, workers, None)


def _serve(host: str, port: int, workers: int | None, worker: WorkerProcess | None) -> None:
    require_ready_database()
    _begin_again_if_settings_change(port)
    address = f"http://{f'[{host}]' if ':' in host else host}:{port}"

    sign_ins = demo_sign_ins()
    connection.close()

    def announce() -> None:
        click.echo(f"Claimdesk answers at {address}  (Ctrl-C stops it)")
        for line in sign_ins:
            click.echo(line)
        if worker:
            worker.start()

    warm_up()
    serve_pages(host, port, workers=workers or cores(), once_answering=announce)


def _begin_again_if_settings_change(port: int) -> None:
    """Gather static files and choose the base URL where that is not done; both are read once, at the start."""
    environment = dict(os.environ)
    if not settings.CONFIGURATION.is_base_url_given:
        environment["CLAIMDESK_BASE_URL"] = f"http://127.0.0.1:{port}"
    if settings.WHITENOISE_USE_FINDERS:
        gather_static_files()
    if settings.WHITENOISE_USE_FINDERS or environment != dict(os.environ):
        command = [sys.executable, "-m", "claimdesk", *sys.argv[1:]]
        os.execve(sys.executable, command, environment)  # noqa: S606 - ourselves again
