"""Data for tests: one function per noun, sensible without arguments, unique where it has to be."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from decimal import Decimal
from itertools import count
from typing import Any

from claimdesk.access.actions.registrations import register
from claimdesk.access.models import (
    AccountClaim,
    ActingSession,
    InvoiceProof,
    Membership,
    Onboarding,
    Registration,
)
from claimdesk.access.queries.access import actor_of
from claimdesk.aftersales.actions.reclamations import open_reclamation
from claimdesk.aftersales.actions.rmas.issuing import draft_rma_of_claim, issue_rma
from claimdesk.aftersales.actions.warranty_claims.drafts import save_draft, start_claim, submit_claim
from claimdesk.aftersales.claiming import JobDraft, LineDraft
from claimdesk.aftersales.models import Reclamation, ReclamationCause, Rma, WarrantyClaim
from claimdesk.aftersales.queries.causes import offered_causes
from claimdesk.catalog.models import Category, Price, Product
from claimdesk.company.models import Company
from claimdesk.customers.models import Address, Contact, Customer, Domain
from claimdesk.kernel.actor import EVERYTHING, VISITOR, Actor
from claimdesk.kernel.clock import now, today
from claimdesk.kernel.money import line_amount, tax_of
from claimdesk.kernel.text import fold_number, same_mailbox
from claimdesk.orders.models import Allotment, Invoice, Order, OrderItem, OrderLine, OrderProcess
from claimdesk.orders.process import library
from claimdesk.people.actions.writing import write_user
from claimdesk.people.models import StaffRole, User
from claimdesk.warranty.models import Policy, Unit

PASSWORD = "correct horse battery"
STAFF = Actor(kind="staff", id=None, name="Sam Staff", door="office", permissions=frozenset({EVERYTHING}))
_number = count(1)


def company(**fields: Any) -> Company:
    """The seller's settings, saved."""
    row, _made = Company.objects.get_or_create(pk=1)
    for name, value in fields.items():
        setattr(row, name, value)
    row.save()
    return row


def user(**fields: Any) -> User:
    """A verified user without a customer."""
    n = next(_number)
    defaults = {
        "username": f"user{n}",
        "email": f"user{n}@example{n}.com",
        "name": f"User {n}",
        "email_verified_at": now(),
        "password": PASSWORD,
    }
    return write_user(**(defaults | fields))


def staff(*roles: str, **fields: Any) -> User:
    """A person of staff with built-in roles (administrator unless told otherwise)."""
    person = user(**({"is_staff": True} | fields))
    for key in roles or ("administrator",):
        role, _made = StaffRole.objects.get_or_create(key=key, defaults={"name": key.title()})
        person.roles.add(role)
    return person


def customer(**fields: Any) -> Customer:
    """An Active customer; `town` and `postcode` (with `street`, `country`) make its billing address."""
    n = next(_number)
    place = {name: fields.pop(name) for name in ("street", "postcode", "town", "country") if name in fields}
    defaults = {
        "number": f"K{n:05d}",
        "name": f"Customer {n} Ltd",
        "email": f"desk@customer{n}.com",
        "state": "active",
    }
    row = Customer.objects.create(**(defaults | fields))
    if place:
        Address.objects.create(customer=row, **place)
    return row


def contact(at: Customer | None = None, **fields: Any) -> Contact:
    """A contact on file."""
    n = next(_number)
    defaults = {"name": f"Contact {n}", "email": f"contact{n}@onfile{n}.com"}
    return Contact.objects.create(customer=at or customer(), **(defaults | fields))


def domain(at: Customer, name: str, *, confirmed: bool = True) -> Domain:
    """An e-mail domain of a customer."""
    return Domain.objects.create(customer=at, domain=name, confirmed_at=now() if confirmed else None)


def membership(of: User | None = None, at: Customer | None = None, *roles: str, **fields: Any) -> Membership:
    """An active membership."""
    defaults = {"granted": Membership.Granted.BY_HAND} | {f"is_{role}": True for role in roles}
    return Membership.objects.create(user=of or user(), customer=at or customer(), **(defaults | fields))


def account_claim(**fields: Any) -> AccountClaim:
    """A pending account claim."""
    claimant = fields.pop("user", None) or user()
    wanted = fields.pop("customer", None) or customer()
    fields.setdefault("mailbox", same_mailbox(claimant.email))
    return AccountClaim.objects.create(user=claimant, customer=wanted, **fields)


