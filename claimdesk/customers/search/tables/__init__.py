"""Where the words of customers and contacts are kept; `search` alone comes in. One module a database."""

from types import ModuleType

from django.db import connection

from claimdesk.customers.search.tables import postgresql, sqlite

CUSTOMER, CONTACT = "customer", "contact"


def here() -> ModuleType:
    """Return the module of the database in use."""
    return postgresql if connection.vendor == "postgresql" else sqlite
