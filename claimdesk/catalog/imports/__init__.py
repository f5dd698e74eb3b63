"""Importers of products and of prices (O21)."""

from claimdesk.catalog.imports.prices import PriceImporter
from claimdesk.catalog.imports.products import ProductImporter

__all__ = ["PriceImporter", "ProductImporter"]
