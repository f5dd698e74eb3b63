"""Importer of invoices as proofs for verification (A20)."""

from claimdesk.access.imports.invoices import InvoiceImporter

__all__ = ["InvoiceImporter"]
