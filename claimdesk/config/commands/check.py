"""`claimdesk check`: looks at the set-up as a careful administrator would."""

import sys

import click

from claimdesk.config.checkup.finding import Finding
from claimdesk.config.checkup.look import findings

COLOURS = {"ok": "green", "warn": "yellow", "fail": "red"}


@click.command()
def check() -> None:
    """Look at database, mail, storage, clock, security and work, and say what to do. Exit 1 if something fails."""
    grades = []
    for finding in findings():
        show(finding)
        grades.append(finding.grade)
    failed, warned = grades.count("fail"), grades.count("warn")
    click.echo(f"{len(grades)} looked at: {failed} to put right, {warned} to look at.")
    sys.exit(1 if failed else 0)


def show(finding: Finding) -> None:
    """Print a finding, and under it what to do."""
    click.echo(
        f"{click.style(f'{finding.grade:4}', fg=COLOURS[finding.grade])}  {finding.subject}: {finding.text}"
    )
    if finding.advice:
        click.echo(f"      {finding.advice}")
