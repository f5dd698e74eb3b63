"""Importers of orders, their lines, shipments, invoices and payments (O21).

What comes from an ERP is history: it is written in bulk, and stands where the ERP says it stands.
"""

from claimdesk.orders.imports.invoices import InvoiceImporter
from claimdesk.orders.imports.order_lines import OrderLineImporter
from claimdesk.orders.imports.orders import OrderImporter
from claimdesk.orders.imports.payments import PaymentImporter
from claimdesk.orders.imports.shipments import ShipmentImporter

__all__ = ["InvoiceImporter", "OrderImporter", "OrderLineImporter", "PaymentImporter", "ShipmentImporter"]
