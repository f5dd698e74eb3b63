"""`claimdesk worker`: does the work that is due, on as many machines as one likes."""

import os
import sys

import click

from claimdesk.config.timers import start_daily_timers
from claimdesk.ledger.courier.worker import run_worker


@click.command()
@click.option("--ends-with-parent", is_flag=True, hidden=True)
def worker(ends_with_parent: bool) -> None:
    """Do the work that is due: mails, timers, jobs."""
    start_daily_timers()
    code = run_worker(ends_with_parent=ends_with_parent)
    sys.stdout.flush()
    sys.stderr.flush()
    # What is still in hand must not hold the process up; its lease runs out.
    os._exit(code)
