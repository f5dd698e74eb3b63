"""E-mails about what leaves the house: goods and invoices."""

from django.utils.translation import gettext_lazy as _

from claimdesk.company.system_emails.declaring import CUSTOMER, SELLER, DeclaredEmail, Placeholder, link
from claimdesk.company.system_emails.texts.orders import GROUP, OF_ORDER, ORDER

INVOICE_ISSUED = DeclaredEmail(
    key="invoice_issued",
    group=GROUP,
    title=_("Invoice issued"),
    description=_("Goes out when an invoice is written here, with the way to its PDF."),
    recipient=_("the customer's e-mail address"),
    subject=_("Invoice {invoice} from {seller}"),
    text=_(
        "Hello,\n\n"
        "here is invoice {invoice} for {customer}.\n\n"
        "Total: {total}\n"
        "Open: {open}\n"
        "Due: {due_on}\n"
        "Order: {order}\n\n"
        "{link}\n\n"
        "{seller}"
    ),
    button=_("Show the invoice"),
    placeholders=(
        CUSTOMER,
        Placeholder("invoice", _("the invoice's number"), "INV-10042"),
        Placeholder("total", _("what the invoice comes to"), "€119.00"),
        Placeholder("open", _("what is still to be paid"), "€119.00"),
        Placeholder("due_on", _("until when it is to be paid"), "2030-01-31"),
        ORDER,
        link(_("shows the invoice"), sample="https://desk.example.com/invoices/10042/"),
        *SELLER,
    ),
)

ORDER_SHIPPED = DeclaredEmail(
    key="order_shipped",
    group=GROUP,
    title=_("Order shipped"),
    description=_("Goes out when something of an order was shipped, with the carrier's tracking number."),
    recipient=_("the person who placed the order, else the customer's e-mail address"),
    subject=_("Your order {order} is on its way"),
    text=_(
        "Hello,\n\n"
        "of your order {order} for {customer} this is on its way:\n\n"
        "{lines}\n\n"
        "Carrier: {carrier}\n"
        "Tracking number: {tracking_number}\n"
        "Follow it: {tracking}\n\n"
        "{link}\n\n"
        "{seller}"
    ),
    button=_("Show the order"),
    placeholders=(
        CUSTOMER,
        ORDER,
        Placeholder("lines", _("what was shipped"), "3 × Claw hammer\n2 × Wood glue"),
        Placeholder("carrier", _("the carrier, or nothing"), "DHL"),
        Placeholder("tracking_number", _("the tracking number, or nothing"), "JD0146000"),
        Placeholder(
            "tracking",
            _("where the carrier shows the consignment, or nothing"),
            "https://carrier.example/JD0146000",
        ),
        OF_ORDER,
        *SELLER,
    ),
    notice="order_news",
)

DECLARED = (INVOICE_ISSUED, ORDER_SHIPPED)
