"""The seller's settings, changed."""

from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from claimdesk.company.checking import check_company
from claimdesk.company.events import CompanyChanged
from claimdesk.company.models import Company
from claimdesk.company.permissions import EDIT_SETTINGS
from claimdesk.company.workflows import workflow_named
from claimdesk.kernel.actor import Actor
from claimdesk.kernel.clock import now
from claimdesk.kernel.money import is_currency, to_decimal
from claimdesk.kernel.refused import Refused
from claimdesk.ledger.record import record

SUMS = ("freight", "freight_free_from", "warranty_limit")
RATES = ("freight_tax_rate",)
BASIS_POINTS = 100
SETTINGS = frozenset(field.name for field in Company._meta.fields) - {"id", "updated_at", "is_demo"}


@transaction.atomic
def change_company(*, by: Actor, **fields: Any) -> Company:
    """Change settings; what stays the same is not recorded.

    Switching `auto_approve` on never lets anybody in who waits: it only holds for those who come later (A54).

    Takes: any fields of Company but `is_demo`.
    Refuses: `evidence_needed` when `auto_approve` is switched on without `auto_approve_evidence` (A9).
    Another currency has the sums of the settings told anew with it, for their digits may mean something else.

    Raises: ValidationError by field.
    Records: CompanyChanged.
    """
    by.require(EDIT_SETTINGS)
    if unknown := set(fields) - SETTINGS:
        raise TypeError(f"no such settings: {', '.join(sorted(unknown))}")
    row = _locked_company()
    if fields.get("auto_approve") and not row.auto_approve and not fields.get("auto_approve_evidence"):
        raise Refused("evidence_needed", _("Choose what evidence is enough to be let in automatically."))
    before = {name: _plain(row, name) for name in fields}
    if fields.get("currency", row.currency) != row.currency:
        _refuse_untold_sums(row, fields)
    for name, value in fields.items():
        setattr(row, name, value)
    check_company(row)
    changed = sorted(name for name in fields if _plain(row, name) != before[name])
    if not changed:
        return row
    row.updated_at = now()
    row.save()
    record(
        CompanyChanged(
            fields=", ".join(changed),
            before={name: before[name] for name in changed},
            after={name: _plain(row, name) for name in changed},
        ),
        about=row,
        by=by,
    )
    return row


@transaction.atomic
def choose_workflow(workflow: str, *, by: Actor) -> Company:
    """Choose one of the four workflows, which sets how new accounts begin (A71, A13, A14).

    Records: CompanyChanged, by way of change_company.
    """
    return change_company(workflow=workflow, **workflow_named(workflow).sets, by=by)


def _locked_company() -> Company:
    Company.objects.bulk_create([Company(pk=1)], ignore_conflicts=True)
    return Company.objects.select_for_update().get(pk=1)


def _refuse_untold_sums(row: Company, fields: dict[str, Any]) -> None:
    if untold := [name for name in SUMS if getattr(row, name) and name not in fields]:
        words = {name: _("Say it in the new currency, too.") for name in untold}
        if "warranty_limit" in words:
            words["warranty_limit"] = _(
                "Empty the limit of warranty claims first, and tell it in the new currency afterwards."
            )
        raise ValidationError(words)


def _plain(row: Company, name: str) -> Any:
    """Return a setting as history tells it: sums and rates as people write them."""
    value = getattr(row, name)
    if name in SUMS and value is not None and is_currency(row.currency):
        return f"{to_decimal(value, row.currency):f} {row.currency}"
    if name in RATES:
        return f"{Decimal(value) / BASIS_POINTS:f} %"
    return value.pk if hasattr(value, "pk") else value
