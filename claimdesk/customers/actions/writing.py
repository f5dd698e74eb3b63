"""Writers of customer rows that several actions share; they record nothing."""

from typing import Any

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from claimdesk.company.actions.sequences import next_number
from claimdesk.company.queries.company import company
from claimdesk.customers.models import Address, Alias, Contact, Customer, Domain, folded_alias
from claimdesk.customers.queries.customers import require_own_customer
from claimdesk.kernel.actor import Actor
from claimdesk.kernel.clock import now
from claimdesk.kernel.refused import Refused
from claimdesk.kernel.text import fold_email, fold_number

WEB_NUMBERS = "customer"
MOVABLE = ("contacts", "addresses", "domains")


def next_customer_number() -> str:
    """Return the next web account number (A16): the prefix and a number that only grows.

    A number that an import or the ERP already uses is passed over.
    """
    prefix = company().number_prefix
    while True:
        number = f"{prefix}{next_number(WEB_NUMBERS):06d}"
        if not Customer.objects.filter(number_folded=fold_number(number)).exists():
            return number


def write_customer(**fields: Any) -> Customer:
    """Insert a customer, with a web account number unless `number` is given."""
    fields["number"] = fields.get("number") or next_customer_number()
    return Customer.objects.create(**fields)


def locked(customer: Customer, *, by: Actor) -> Customer:
    """Return the customer's row as it is now, held against rivals until the transaction ends, for `by` to change.

    PostgreSQL locks the row; on SQLite a transaction is the only writer from its first statement.
    Raises: NotAllowed, where `by` is limited to own customers and this is none.
    Refuses: `customer_merged`.
    """
    row = Customer.objects.select_for_update(of=("self",)).get(pk=customer.pk)
    if row.merged_into_id:
        raise Refused("customer_merged", _("This customer was merged into another one."))
    require_own_customer(row, by)
    return row


def differences(row: models.Model, fields: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what `fields` would change in `row`, before and after, as JSON values; sets nothing."""
    before = {name: _plain(getattr(row, name)) for name in fields}
    after = {name: _plain(value) for name, value in fields.items()}
    changed = [name for name in fields if before[name] != after[name]]
    return {name: before[name] for name in changed}, {name: after[name] for name in changed}


def labels(row: models.Model, names: Any) -> str:
    """Return the fields' names as an event keeps them, in one line: plain words, never translated."""
    return ", ".join(str(row._meta.get_field(name).name).replace("_", " ") for name in names)


def refuse_what_is_taken(customer: Customer) -> None:
    """Refuse a customer whose number or e-mail address another one has, or an Active one without address.

    Refuses: `number_taken`, `email_taken`, `email_required`.
    """
    others = Customer.objects.exclude(pk=customer.pk)
    if others.filter(number_folded=fold_number(customer.number) or customer.number).exists():
        raise Refused("number_taken", _("Another customer already has the number %s.") % customer.number)
    if customer.email and others.filter(email=fold_email(customer.email)).exists():
        raise Refused("email_taken", _("Another customer already has this e-mail address."))
    if customer.state == Customer.Status.ACTIVE and not customer.email:
        raise Refused("email_required", _("An Active customer needs an e-mail address."))


def save_customer(customer: Customer, names: list[str] | None = None) -> None:
    """Save a customer (only the fields `names`, so that no rival's change is undone).

    Refuses: as `refuse_what_is_taken`, also where a rival was faster than the look before.
    """
    refuse_what_is_taken(customer)
    try:
        with transaction.atomic():
            customer.updated_at = now()
            customer.save(update_fields=[*names, "updated_at"] if names is not None else None)
    except IntegrityError:
        refuse_what_is_taken(customer)
        raise


def _plain(value: Any) -> Any:
    if isinstance(value, models.Model):
        return value.pk
    return value


def write_aliases_of_merged(gone: Customer, stays: Customer) -> None:
    """Let number, name and earlier aliases of a merged customer find the survivor (A74)."""
    values: list[tuple[str, str]] = [(Alias.Kind.NUMBER, gone.number), (Alias.Kind.NAME, gone.name)]
    values += Alias.objects.filter(customer=gone).values_list("kind", "value")
    for kind, value in values:
        folded = folded_alias(kind, value)
        Alias.objects.get_or_create(customer=stays, kind=kind, folded=folded, defaults={"value": value})


def move_file_of_merged(
    gone: Customer, stays: Customer, parts: frozenset[str], *, staying: set[int]
) -> dict[str, int]:
    """Move the chosen MOVABLE parts of what is on file; return how many rows of each moved.

    What the survivor has already stays where it is. Takes: `staying`, keys of contacts that do not move.
    """
    moved = {}
    if "contacts" in parts:
        known = Contact.objects.filter(customer=stays).exclude(email="").values("email")
        movable = Contact.objects.filter(customer=gone).exclude(email__in=known).exclude(pk__in=staying)
        moved["contacts"] = movable.update(customer=stays)
    if "addresses" in parts:
        moved["addresses"] = _move_addresses(gone, stays)
    if "domains" in parts:
        theirs = Domain.objects.filter(customer=stays).values("domain")
        moved["domains"] = (
            Domain.objects.filter(customer=gone).exclude(domain__in=theirs).update(customer=stays)
        )
    return moved


def _move_addresses(gone: Customer, stays: Customer) -> int:
    theirs = list(Address.objects.filter(customer=stays))
    known = {(row.street.casefold(), row.postcode_folded, row.town.casefold()) for row in theirs}
    has_billing = any(row.kind == Address.Kind.BILLING for row in theirs)
    moved = 0
    for address in Address.objects.filter(customer=gone).order_by("kind", "pk"):
        if (address.street.casefold(), address.postcode_folded, address.town.casefold()) in known:
            continue
        if address.kind == Address.Kind.BILLING and has_billing:
            address.kind, address.label = Address.Kind.SHIPPING, address.label or gone.name[:80]
        address.customer, address.is_default = stays, False
        address.save()
        moved += 1
    return moved


def write_email_of_merged(gone: Customer, stays: Customer) -> str:
    """Free the account address of a merged customer, for the survivor if it has none; return the address."""
    address, gone.email = gone.email, ""
    gone.save(update_fields=["email"])
    if address and not stays.email:
        stays.email = address
        stays.save(update_fields=["email"])
    return address
