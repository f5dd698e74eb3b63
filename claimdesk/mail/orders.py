"""Mails that follow from orders, to the customer's people."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import override

from claimdesk.access.queries.members import members, reads_papers_of
from claimdesk.catalog.wording import quantity_words
from claimdesk.company.system_emails.rendering import supported_language
from claimdesk.kernel.actor import SYSTEM
from claimdesk.kernel.dates import day
from claimdesk.kernel.money import format_amount
from claimdesk.ledger.models import Event
from claimdesk.mail import links
from claimdesk.mail.compose import outcome, post
from claimdesk.orders.models import Order, OrderLine
from claimdesk.orders.queries.orders import orders
from claimdesk.people.models import User

GONE = "the order is gone"
MOST_LINES = 100


def order_placed(event: Event) -> str:
    """Confirm the order (O4); one that waits for approval is put before the account's managers instead (O22)."""
    order = _order_of(event)
    if order is None:
        return GONE
    if event.data.get("approval") == Order.Approval.PENDING:
        return _ask_managers(event, order)
    return _confirm(event, order)


def order_approved(event: Event) -> str:
    """Confirm the order now that it counts (O22)."""
    order = _order_of(event)
    return _confirm(event, order) if order else GONE


def order_denied(event: Event) -> str:
    """Tell the buyer that his manager did not approve, in the manager's words (O22)."""
    order = _order_of(event)
    if order is None:
        return GONE
    more = {"decided_by": order.approval_decided_by_name, "words": order.approval_words}
    return _tell(event, order, "order_denied", total=_total(order), **more)


def order_canceled(event: Event) -> str:
    """Tell that the order was canceled; of the seller's people it names none (O25)."""
    order = _order_of(event)
    if order is None:
        return GONE
    with override(_language(order)):
        who = event.actor_name if event.actor_kind == "user" else _("us")
        lines = "\n".join(_words(line) for line in _lines(order))
    return _tell(event, order, "order_canceled", canceled_by=who, lines=lines)


def _order_of(event: Event) -> Order | None:
    rows = orders(SYSTEM).select_related("customer", "placed_by")
    return rows.filter(pk=event.data["order_id"]).first()


def _confirm(event: Event, order: Order) -> str:
    with override(_language(order)):
        more = {"lines": _priced(order), "sums": _sums(order), "ship_to": order.ship_to_words}
        more["wished_on"] = day(order.wished_on) if order.wished_on else ""
    return _tell(event, order, "order_confirmation", note=order.note, po_number=order.po_number, **more)


def _ask_managers(event: Event, order: Order) -> str:
    if order.approval != Order.Approval.PENDING:
        return "decided meanwhile"
    mails = []
    for membership in members(order.customer).filter(is_manager=True, user__is_active=True):
        manager = membership.user
        with override(supported_language(manager.language, order.customer.language)):
            context = {
                "user": manager.name,
                "placed_by": order.placed_by_name,
                "customer": order.customer.name,
                "order": order.number,
                "po_number": order.po_number,
                "lines": _priced(order),
                "total": _total(order),
                "link": links.order(order),
            }
        mails.append(
            post(
                "order_waits_for_approval",
                event=event,
                to=manager.email,
                user=manager,
                customer=order.customer,
                context=context,
                subject_row=order,
            )
        )
    return outcome(*mails) if mails else "the account has no manager"


def _tell(event: Event, order: Order, key: str, **more: str) -> str:
    """Write to who placed the order; where that was staff, or somebody who has left, to the account's address."""
    person = _person(order)
    context = {
        "user": person.name if person else order.customer.name,
        "customer": order.customer.name,
        "order": order.number,
        "link": links.order(order),
        **more,
    }
    return outcome(
        post(
            key,
            event=event,
            to=person.email if person else order.customer.email,
            user=person,
            customer=order.customer,
            context=context,
            subject_row=order,
        )
    )


def _person(order: Order) -> User | None:
    person = order.placed_by
    if person is None or person.is_staff or not reads_papers_of(person, order.customer):
        return None
    return person


def _language(order: Order) -> str:
    person = _person(order)
    return supported_language(person.language if person else "", order.customer.language)


def _lines(order: Order) -> Iterable[OrderLine]:
    return order.lines.order_by("position")[:MOST_LINES]


def _words(line: OrderLine) -> str:
    return f"{line.product_number} {line.product_name} · {quantity_words(line.quantity)} {line.unit}".rstrip()


def _priced(order: Order) -> str:
    return "\n".join(f"{_words(line)} = {_money(line.amount, order)}" for line in _lines(order))


def _sums(order: Order) -> str:
    rows = [(_("Subtotal"), order.subtotal), (_("Freight"), order.freight)]
    is_net = order.price_mode == Order.PriceMode.NET
    tax = (_("Tax") if is_net else _("Tax in it"), order.tax)
    rows += [tax, (_("Total"), order.total)] if is_net else [(_("Total"), order.total), tax]
    return "\n".join(f"{words}: {_money(amount, order)}" for words, amount in rows)


def _total(order: Order) -> str:
    return _money(order.total, order)


def _money(amount: int, order: Order) -> str:
    return format_amount(amount, order.currency, _language(order))
