"""Where customers are filed under their hashed keys; written in the customer's own transaction.

The customers' actions and importers come in through `writing`, `candidates` reads. One module a database.
"""

from types import ModuleType

from django.db import connection

from claimdesk.customers.matching.index import postgresql, sqlite


def here() -> ModuleType:
    """Return the module of the database in use."""
    return postgresql if connection.vendor == "postgresql" else sqlite
