"""`claimdesk manage …`: Django's own commands."""

import click
from django.core.management import execute_from_command_line


@click.command(
    context_settings={
        "ignore_unknown_options": True,
        "allow_interspersed_args": False,
        "help_option_names": [],
    }
)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def manage(arguments: tuple[str, ...]) -> None:
    """Django's own commands."""
    execute_from_command_line(["claimdesk manage", *arguments])
