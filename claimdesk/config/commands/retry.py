"""`claimdesk retry`: has what was given up tried again."""

import click

from claimdesk.kernel.actor import SYSTEM
from claimdesk.kernel.refused import Refused
from claimdesk.ledger.actions.given_up import retry_work
from claimdesk.ledger.queries.work import given_up


@click.command()
@click.option("--list", "only_list", is_flag=True, help="Only say what was given up, and why.")
def retry(only_list: bool) -> None:
    """Have work that was given up tried again, once its cause is put right."""
    by = SYSTEM.through("command line")
    retried = 0
    for row in given_up(by):
        click.echo(f"{row}: {row.outcome}")
        if only_list:
            continue
        try:
            retry_work(row, by=by)
            retried += 1
        except Refused as refusal:
            click.echo(f"  left as it is: {refusal.message}")
    if not only_list:
        click.echo(f"{retried} pieces of work are due again.")
