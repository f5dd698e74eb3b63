"""E-mails about orders, to the customer's people."""

from django.utils.translation import gettext_lazy as _

from claimdesk.company.system_emails.declaring import (
    CUSTOMER,
    SELLER,
    USER,
    DeclaredEmail,
    Placeholder,
    link,
)

GROUP = _("Orders")
ORDER = Placeholder("order", _("the order's number"), "O-10042")
PO_NUMBER = Placeholder("po_number", _("the customer's own number of the order, or nothing"), "PO 4711")
LINES = Placeholder(
    "lines",
    _("the order's lines: number, name, quantity, amount"),
    "A-100 Claw hammer · 3 × €12.50 = €37.50\nB-200 Wood glue · 2 × €4.00 = €8.00",
)
TOTAL = Placeholder("total", _("what the order comes to"), "€54.15")
PLACED_BY = Placeholder("placed_by", _("who placed the order"), "Ben Huber")
OF_ORDER = link(_("shows the order"), sample="https://desk.example.com/orders/10042/")

ORDER_CONFIRMATION = DeclaredEmail(
    key="order_confirmation",
    group=GROUP,
    title=_("Order confirmation"),
    description=_("Confirms an order as soon as it counts: at once, or when a manager has approved it."),
    recipient=_("the person who placed the order, or for whom staff placed it"),
    subject=_("Your order {order}"),
    text=_(
        "Hello {user},\n\n"
        "thank you, we have your order {order} for {customer}.\n\n"
        "Your own number: {po_number}\n\n"
        "{lines}\n\n"
        "{sums}\n\n"
        "Ship to: {ship_to}\n"
        "Wished date: {wished_on}\n"
        "Note: {note}\n\n"
        "{link}\n\n"
        "{seller}"
    ),
    button=_("Show the order"),
    placeholders=(
        USER,
        CUSTOMER,
        ORDER,
        PO_NUMBER,
        LINES,
        Placeholder(
            "sums",
            _("what the order comes to, line by line"),
            "Subtotal: €45.50\nTax: €8.65\nTotal: €54.15",
        ),
        Placeholder("ship_to", _("where it goes, or nothing"), "Fischer Wood, Hafenstr. 12, 20457 Hamburg"),
        Placeholder("wished_on", _("the wished date, or nothing"), "2030-01-31"),
        Placeholder("note", _("the order's note, or nothing"), _("Please deliver before noon.")),
        OF_ORDER,
        *SELLER,
    ),
    notice="order_news",
)

ORDER_WAITS = DeclaredEmail(
    key="order_waits_for_approval",
    group=GROUP,
    title=_("An order waits for approval"),
    description=_("Asks a customer's managers to approve an order that is beyond its buyer's limit."),
    recipient=_("the account's managers"),
    subject=_("{placed_by} asks you to approve order {order}"),
    text=_(
        "Hello {user},\n\n"
        "{placed_by} placed an order for {customer} that needs your approval: {order}, {total}.\n\n"
        "Your own number: {po_number}\n\n"
        "{lines}\n\n"
        "{link}\n\n"
        "We start on it as soon as you approve it.\n\n"
        "{seller}"
    ),
    button=_("Look at the order"),
    placeholders=(USER, PLACED_BY, CUSTOMER, ORDER, PO_NUMBER, LINES, TOTAL, OF_ORDER, *SELLER),
    notice="orders_waiting",
)

ORDER_DENIED = DeclaredEmail(
    key="order_denied",
    group=GROUP,
    title=_("Order denied by a manager"),
    description=_("Tells a buyer that a manager of his own company did not approve his order."),
    recipient=_("the person who placed the order"),
    subject=_("Your order {order} was not approved"),
    text=_(
        "Hello {user},\n\n"
        "{decided_by} did not approve your order {order} of {total}. It is not carried out.\n\n"
        "{words}\n\n"
        "{link}\n\n"
        "{seller}"
    ),
    button=_("Show the order"),
    placeholders=(
        USER,
        Placeholder("decided_by", _("the manager who decided"), "Ada Fischer"),
        ORDER,
        TOTAL,
        Placeholder("words", _("the manager's words, or nothing"), _("Please order the smaller box.")),
        OF_ORDER,
        *SELLER,
    ),
    notice="order_news",
)

ORDER_CANCELED = DeclaredEmail(
    key="order_canceled",
    group=GROUP,
    title=_("Order canceled"),
    description=_("Tells that an order, or some of it, was canceled, whoever did it."),
    recipient=_("the person who placed the order"),
    subject=_("Your order {order} is canceled"),
    text=_(
        "Hello {user},\n\nof your order {order} was canceled, by {canceled_by}:\n\n{lines}\n\n{link}\n\n{seller}"
    ),
    button=_("Show the order"),
    placeholders=(
        USER,
        Placeholder("canceled_by", _("who canceled"), "Ben Huber"),
        ORDER,
        Placeholder("lines", _("what was canceled"), "A-100 Claw hammer · 3"),
        OF_ORDER,
        *SELLER,
    ),
    notice="order_news",
)

DECLARED = (ORDER_CONFIRMATION, ORDER_WAITS, ORDER_DENIED, ORDER_CANCELED)
