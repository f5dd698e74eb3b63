"""The engine of imports: rows of a file become rows of a table, some thousand a transaction.

Each domain registers an Importer for what it holds; the engine knows files, digests, chunks, progress and rejects.
"""

from claimdesk.ledger.imports.importer import Batch, Column, Importer, PreparedRow, RowRefused
from claimdesk.ledger.imports.registry import importer, importer_of, kinds
from claimdesk.ledger.imports.run import ImportResult, run_import
from claimdesk.ledger.imports.taking import suggested_mapping, take_table

__all__ = [
    "Batch",
    "Column",
    "ImportResult",
    "Importer",
    "PreparedRow",
    "RowRefused",
    "importer",
    "importer_of",
    "kinds",
    "run_import",
    "suggested_mapping",
    "take_table",
]
