"""The seller's settings, changed."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from claimdesk.company.checking import check_company
from claimdesk.company.events import CompanyChanged
from claimdesk.company.models import Company
from claimdesk.company.permissions import EDIT_SETTINGS
from claimdesk.company.workflows import workflow_named
from claimdesk.kernel.actor import Actor
from claimdesk.kernel.clock import now
from claimdesk.kernel.refused import Refused
from claimdesk.ledger.record import record

SETTINGS = frozenset(field.name for field in Company._meta.fields) - {"id", "updated_at", "is_demo"}


@transaction.atomic
def change_company(*, by: Actor, **fields: Any) -> Company:
    """Change settings; what stays the same is not recorded.

    Switching `auto_approve` on never lets anybody in who waits: it only holds for those who come later (A54).

    Takes: any fields of Company but `is_demo`.
    Refuses: `evidence_needed` when `auto_approve` is switched on without `auto_approve_evidence` (A9).
    Raises: ValidationError by field.
    Records: CompanyChanged.
    """
    by.require(EDIT_SETTINGS)
    if unknown := set(fields) - SETTINGS:
        raise TypeError(f"no such settings: {', '.join(sorted(unknown))}")
    row = _locked_company()
    if fields.get("auto_approve") and not row.auto_approve and not fields.get("auto_approve_evidence"):
        raise Refused("evidence_needed", _("Choose what evidence is enough to be let in automatically."))
    before = {name: _plain(getattr(row, name)) for name in fields}
    for name, value in fields.items():
        setattr(row, name, value)
    check_company(row)
    changed = sorted(name for name in fields if _plain(getattr(row, name)) != before[name])
    if not changed:
        return row
    row.updated_at = now()
    row.save()
    record(
        CompanyChanged(
            fields=", ".join(changed),
            before={name: before[name] for name in changed},
            after={name: _plain(getattr(row, name)) for name in changed},
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


def _plain(value: Any) -> Any:
    return value.pk if hasattr(value, "pk") else value
