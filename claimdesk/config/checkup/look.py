"""The round of all that is looked at."""

from collections.abc import Iterator

from claimdesk.config.checkup import database, security, surroundings, work
from claimdesk.config.checkup.finding import Finding


def findings() -> Iterator[Finding]:
    """Look at everything; what needs the database only if it is there and up to date."""
    reachable = database.reachable()
    yield reachable
    if reachable.grade == "ok":
        migrations = database.migrations()
        yield migrations
        yield from database.durability()
        yield database.clock()
        if migrations.grade == "ok":
            yield from work.work()
            yield work.demo_world()
    yield surroundings.mail()
    yield surroundings.storage()
    yield surroundings.shared_cache()
    yield from surroundings.matching_words()
    yield from surroundings.files_in_backup()
    yield from surroundings.unused()
    yield from security.security()
