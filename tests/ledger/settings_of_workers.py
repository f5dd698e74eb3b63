"""Settings of worker processes under test."""

from claimdesk.config.settings_test import *  # noqa: F403

LEDGER_REACTIONS = "tests.ledger.frame_of_workers.REACTIONS"
LEDGER_LEASE_SECONDS = 5
