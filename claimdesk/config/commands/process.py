"""`claimdesk process`: look at the file of an order process before it is used."""

from pathlib import Path

import click
from django.conf import settings
from django.utils.translation import override

from claimdesk.config.commands.wrong_use import WrongUse
from claimdesk.orders.process.definition import Process
from claimdesk.orders.process.diagram import draw
from claimdesk.orders.process.problems import NotAProcess, Problem
from claimdesk.orders.process.reading import read_process
from claimdesk.orders.process.validation import problems_of

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group()
def process() -> None:
    """Check or draw an order process."""


@process.command()
@click.argument("file", type=FILE)
def check(file: Path) -> None:
    """Say what is wrong with the order process in FILE, line by line; exit 1 if anything is."""
    try:
        found = problems_of(_read(file))
    except NotAProcess as error:
        found = error.problems
    if found:
        _complain(file, found)
    click.echo(f"{file}: a sound order process")


@process.command()
@click.argument("file", type=FILE)
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), help="Where to write; else the terminal."
)
@click.option("--language", default="en", show_default=True, help="Of states and events.")
def diagram(file: Path, out: Path | None, language: str) -> None:
    """Draw the order process in FILE as SVG."""
    if language not in dict(settings.LANGUAGES):
        raise WrongUse(
            f"There is no language {language}. Take one of: {', '.join(dict(settings.LANGUAGES))}."
        )
    try:
        read = _read(file)
    except NotAProcess as error:
        _complain(file, error.problems)
    found = problems_of(read)
    if found:
        _complain(file, found)
    with override(language):
        picture = draw(read, language=language)
    if out:
        out.write_text(picture, encoding="utf-8")
    else:
        click.echo(picture, nl=False)


def _read(file: Path) -> Process:
    try:
        text = file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise WrongUse(f"{file} is no text in UTF-8. Save it as UTF-8.") from None
    return read_process(text)


def _complain(file: Path, problems: list[Problem]) -> None:
    for problem in problems:
        click.echo(f"{file}:{problem.line}: {problem.message}", err=True)
    raise SystemExit(1)