def actor(of: User, *, door: str = "portal") -> Actor:
    """The actor that a user is at a door."""
    return actor_of(of, door=door)


def invoice_proof(at: Customer, number: str = "", **fields: Any) -> InvoiceProof:
    """An invoice of a customer, issued today."""
    number = number or f"RE-{next(_number):05d}"
    defaults = {"issued_on": today(), "number_folded": fold_number(number)}
    return InvoiceProof.objects.create(customer=at, number=number, **(defaults | fields))


def registration(**fields: Any) -> Registration:
    """A registration that waits for its code."""
    n = next(_number)
    defaults = {
        "name": f"Newcomer {n}",
        "email": f"newcomer{n}@example{n}.com",
        "username": f"newcomer{n}",
        "password": PASSWORD,
    }
    return register(**(defaults | fields), by=VISITOR)


def onboarding(of: User | None = None, **fields: Any) -> Onboarding:
    """An onboarding that is still to be submitted."""
    defaults = {"organization": f"Newcomer {next(_number)} Ltd"}
    return Onboarding.objects.create(user=of or user(), **(defaults | fields))


def acting_session(of: User, at: Customer, **fields: Any) -> ActingSession:
    """Staff acting for a customer, for half an hour."""
    defaults = {"reason": "asked by phone", "ends_at": now() + timedelta(minutes=30)}
    return ActingSession.objects.create(staff=of, customer=at, **(defaults | fields))


def category(**fields: Any) -> Category:
    """A shelf of the shop."""
    defaults = {"name": f"Category {next(_number)}"}
    return Category.objects.create(**(defaults | fields))


def product(*, price: int | None = 1000, **fields: Any) -> Product:
    """A product, with a list price of so many cents unless `price` is None."""
    n = next(_number)
    made = Product.objects.create(
        **({"number": f"P-{n:05d}", "name": f"Product {n}", "tax_rate": 1900} | fields)
    )
    if price is not None:
        Price.objects.create(product=made, currency="EUR", amount=price)
    return made


def price(of: Product, amount: int, **fields: Any) -> Price:
    """A row of the price list, in cents; everybody's unless told whose."""
    return Price.objects.create(**({"product": of, "currency": "EUR", "amount": amount} | fields))


def order_process() -> OrderProcess:
    """The active order process: the one that comes along."""
    row, _made = OrderProcess.objects.get_or_create(
        name=library.DEFAULT,
        version=1,
        defaults={"text": library.text_of(library.DEFAULT), "digest": "default", "activated_at": now()},
    )
    return row


def order(
    at: Customer | None = None,
    *,
    quantities: Sequence[Decimal | int] = (1,),
    price: int = 1000,
    state: str = "new",
    **fields: Any,
) -> Order:
    """An order as it is on file: a line for each quantity at `price` cents and 19 % tax, all items in `state`."""
    wanted = at or customer()
    sold = fields.pop("products", None) or [product(price=price) for _each in quantities]
    amounts = [line_amount(price, Decimal(quantity)) for quantity in quantities]
    taxes = [tax_of(amount, 1900, "net") for amount in amounts]
    defaults = {
        "number": f"B{next(_number):06d}",
        "process": fields.pop("process", None) or order_process(),
        "state": state,
        "currency": "EUR",
        "subtotal": sum(amounts),
        "tax": sum(taxes),
        "total": sum(amounts) + sum(taxes) + fields.get("freight", 0),
        "ordered_on": today(),
    }
    row = Order.objects.create(customer=wanted, **(defaults | fields))
    for position, (each, quantity) in enumerate(zip(sold, quantities, strict=True), 1):
        order_line(row, each, quantity, position=position, price=price, state=state)
    return row


def order_line(
    of: Order, sold: Product, quantity: Decimal | int, *, position: int, price: int, state: str
) -> OrderLine:
    """A line of an order, one item and its allotment; it leaves the order's sums alone."""
    amount = line_amount(price, Decimal(quantity))
    line = OrderLine.objects.create(
        order=of,
        position=position,
        product=sold,
        product_number=sold.number,
        product_name=sold.name,
        unit=sold.unit,
        quantity=quantity,
        unit_price=price,
        tax_rate=1900,
        amount=amount,
        tax=tax_of(amount, 1900, "net"),
    )
    Allotment.objects.create(line=line, ordered=quantity)
    OrderItem.objects.create(order=of, line=line, quantity=quantity, state=state, ordered_at=of.ordered_at)
    return line


