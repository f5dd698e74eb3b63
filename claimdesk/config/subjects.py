"""What can bear files and comments: for each kind of subject its query, and who may add some to a row of it.

Whoever may see the row may see its files.
"""

from django.utils.translation import gettext as _

from claimdesk.access.models import AccountClaim
from claimdesk.access.queries.account_claims import account_claims
from claimdesk.access.queries.members import addresses_at
from claimdesk.aftersales.queries.reclamations import may_attach_photos, reclamations, refuse_closed
from claimdesk.aftersales.queries.warranty_claims import (
    may_attach_files,
    may_comment,
    refuse_closed_claim,
    warranty_claims,
)
from claimdesk.conversations.queries.subjects import Subject
from claimdesk.kernel.actor import Actor
from claimdesk.kernel.refused import Refused


def _refuse_decided(claim: AccountClaim) -> None:
    if not claim.is_pending:
        raise Refused("already_decided", _("This request is decided already."))


def _is_party(claim: AccountClaim, actor: Actor) -> bool:
    """The claimant sends what proves his claim; staff who see it keep with it what they were sent otherwise."""
    return actor.id is not None and not actor.is_acting and (actor.is_staff or claim.user_id == actor.id)


SUBJECTS: dict[str, Subject] = {
    "account_claim": Subject(rows=account_claims, may_attach=_is_party, refuse_change=_refuse_decided),
    "warranty_claim": Subject(
        rows=warranty_claims,
        may_attach=may_attach_files,
        refuse_change=refuse_closed_claim,
        may_write=may_comment,
        addresses=lambda claim: addresses_at(claim.customer),
    ),
    "reclamation": Subject(rows=reclamations, may_attach=may_attach_photos, refuse_change=refuse_closed),
}
