"""`claimdesk init`: from nothing to a house that one can sign in to."""

import os

import click
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.core.validators import validate_email

from claimdesk.company.actions.writing import write_default_company
from claimdesk.config.database_state import pending_migrations
from claimdesk.kernel.actor import SYSTEM
from claimdesk.kernel.text import fold_email, tidy
from claimdesk.people.actions.administrators import create_administrator
from claimdesk.people.actions.writing import write_built_in_roles
from claimdesk.people.models import User
from claimdesk.people.queries.administrators import administrators


@click.command()
@click.option("--email", required=True, help="E-mail address of the first administrator.")
@click.option("--name", required=True, help="Full name of the first administrator.")
def init(email: str, name: str) -> None:
    """Bring the database up to date and make the first administrator; safe to repeat.

    The password is asked for, or taken from CLAIMDESK_PASSWORD.
    """
    email, name = fold_email(email), tidy(name)
    _check_person(email, name)
    pending = pending_migrations()
    if pending:
        call_command("migrate", interactive=False, verbosity=0)
    click.echo(
        f"Database: {len(pending)} migrations applied." if pending else "Database: up to date already."
    )
    write_built_in_roles()
    if write_default_company():
        click.echo("Company: made with the defaults; change them in the office, Settings > Company.")
    _make_administrator(email, name)
    click.echo("Next: claimdesk check, then claimdesk serve.")


def _check_person(email: str, name: str) -> None:
    try:
        validate_email(email)
    except ValidationError as error:
        raise click.BadParameter(f"{email!r} is no e-mail address", param_hint="--email") from error
    if not name:
        raise click.BadParameter("give a name", param_hint="--name")


def _make_administrator(email: str, name: str) -> None:
    if administrators().filter(email=email).exists():
        click.echo(f"Administrator: {email} is one already; nothing changed, the password neither.")
        return
    if User.objects.filter(email=email).exists():
        raise click.UsageError(
            f"{email} belongs to a user who is no administrator. Give another address, or have an administrator "
            "change that person's roles in the office, Settings > Staff."
        )
    password = _password(User(email=email, name=name))
    user = create_administrator(email=email, name=name, password=password, by=SYSTEM.through("command line"))
    click.echo(f"Administrator: made {user.name}; sign in as {user.email} or {user.username}.")


def _password(user: User) -> str:
    password = os.environ.get("CLAIMDESK_PASSWORD")
    if password is None:
        password = click.prompt("Password of the administrator", hide_input=True, confirmation_prompt=True)
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise click.UsageError("This password will not do: " + " ".join(error.messages)) from error
    return password