def cause() -> ReclamationCause:
    """A cause of reclamations: the first that the house begins with, made anew where a test emptied the tables."""
    return offered_causes().first() or ReclamationCause.objects.create(names={"en": "faulty"}, position=1)


def reclamation(
    on: Order | None = None, quantities: Mapping[int, Decimal] | None = None, **fields: Any
) -> Reclamation:
    """An open reclamation, on all of an order unless told which lines."""
    order_ = on or order()
    wanted = quantities or {line.pk: line.quantity for line in order_.lines.all()}
    wish = {"cause": cause(), "wish": "refund", "by": STAFF} | fields
    return open_reclamation(order_, lines=wanted, **wish)


def unit(**fields: Any) -> Unit:
    """A unit of a product, with a dealer unless `dealer` is None; nothing is known of its days."""
    if "dealer" not in fields:
        fields["dealer"] = customer()
    made = Unit(**({"serial": f"SN-{next(_number):06d}"} | fields))
    if made.product_id is None:
        made.product = product()
    made.save()
    return made


def policy(**fields: Any) -> Policy:
    """A warranty policy for everything: two years from delivery, unless told otherwise."""
    return Policy.objects.create(**({"name": f"Policy {next(_number)}", "months": 24} | fields))


def dealer(at: Customer | None = None, *roles: str) -> Actor:
    """The actor that somebody of a customer is who may make warranty claims, unless other roles are told."""
    return actor(membership(None, at or customer(), *(roles or ("service",))).user)


def job(**fields: Any) -> JobDraft:
    """A repair of yesterday, without lines."""
    defaults = {"failed_on": today() - timedelta(days=1), "complaint": "does not start"}
    return JobDraft(**(defaults | fields))


def part_line(amount: int | None = 1000, **fields: Any) -> LineDraft:
    """A part at a price that the dealer says, in cents."""
    return LineDraft(**({"kind": "part", "number": "T-1", "amount": amount} | fields))


def draft_claim(
    *, by: Actor | None = None, jobs: Sequence[JobDraft] | None = None, **fields: Any
) -> WarrantyClaim:
    """A draft that is complete, of somebody's customer."""
    by = by or dealer()
    claim = start_claim(Customer.objects.get(pk=by.customer_id), by=by)
    defaults = {"serial": f"X-{next(_number)}"}
    return save_draft(claim, version=0, jobs=[job()] if jobs is None else jobs, by=by, **(defaults | fields))


def warranty_claim(*amounts: int, by: Actor | None = None, **fields: Any) -> WarrantyClaim:
    """A claim that was submitted, with a part of each of these amounts."""
    by = by or dealer()
    lines = tuple(part_line(amount) for amount in amounts)
    return submitted(by=by, jobs=[job(lines=lines)], **fields)


def submitted(*, by: Actor, jobs: Sequence[JobDraft], **fields: Any) -> WarrantyClaim:
    """A claim that was submitted with these jobs."""
    return submit_claim(draft_claim(by=by, jobs=jobs, **fields), by=by)


def rma(claim: WarrantyClaim, units: Sequence[Unit], **fields: Any) -> Rma:
    """An RMA that was issued for units of a claim."""
    drafted = draft_rma_of_claim(claim, units=units, by=STAFF, **({"ship_to": "Works, Kiel"} | fields))
    return issue_rma(drafted, by=STAFF)


def invoice(*, order: Order | None = None, total: int = 11900, **fields: Any) -> Invoice:
    """An invoice as an ERP brings it: sums without lines, for an order or a `customer` alone."""
    at = order.customer if order else fields.pop("customer", None) or customer()
    tax = fields.pop("tax", 0)
    defaults = {"number": f"RE-{next(_number):06d}", "issued_on": today(), "currency": "EUR"}
    sums = {"net": total - tax, "tax": tax, "total": total}
    return Invoice.objects.create(customer=at, order=order, **(defaults | sums | fields))
