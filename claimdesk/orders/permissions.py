"""What can be allowed in this room, and who has it by default."""

from django.utils.translation import gettext_lazy as _

from claimdesk.kernel.permissions import declare

# Staff
VIEW_ORDERS = declare("orders.view_orders", _("See orders"), staff=("sales", "service", "finance"))
ORDER_FOR_CUSTOMERS = declare("orders.order_for_customers", _("Order for customers"), staff=("sales",))
CHANGE_ORDERS = declare("orders.change_orders", _("Change and cancel orders"), staff=("sales",))
PLACE_REPLACEMENTS = declare("orders.place_replacements", _("Order replacements"), staff=("sales", "service"))
TRIGGER_ITEM_EVENTS = declare(
    "orders.trigger_item_events", _("Move items of orders on"), staff=("sales", "service", "finance")
)
EDIT_PROCESS = declare("orders.edit_process", _("Change the order process"), staff=("administrator",))
EDIT_SHIPMENTS = declare("orders.edit_shipments", _("Write shipments"), staff=("sales", "service"))
VIEW_INVOICES = declare(
    "orders.view_invoices", _("See invoices and payments"), staff=("sales", "service", "finance")
)
EDIT_INVOICES = declare("orders.edit_invoices", _("Write and void invoices"), staff=("finance",))
RECORD_PAYMENTS = declare("orders.record_payments", _("Record payments"), staff=("finance",))
REFUND = declare("orders.refund", _("Refund"), staff=("finance",))
IMPORT_ORDERS = declare("orders.import", _("Import orders and shipments"), staff=("sales",))
IMPORT_INVOICES = declare("orders.import_invoices", _("Import invoices and payments"), staff=("finance",))

# Customers' people; every member is a viewer
SEE_ORDERS = declare("orders.see_orders", _("See the account's orders"), customers=("viewer",))
SEE_INVOICES = declare(
    "orders.see_invoices", _("See the account's invoices and payments"), customers=("viewer",)
)
PLACE_ORDERS = declare(
    "orders.place_orders", _("Order, change and cancel orders"), customers=("buyer", "manager")
)
APPROVE_ORDERS = declare("orders.approve_orders", _("Approve orders of buyers"), customers=("manager",))
