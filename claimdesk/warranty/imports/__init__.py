"""Importers of units (U8), and of parts and labour with the days from which they hold (W5)."""

from claimdesk.warranty.imports.labour import LabourImporter
from claimdesk.warranty.imports.parts import PartImporter
from claimdesk.warranty.imports.units import UnitImporter

__all__ = ["LabourImporter", "PartImporter", "UnitImporter"]
