"""The seller's types of warranty claims and what each asks for, changed (W4)."""

from collections.abc import Collection, Mapping
from itertools import count
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from claimdesk.aftersales.completeness import MAY_BE_REQUIRED
from claimdesk.company.actions.settings import change_company
from claimdesk.company.models import Company
from claimdesk.company.permissions import EDIT_SETTINGS
from claimdesk.company.queries.company import company
from claimdesk.kernel.actor import Actor
from claimdesk.kernel.refused import Refused
from claimdesk.kernel.text import tidy

LONGEST_NAME = 60
MOST_TYPES = 30
ClaimType = dict[str, Any]


@transaction.atomic
def add_claim_type(*, names: Mapping[str, str], required: Collection[str], by: Actor) -> str:
    """Add a type of claim at the end of the list; return its key, which never changes.

    Refuses: `claim_type_unnamed`, `too_many_claim_types`.
    Records: CompanyChanged.
    """
    by.require(EDIT_SETTINGS)
    types = _held()
    if len(types) >= MOST_TYPES:
        raise Refused(
            "too_many_claim_types", _("There are %(n)d types of claims at most.") % {"n": MOST_TYPES}
        )
    known = {each["key"] for each in types}
    key = next(key for number in count(len(types) + 1) if (key := f"type-{number}") not in known)
    change_company(warranty_claim_types=[*types, _type(key, names, required)], by=by)
    return key


@transaction.atomic
def change_claim_type(key: str, *, names: Mapping[str, str], required: Collection[str], by: Actor) -> None:
    """Rename a type of claim, or ask for other things; claims that were submitted stay as they are.

    Refuses: `claim_type_gone`, `claim_type_unnamed`.
    Records: CompanyChanged, if anything changed.
    """
    by.require(EDIT_SETTINGS)
    types = _held()
    _refuse_gone(key, types)
    changed = [_type(key, names, required) if each["key"] == key else each for each in types]
    change_company(warranty_claim_types=changed, by=by)


@transaction.atomic
def remove_claim_type(key: str, *, by: Actor) -> None:
    """Offer a type of claim no more; claims of it keep it.

    Refuses: `claim_type_gone`, `last_claim_type`.
    Records: CompanyChanged.
    """
    by.require(EDIT_SETTINGS)
    types = _held()
    _refuse_gone(key, types)
    if len(types) == 1:
        raise Refused("last_claim_type", _("Every claim has a type: add another one first."))
    change_company(warranty_claim_types=[each for each in types if each["key"] != key], by=by)


def _held() -> list[ClaimType]:
    """The types as they are now, held against rivals."""
    row = Company.objects.select_for_update().filter(pk=1).first() or company()
    return list(row.warranty_claim_types)


def _type(key: str, names: Mapping[str, str], required: Collection[str]) -> ClaimType:
    tidied = {code: name for code, text in names.items() if (name := tidy(text)[:LONGEST_NAME])}
    if not tidied:
        raise Refused("claim_type_unnamed", _("Give the type a name."))
    return {"key": key, "names": tidied, "required": [code for code in MAY_BE_REQUIRED if code in required]}


def _refuse_gone(key: str, types: list[ClaimType]) -> None:
    if key not in {each["key"] for each in types}:
        raise Refused("claim_type_gone", _("This type of claim was removed meanwhile."))
