"""The importer of units (U8)."""

from claimdesk.warranty.imports.units import UnitImporter

__all__ = ["UnitImporter"]
