"""The work that is due, who does it, and who may look at all of it."""

from collections.abc import Iterator

from claimdesk.company.queries.company import company
from claimdesk.config.checkup.finding import Finding, fail, ok, warn
from claimdesk.ledger.queries.work import backlogs, workers_alive
from claimdesk.people.queries.administrators import administrators

LATE_AFTER_SECONDS = 300


def work() -> Iterator[Finding]:
    """Administrator, worker, backlog, what was given up."""
    if administrators().exists():
        yield ok("administrator", "there is one")
    else:
        yield fail("administrator", "there is none", "Run: claimdesk init --email YOU@EXAMPLE.COM --name YOU")
    alive = workers_alive()
    if alive:
        yield ok("worker", f"{alive} at work")
    else:
        yield warn("worker", "none seen in the last minute", "Start claimdesk serve or claimdesk worker.")
    state = backlogs()
    age = max(backlog.age_seconds for backlog in state.values())
    due = sum(backlog.due for backlog in state.values())
    if age > LATE_AFTER_SECONDS:
        text = f"{due} pieces of work wait, the oldest for {age / 60:.0f} minutes"
        yield warn("backlog", text, "Start more workers, or read their log.")
    else:
        yield ok("backlog", f"{due} pieces of work are due")
    yield _given_up({name: backlog.given_up for name, backlog in state.items() if backlog.given_up})


def demo_world() -> Finding:
    """Whether everybody knows the passwords."""
    if company().is_demo:
        advice = "Never show this database to the world; start a new one with claimdesk init."
        return warn("demo", "this is the demo world: everybody knows its passwords", advice)
    return ok("demo", "no demo sign-ins")


def _given_up(counts: dict[str, int]) -> Finding:
    if not counts:
        return ok("given up", "nothing")
    text = ", ".join(f"{number} of kind {name}" for name, number in counts.items())
    return warn("given up", text, "Put right what is said on their timelines, then run: claimdesk retry")
