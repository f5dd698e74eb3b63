"""`claimdesk demo`: fills an empty database with the demo world."""

from datetime import datetime

import click

from claimdesk.config.commands.wrong_use import WrongUse
from claimdesk.config.demo.people import DOMAIN
from claimdesk.config.demo.world import NotEmpty, Size, make_world
from claimdesk.config.demo_sign_ins import DEMO_PASSWORD
from claimdesk.kernel.clock import today


@click.command()
@click.option(
    "--customers", default=Size.customers, show_default=True, type=click.IntRange(50), help="How many."
)
@click.option(
    "--claims", default=Size.account_claims, show_default=True, type=click.IntRange(0), help="How many."
)
@click.option("--orders", default=Size.orders, show_default=True, type=click.IntRange(0), help="How many.")
@click.option(
    "--reclamations", default=Size.reclamations, show_default=True, type=click.IntRange(0), help="How many."
)
@click.option("--seed", default=1, show_default=True, help="Another number gives another world.")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="The day on which the world ends (today).")
def demo(
    customers: int, claims: int, orders: int, reclamations: int, seed: int, as_of: datetime | None
) -> None:
    """Fill an empty database with the demo world. The same seed and day give the same world."""
    day = as_of.date() if as_of else today()
    try:
        make_world(
            Size(customers, claims, orders, reclamations),
            seed=seed,
            as_of=day,
            say=lambda text: click.echo(f"  {text}"),
        )
    except NotEmpty as error:
        raise WrongUse("This database is not empty; the demo world wants one of its own.") from error
    click.echo(f"Sign in as admin@{DOMAIN} (and others, see the README) with the password {DEMO_PASSWORD}.")
