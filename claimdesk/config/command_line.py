"""The command `claimdesk`: one file per subcommand in `config/commands/`, imported when it is used."""

import os
import sys
from importlib import import_module
from typing import Any

import click
import django
from django.db import DatabaseError

from claimdesk import __version__
from claimdesk.kernel.refused import Refused

# Name on the command line = module in claimdesk.config.commands and command in it.
COMMANDS: dict[str, str] = {
    "backup": "backup:backup",
    "check": "check:check",
    "demo": "demo:demo",
    "export": "export_file:export_file",
    "import": "import_file:import_file",
    "init": "init:init",
    "manage": "manage:manage",
    "match": "match:match",
    "process": "process:process",
    "restore": "backup:restore",
    "retry": "retry:retry",
    "serve": "serve:serve",
    "web": "serve:web",
    "worker": "worker:worker",
}


class LazyGroup(click.Group):
    """Imports a subcommand when it is asked for, with the house set up."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        django.setup()
        module, _, attribute = COMMANDS[cmd_name].partition(":")
        return getattr(import_module(f"claimdesk.config.commands.{module}"), attribute)


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--debug", is_flag=True, help="Show the traceback of an error.")
@click.version_option(__version__)
def claimdesk(debug: bool) -> None:
    """The account desk between a company that sells to businesses and its business customers."""


def main(arguments: list[str] | None = None) -> Any:
    """Run the command line. An error is one line on stderr that says what to do; exit 2 for wrong use."""
    os.umask(0o077)  # database, uploads and backups are for the account that runs the house alone
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "claimdesk.config.settings")
    arguments = sys.argv[1:] if arguments is None else arguments
    try:
        sys.exit(claimdesk.main(args=arguments, prog_name="claimdesk", standalone_mode=False) or 0)
    except click.Abort:
        _end("stopped", 130)
    except click.ClickException as error:
        asked = getattr(getattr(error, "ctx", None), "command_path", "")
        more = f" ({asked} --help says more)" if asked else ""
        _end(f"{error.format_message()}{more}", error.exit_code)
    except Exception as error:
        if "--debug" in arguments:
            raise
        _end(_words_for(error), 2)


def _words_for(error: Exception) -> str:
    if isinstance(error, Refused):
        return error.message
    if isinstance(error, DatabaseError):
        return f"the database answers: {error}. If it is new or of an earlier version: claimdesk init"
    return f"{error or type(error).__name__} (--debug shows where)"


def _end(words: str, exit_code: int) -> None:
    click.echo("claimdesk: " + " ".join(words.split()), err=True)
    sys.exit(exit_code)
