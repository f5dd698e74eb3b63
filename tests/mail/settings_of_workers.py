"""Settings of worker processes under test: their own mail server, and short leases."""

from claimdesk.config.settings_test import *  # noqa: F403

LEDGER_LEASE_SECONDS = 5
