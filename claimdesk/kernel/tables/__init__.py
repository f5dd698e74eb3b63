"""Rows of other people's files: CSV and Excel read, their columns mapped to ours.

No tables of the database and no business words live here.
"""

from claimdesk.kernel.tables.guarding import guarded, unguarded
from claimdesk.kernel.tables.mapping import Mapping, MappingError, suggest
from claimdesk.kernel.tables.reading import Table, Unusable, open_table
from claimdesk.kernel.tables.writing import write_table

__all__ = [
    "Mapping",
    "MappingError",
    "Table",
    "Unusable",
    "guarded",
    "open_table",
    "suggest",
    "unguarded",
    "write_table",
]
