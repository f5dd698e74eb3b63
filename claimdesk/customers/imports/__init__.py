"""Importers of customers, their addresses and their contacts."""

from claimdesk.customers.imports.addresses import AddressImporter
from claimdesk.customers.imports.contacts import ContactImporter
from claimdesk.customers.imports.customers import CustomerImporter

__all__ = ["AddressImporter", "ContactImporter", "CustomerImporter"]
