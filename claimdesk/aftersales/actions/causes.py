"""The seller's list of causes, changed."""

from collections.abc import Mapping

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from claimdesk.aftersales.events.causes import CauseAdded, CauseChanged, CauseMoved
from claimdesk.aftersales.models import ReclamationCause
from claimdesk.company.permissions import EDIT_SETTINGS
from claimdesk.kernel.actor import Actor
from claimdesk.kernel.refused import Refused
from claimdesk.kernel.text import fold, tidy
from claimdesk.ledger.record import record

LONGEST_NAME = 60


@transaction.atomic
def add_cause(*, names: Mapping[str, str], by: Actor) -> ReclamationCause:
    """Add a cause at the end of the list.

    Takes: `names` by code of language; one is enough.
    Refuses: `cause_exists`.
    Raises: ValidationError by field.
    Records: CauseAdded.
    """
    by.require(EDIT_SETTINGS)
    tidied = _checked(names)
    last = ReclamationCause.objects.aggregate(last=Max("position"))["last"] or 0
    cause = ReclamationCause.objects.create(names=tidied, position=last + 1)
    record(CauseAdded(cause.pk, cause=cause.name), about=cause, by=by)
    return cause


@transaction.atomic
def change_cause(
    cause: ReclamationCause, *, names: Mapping[str, str], is_active: bool, by: Actor
) -> ReclamationCause:
    """Rename a cause, or offer it no more; reclamations that have it keep it.

    Refuses: `cause_exists`, `last_cause` when none would be left to choose.
    Raises: ValidationError by field.
    Records: CauseChanged.
    """
    by.require(EDIT_SETTINGS)
    tidied = _checked(names, but=cause)
    others = ReclamationCause.objects.filter(is_active=True).exclude(pk=cause.pk)
    if not is_active and not others.exists():
        raise Refused("last_cause", _("Every reclamation needs a cause: offer another one first."))
    before = cause.name
    cause.names, cause.is_active = tidied, is_active
    cause.save()
    record(
        CauseChanged(cause.pk, cause=cause.name, before=before, is_active=is_active),
        about=cause,
        by=by,
    )
    return cause


@transaction.atomic
def move_cause(cause: ReclamationCause, *, up: bool, by: Actor) -> ReclamationCause:
    """Move a cause one place up, else down; at the end of the list it stays where it is.

    Records: CauseMoved.
    """
    by.require(EDIT_SETTINGS)
    listed = list(ReclamationCause.objects.select_for_update().order_by("position", "pk"))
    keys = [each.pk for each in listed]
    at = keys.index(cause.pk)
    to = min(max(at + (-1 if up else 1), 0), len(listed) - 1)
    if to == at:
        return cause
    listed.insert(to, listed.pop(at))
    for place, each in enumerate(listed, start=1):
        each.position = place
    ReclamationCause.objects.bulk_update(listed, ["position"])
    cause.position = to + 1
    record(CauseMoved(cause.pk, cause=cause.name, place=to + 1), about=cause, by=by)
    return cause


def _checked(names: Mapping[str, str], *, but: ReclamationCause | None = None) -> dict[str, str]:
    """Return the names tidied; refuse one that another cause has."""
    spoken = dict(settings.LANGUAGES)
    tidied = {code: tidy(name) for code, name in names.items() if code in spoken and tidy(name)}
    if not tidied:
        raise ValidationError({settings.LANGUAGE_CODE: _("Give the cause a name.")})
    too_long = {
        code: _("At most 60 characters.") for code, name in tidied.items() if len(name) > LONGEST_NAME
    }
    if too_long:
        raise ValidationError(too_long)
    taken = {
        (code, fold(name))
        for other in ReclamationCause.objects.exclude(pk=but.pk if but else 0)
        for code, name in other.names.items()
    }
    for code, name in tidied.items():
        if (code, fold(name)) in taken:
            raise Refused("cause_exists", _("There is a cause “%(name)s” already.") % {"name": name})
    return tidied
